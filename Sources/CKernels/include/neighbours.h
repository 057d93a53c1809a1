#ifndef MORELLI_NEIGHBOURS_H
#define MORELLI_NEIGHBOURS_H

#include <stdint.h>

/// What a row has in common with another: over the columns that both have, how many they are and the sums of the row's numbers, the
/// other's, their squares and their products.
typedef struct {
  /// Of the row that the sums belong to; others are void.
  int32_t stamp;
  int32_t common;
  float x, y, xx, yy, xy;
} ckernels_common_moments;

/// How alike two rows are, by what they have in common.
typedef enum {
  CKERNELS_COSINE = 0,
  CKERNELS_PEARSON = 1,
  /// 1 / (1 + the mean squared difference).
  CKERNELS_SQUARED_DIFFERENCE = 2
} ckernels_likeness;

typedef struct {
  int32_t likeness;
  /// Fewer columns in common are none.
  int32_t least;
  /// A likeness is multiplied by (common - 1) / (common - 1 + shrinkage).
  float shrinkage;
} ckernels_similarity;

/// Rows that share a column with the row of `count` keys and numbers, in the order met, and how alike they are; offsets, rows and
/// values are the table by column. `cells` has one a row, none of which holds this `stamp`; `others` and `similarities` have room
/// for as many. Returns their number.
int32_t ckernels_similar_rows(
    const ckernels_similarity *what, const int32_t *keys, const float *numbers, int32_t count, const int32_t *offsets,
    const int32_t *rows, const float *values, int32_t stamp, ckernels_common_moments *cells, int32_t *others,
    float *similarities);

/// A sum of products.
typedef struct {
  int32_t stamp;
  float sum;
} ckernels_product_cell;

/// The same for inner products with weights.
int32_t ckernels_row_inner_products(
    const int32_t *keys, const float *numbers, int32_t count, const int32_t *offsets, const int32_t *rows,
    const float *values, int32_t stamp, ckernels_product_cell *cells, int32_t *others, float *products);

/// out = the inner products of the row with each of `width` rows (those from it on are left out), out[k] for row k.
void ckernels_row_all_products(
    const int32_t *keys, const float *numbers, int32_t count, const int32_t *offsets, const int32_t *rows,
    const float *values, int32_t width, float *out);

/// The `kept` largest of `count` values above 0 whose number is not `without`, largest first, of equal ones the smallest number first.
/// Overwrites `numbers` and `values` from the front; returns how many there are.
int32_t ckernels_keep_largest(int32_t *numbers, float *values, int32_t count, int32_t without, int32_t kept);

/// The same in no order: the `kept` largest of all `count` come first. Returns how many of them there are.
int32_t ckernels_part_largest(int32_t *numbers, float *values, int32_t count, int32_t kept);

#endif
