/* A graph over coded rows: FAISS builds it, and it is kept as plain arrays that a file can be mapped to.
 *
 * Hierarchical navigable small world graph (Malkov and Yashunin, IEEE TPAMI 42, 2020, doi:10.1109/TPAMI.2018.2889473).
 * Errors, messages and matrices as in cfaiss.h. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "codes.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct morelli_graph_builder morelli_graph_builder;

/* Begins a graph over count rows of blocks, compared as √weight · block. `degree` is HNSW's M (2…64; twice as many links
 * on the lowest level), `construction` its efConstruction. The rows are read here and not again. */
int morelli_graph_builder_create(
    const float *rows, int64_t count, const int32_t *dimensions, int32_t blocks, const float *weights, int32_t degree,
    int32_t construction, morelli_graph_builder **builder, char *message, size_t message_capacity);

/* Links the rows up to `end` (0…count) that aren't linked yet, on so many threads. The graph depends on the rows and on
 * where the calls end; with more than one thread on chance too. */
int morelli_graph_builder_link(
    morelli_graph_builder *builder, int64_t end, int32_t threads, char *message, size_t message_capacity);

/* How many bytes the finished graph takes. */
size_t morelli_graph_builder_size(const morelli_graph_builder *builder);

/* Writes it, once all rows are linked. */
int morelli_graph_builder_write(
    const morelli_graph_builder *builder, uint8_t *bytes, size_t size, char *message, size_t message_capacity);

/* Null is allowed. */
void morelli_graph_builder_free(morelli_graph_builder *builder);

/* A finished graph. Immutable: any number of threads may search at the same time. Whatever the bytes are, no search
 * leaves them: what is no row's number ends a list. */
typedef struct morelli_graph morelli_graph;

/* `bytes` (aligned to 64) are borrowed: they must outlive the handle. */
int morelli_graph_open(
    const uint8_t *bytes, size_t size, int64_t count, morelli_graph **graph, char *message, size_t message_capacity);

/* Null is allowed. */
void morelli_graph_free(morelli_graph *graph);

/* About the k best rows for one query, scored exactly and in order as morelli_codes_search does; fewer than k when the
 * search ends before. `width` is HNSW's efSearch. When more than `effort` rows' codes would be compared the search is
 * given up and `hits` is -1. */
int morelli_graph_search(
    const morelli_graph *graph, const morelli_codes *codes, const float *query, int64_t k, int64_t width,
    int64_t effort, const uint64_t *selected, int64_t *rows, float *scores, int64_t *hits, char *message,
    size_t message_capacity);

#ifdef __cplusplus
}
#endif
