#ifndef MORELLI_LAYOUT_H
#define MORELLI_LAYOUT_H

#include <stdint.h>

/// Columns of a block of vectors that a graph is multiplied by at once.
#define CKERNELS_GRAPH_COLUMNS 8

/// Points drawn at random, from which a point is pushed away, each time it is drawn to a neighbour.
#define CKERNELS_LAYOUT_SAMPLES 8

/// One epoch of the descent.
typedef struct {
  /// Of the curve 1 / (1 + a d^2b), both above 0.
  float a, b;
  /// How far a gradient moves a point.
  float rate;
  /// 0 and up; with the seed and the point it says which points are drawn.
  uint32_t epoch;
  uint64_t seed;
} ckernels_layout_step;

/// Moves the points `first` up to `last`: places are pairs x, y of all `points`, read in `from` and written to the same place of `to`, so
/// that every point sees where the others were when the epoch began, on however many threads it runs. `weights` are 0...1.
void ckernels_layout_epoch(
    const ckernels_layout_step *step, const int32_t *offsets, const int32_t *targets, const float *weights,
    int32_t points, const float *from, float *to, int32_t first, int32_t last);

/// product = factor (P block - centre block) - share product.
typedef struct {
  float factor, centre, share;
} ckernels_graph_combination;

/// Rows `first` up to `last` of such a combination, with P = W divided row by row by the `degrees`, the sums of its rows (a random walk).
void ckernels_graph_step(
    const ckernels_graph_combination *combination, const int32_t *offsets, const int32_t *targets, const float *weights,
    const float *degrees, const float *block, float *product, int32_t first, int32_t last);

#endif
