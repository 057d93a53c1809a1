#ifndef MORELLI_LBP_H
#define MORELLI_LBP_H

#include <stdint.h>

/// Where a neighbour on the circle lies: the pixel above and left of it, and the weights of that pixel, its right, lower
/// and lower right neighbours in 2^-8; they sum to 256. A weight of 256 is the first one.
typedef struct {
  int32_t dx, dy;
  uint16_t weights[4];
} ckernels_lbp_sample;

/// Codes of up to 16 neighbours a pixel: bit p is set where neighbour p is not darker than the pixel. Pixels nearer than
/// `margin` to the border have none, and only every `step`th row has any: codes has ceil((height - 2 margin) / step) rows
/// of width - 2 margin numbers.
void ckernels_lbp_codes(
    const uint8_t *plane, int32_t width, int32_t height, const ckernels_lbp_sample *samples, int32_t count, int32_t margin,
    int32_t step, uint16_t *codes);

/// The number of neighbours not darker than the pixel where, going round, that changes at most twice, and count + 1 where
/// it changes more often; as bytes, for up to 64 neighbours.
void ckernels_lbp_uniform(
    const uint8_t *plane, int32_t width, int32_t height, const ckernels_lbp_sample *samples, int32_t count, int32_t margin,
    int32_t step, uint8_t *bins);

/// How often each bin occurs in bins[codes[i]]; counts has 256 numbers.
void ckernels_count_codes(const uint16_t *codes, int32_t count, const uint8_t *bins, uint32_t *counts);

/// How often each byte occurs; counts has 256 numbers.
void ckernels_count_bytes(const uint8_t *values, int32_t count, uint32_t *counts);

#endif
