#ifndef MORELLI_GRADIENT_H
#define MORELLI_GRADIENT_H

#include <stdint.h>

/// Histograms of orientation over columns x rows cells (bounds as in ckernels_cell_means), weighted by magnitude.
/// Orientations are those of the gradient modulo 180 degrees, cut into `bins` from 0; a soft pixel counts for the two
/// bins whose centres lie about it, a hard one for the bin that it lies in. `room` has (bins + 2) x width numbers;
/// histograms[(row * columns + column) * bins + bin] is a sum.
void ckernels_orientation_histograms(
    const int16_t *dx, const int16_t *dy, int32_t width, int32_t height, int32_t columns, int32_t rows, int32_t bins,
    int32_t soft, float *room, float *histograms);

/// Sums of dx dx, dx dy and dy dy over blocks of side x side pixels, (width / side) x (height / side) of them; what is left
/// over at the right and below is left out. `room` has 3 x width numbers. Sides up to 64.
void ckernels_tensor_blocks(
    const int16_t *dx, const int16_t *dy, int32_t width, int32_t height, int32_t side, int32_t *room, float *xx, float *xy,
    float *yy);

/// For `count` tensors: the energy log(1 + sqrt(scale (xx + yy))), the coherence scale D / (scale (xx + yy) + floor) with
/// D = |(xx - yy, 2 xy)|, its parts along (xx - yy, 2 xy), and the angle of that vector in turns, 0 ..< 1.
void ckernels_tensor_measures(
    const float *xx, const float *xy, const float *yy, int32_t count, float scale, float floor, float *energy,
    float *coherence, float *cosine, float *sine, float *turns);

#endif
