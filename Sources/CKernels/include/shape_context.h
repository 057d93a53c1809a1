#ifndef MORELLI_SHAPE_CONTEXT_H
#define MORELLI_SHAPE_CONTEXT_H

#include <stdint.h>

/// The log-polar histograms of `count` points (at most 512), 60 counts each: 5 rings of 12 sectors of 30 degrees.
///
/// `x` and `y` in pixels; `radii` the squared outer radii of the rings, rising. A point at another's very place and those
/// beyond the last ring are not counted. Sector 0 begins at (1, 0) and they turn towards (0, 1).
void ckernels_shape_contexts(
    const float *x, const float *y, int32_t count, const float *radii, float *histograms);

/// The nearest of `words` unit vectors for each of `count` vectors, by inner product; the first of equals. `transposed` has
/// `dimension` rows of `words` numbers; `words` is a multiple of 8, at most 256.
void ckernels_nearest_words(
    const float *vectors, int32_t count, const float *transposed, int32_t words, int32_t dimension, int32_t *nearest);

#endif
