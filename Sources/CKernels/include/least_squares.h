#ifndef MORELLI_LEAST_SQUARES_H
#define MORELLI_LEAST_SQUARES_H

#include <stdint.h>

/// sums = the sum over `count` rows of weight x rowT row, n x n numbers, all of them. Row k is row ids[k] of `rows` (row k where
/// ids is null), its weight weights[k] (1 where weights is null).
void ckernels_row_products(
    const float *rows, const int32_t *ids, const float *weights, int32_t count, int32_t n, float *sums);

/// out[k] = row k . x + (biases ? biases[k] : 0) for `count` rows of n numbers.
void ckernels_row_scores(const float *rows, const float *x, const float *biases, int32_t count, int32_t n, float *out);

typedef struct {
  int32_t factors;
  /// How much surer one unit of strength makes us.
  float confidence;
  /// Steps of conjugate gradients from what the row holds.
  int32_t steps;
} ckernels_least_squares;

/// Rows `first` up to `last`: each nears the x that solves (F'F + lambda I + F'(C - I)F) x = F'C p, where F are the rows of `fixed`,
/// C is 1 + confidence |s| at the row's entries and 1 elsewhere, and p is 1 where s > 0 and 0 elsewhere. `gram` is F'F + lambda I. A row
/// without entries becomes zeros. `room` has 3 x factors numbers.
void ckernels_least_squares_rows(
    const ckernels_least_squares *what, const int32_t *offsets, const int32_t *columns, const float *strengths,
    const float *fixed, const float *gram, float *room, float *rows, int32_t first, int32_t last);

#endif
