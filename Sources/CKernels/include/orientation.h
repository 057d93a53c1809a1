#ifndef MORELLI_ORIENTATION_H
#define MORELLI_ORIENTATION_H

#include <stdint.h>

/// The circular moments of a gradient's orientation in `side` x `side` cells, shares of the picture, row by row.
///
/// Of each cell the means over its pixels of m, m cos 2t, m sin 2t, m cos 4t, m sin 4t, m cos 6t, m sin 6t, where (dx, dy)
/// = 4 m (cos t, sin t). `scratch` has room for 7 x width numbers. A cell without a pixel gets zeros.
void ckernels_orientation_cells(
    const int16_t *dx, const int16_t *dy, int32_t width, int32_t height, int32_t side, float *scratch, float *cells);

/// Sums of step x step pixels, width / step x height / step of them; `step` at most 16.
void ckernels_block_sums(
    const uint8_t *grey, int32_t width, int32_t height, int32_t step, uint16_t *scratch, int32_t *sums);

/// The means of a grey picture and of its gradient's magnitudes in `side` x `side` cells, shares of the picture, row by row.
/// `scratch` has room for 2 x width numbers. A cell without a pixel gets 0.
void ckernels_tones_and_energies(
    const uint8_t *grey, const uint16_t *magnitude, int32_t width, int32_t height, int32_t side, uint32_t *scratch,
    float *tones, float *energies);

#endif
