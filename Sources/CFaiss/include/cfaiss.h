/* The door to FAISS: plain C, no FAISS type crosses it.
 *
 * Every function that can fail returns a code of `morelli_faiss_code` and, when it is not MORELLI_FAISS_OK, copies
 * a message (always NUL-terminated, cut to fit) into the caller's buffer. No C++ exception leaves a function.
 * Matrices are row-major and contiguous. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The dimensions beyond which an index is refused: the error bound of a single-precision sum needs d far below 2^24. */
#define MORELLI_FAISS_MAX_DIMENSION 1048576

enum morelli_faiss_code {
  MORELLI_FAISS_OK = 0,
  MORELLI_FAISS_INVALID_ARGUMENT = 1, /* a null pointer, a count or a dimension out of range */
  MORELLI_FAISS_NOT_FINITE = 2,       /* NaN or an infinity in the rows or the queries */
  MORELLI_FAISS_SCORE_OVERFLOW = 3,   /* finite numbers whose inner product may not fit a float */
  MORELLI_FAISS_OUT_OF_MEMORY = 4,
  MORELLI_FAISS_LIBRARY = 5, /* any other exception; the message is its own */
};

/* An exact index by inner product. Immutable: any number of threads may search it at the same time. */
typedef struct morelli_faiss_flat morelli_faiss_flat;

/* Copies n × d numbers (n >= 0, 1 <= d <= MORELLI_FAISS_MAX_DIMENSION) into a new index, to be freed by
 * morelli_faiss_flat_free. `rows` may be null when n is 0. */
int morelli_faiss_flat_create(
    const float *rows, int64_t n, int64_t d, morelli_faiss_flat **index, char *message, size_t message_capacity);

/* Null is allowed. */
void morelli_faiss_flat_free(morelli_faiss_flat *index);

int64_t morelli_faiss_flat_count(const morelli_faiss_flat *index);
int64_t morelli_faiss_flat_dimension(const morelli_faiss_flat *index);

/* Copies the d numbers of one row, as they were added, into `vector`. */
int morelli_faiss_flat_vector(
    const morelli_faiss_flat *index, int64_t row, float *vector, char *message, size_t message_capacity);

/* The k best rows for each of nq queries (nq × d), best first, equal scores by the lower row.
 *
 * `selected` is null for all rows, or a bitmap of (count + 63) / 64 words: row r answers only when bit r % 64 of
 * word r / 64 is set. `rows` and `scores` are nq × k; `hits` (nq) says how many of each query's k places are filled:
 * min(k, rows selected).
 *
 * A score is the inner product summed in double precision in a fixed order and then rounded: it depends on the row
 * and the query alone, never on the batch, the filter, the number of threads or the processor. */
int morelli_faiss_flat_search(
    const morelli_faiss_flat *index, const float *queries, int64_t nq, int64_t k, const uint64_t *selected,
    int64_t *rows, float *scores, int64_t *hits, char *message, size_t message_capacity);

#ifdef __cplusplus
}
#endif
