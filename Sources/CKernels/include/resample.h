#ifndef MORELLI_CKERNELS_RESAMPLE_H
#define MORELLI_CKERNELS_RESAMPLE_H

#include <stdint.h>

/// y += factor * x, for `count` bytes x.
void ckernels_add_bytes(const uint8_t *restrict x, int32_t count, float factor, float *restrict y);

/// Weighted sums of neighbouring pixels of a row, three numbers each: pixel i of the output is
/// (sum of weights[k] * row[first[i] + k] over the next counts[i] weights - shift) * scale.
void ckernels_mix_pixels(
    const float *restrict row, const int32_t *restrict first, const int32_t *restrict counts,
    const float *restrict weights, int32_t outputs, float shift, float scale, float *restrict output);

#endif
