#ifndef MORELLI_TAMURA_H
#define MORELLI_TAMURA_H

#include <stdint.h>

/// Sums of all pixels above and left: sums[(width + 1) y + x] is that of the pixels before column x and row y.
void ckernels_integral(const uint8_t *plane, int32_t width, int32_t height, int32_t *sums);

/// How many pixels have their largest difference between neighbouring windows at windows of 2^k pixels a side, k = 1 ...
/// octaves (the smallest such k): counts[k - 1]. Of the pixels 2^octaves and more from the border, every `step`th row is
/// looked at. `room` has 2 x width numbers.
void ckernels_coarseness(
    const int32_t *sums, int32_t width, int32_t height, int32_t octaves, int32_t step, float *room, uint32_t *counts);

/// Histogram of the orientation modulo 180 degrees, in `bins` from 0, of the gradients with |dx| + |dy| >= threshold; the
/// last number is how many there are. `room` has width bytes.
void ckernels_strong_orientations(
    const int16_t *dx, const int16_t *dy, int32_t width, int32_t height, int32_t threshold, int32_t bins, uint8_t *room,
    uint32_t *counts);

#endif
