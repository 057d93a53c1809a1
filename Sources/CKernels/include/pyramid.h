#ifndef MORELLI_PYRAMID_H
#define MORELLI_PYRAMID_H

#include <stdint.h>

/// Means of 2 x 2 pixels, rounded half up: (width / 2) x (height / 2) of them, a last odd column or row left out.
void ckernels_halve(const uint8_t *plane, int32_t width, int32_t height, uint8_t *half);

/// Opponent colours of `count` interleaved pixels as bytes: (r - g + 256) / 2 and (r + g - 2 b + 510) / 4, rounded down.
void ckernels_opponents(const uint8_t *rgb, int32_t count, uint8_t *red_green, uint8_t *yellow_blue);

/// Means of a plane over columns x rows cells. Cell c of n along a side of s pixels has c s / n ..< (c + 1) s / n,
/// rounded down, and at least the first of them. `sums` is room for width numbers.
void ckernels_cell_means(
    const float *plane, int32_t width, int32_t height, int32_t columns, int32_t rows, float *sums, float *means);

/// The sum and the sum of squares of `count` numbers.
void ckernels_moments(const float *values, int32_t count, double *sum, double *squares);

#endif
