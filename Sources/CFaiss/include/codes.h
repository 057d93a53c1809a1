/* Rows as int8 codes, block by block, beside the numbers that they stand for: exact search that reads little.
 *
 * A code c of dimension d stands for c · scale[d]; scale[d] is the largest magnitude of the dimension over 127. Each block
 * has its codes in one piece, so that a query that weighs one block reads that block alone. How far the codes of a row
 * lie from the row is measured as they are made, the worst row of each block is kept, and with it the error of any
 * approximate score is bounded (by Cauchy and Schwarz): a row is left out only if it is proved to be no answer.
 *
 * Errors, messages and matrices as in cfaiss.h. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MORELLI_MAX_BLOCKS 64
/* Rows that one index can hold. */
#define MORELLI_MAX_ROWS 2147483646

/* What the codes of `count` rows take in bytes; 0 when a count is out of range. `dimensions` has one number a block. */
size_t morelli_codes_size(int64_t count, const int32_t *dimensions, int32_t blocks);

/* Makes the codes of count rows (count × Σ dimensions finite numbers) in `bytes`, `size` as morelli_codes_size says. */
int morelli_codes_encode(
    const float *rows, int64_t count, const int32_t *dimensions, int32_t blocks, uint8_t *bytes, size_t size,
    char *message, size_t message_capacity);

/* Codes opened for search. Immutable: any number of threads may search at the same time. */
typedef struct morelli_codes morelli_codes;

/* `bytes` (aligned to 64) and `rows` (aligned to 4) are borrowed: they must outlive the handle. */
int morelli_codes_open(
    const uint8_t *bytes, size_t size, const float *rows, int64_t count, const int32_t *dimensions, int32_t blocks,
    morelli_codes **codes, char *message, size_t message_capacity);

/* Null is allowed. */
void morelli_codes_free(morelli_codes *codes);

/* The k best rows for one query, exactly: best first, equal scores by the lower row.
 *
 * `selected` is null for all rows, or a bitmap of (count + 63) / 64 words: row r answers only when bit r % 64 of word r / 64 is
 * set. A score is the inner product summed in double precision in a fixed order and then rounded: it depends on the row and the
 * query alone. `rows` and `scores` hold k; `hits` says how many are filled: min(k, rows selected). */
int morelli_codes_search(
    const morelli_codes *codes, const float *query, int64_t k, const uint64_t *selected, int64_t *rows, float *scores,
    int64_t *hits, char *message, size_t message_capacity);

/* Scores the rows named in `candidates` (`count` of them, each in range) and keeps the k best, as above. */
int morelli_codes_best(
    const morelli_codes *codes, const float *query, const int64_t *candidates, int64_t count, int64_t k, int64_t *rows,
    float *scores, int64_t *hits, char *message, size_t message_capacity);

/* scores[i] = the inner product of `query` and row i of `count` rows of d numbers, summed in double in a fixed order. */
void morelli_exact_scores(const float *rows, int64_t count, int64_t d, const float *query, float *scores);

/* Which kernels the processor gets: "avx512", "avx2" or "plain". */
const char *morelli_codes_kernel(void);

/* For tests: uses the kernels of that name from now on; 0 when the processor has none such. */
int morelli_codes_use_kernel(const char *name);

#ifdef __cplusplus
}
#endif
