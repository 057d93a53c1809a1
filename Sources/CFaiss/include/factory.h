/* Any index that FAISS makes from a factory string, by inner product.
 *
 * Errors, messages and matrices as in cfaiss.h. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct morelli_factory morelli_factory;

/* Makes an empty index of dimension d from a factory string, to see whether FAISS knows it, and to fill it. */
int morelli_factory_create(
    int64_t d, const char *description, morelli_factory **index, char *message, size_t message_capacity);

/* Trains it on n × d numbers. */
int morelli_factory_train(
    morelli_factory *index, const float *rows, int64_t n, int32_t threads, char *message, size_t message_capacity);

/* Adds n × d numbers after the rows that it has. */
int morelli_factory_add(
    morelli_factory *index, const float *rows, int64_t n, int32_t threads, char *message, size_t message_capacity);

int morelli_factory_write(
    const morelli_factory *index, const char *path, char *message, size_t message_capacity);

/* Only for files whose checksum was found right: FAISS believes what it reads. */
int morelli_factory_read(const char *path, morelli_factory **index, char *message, size_t message_capacity);

/* Null is allowed. */
void morelli_factory_free(morelli_factory *index);

int64_t morelli_factory_count(const morelli_factory *index);
int64_t morelli_factory_dimension(const morelli_factory *index);

/* Whether a search of it can be held to a selection of rows: inverted files and flat indexes can. */
int morelli_factory_selects(const morelli_factory *index);

/* The rows of about the best scores for one query, in no promised order; `hits` says how many, at most k. `width` in
 * 0…1 says how much of the index is looked at where its kind has such a choice (nprobe of an inverted file as a share of
 * its lists, efSearch of a graph as a share of 1024). `selected` only where morelli_factory_selects. */
int morelli_factory_search(
    const morelli_factory *index, const float *query, int64_t k, double width, const uint64_t *selected, int64_t *rows,
    int64_t *hits, char *message, size_t message_capacity);

#ifdef __cplusplus
}
#endif
