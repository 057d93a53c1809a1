#ifndef MORELLI_DIRECTIONS_H
#define MORELLI_DIRECTIONS_H

#include <stdint.h>

/// The direction of a gradient in 8 bins of 45 degrees, the nearest multiple from (1, 0) towards (0, 1), and its strength
/// floor(sqrt(dx^2 + dy^2)), or 0 where that is not over `least`.
void ckernels_directions(
    const int16_t *dx, const int16_t *dy, int32_t count, int32_t least, uint8_t *bins, uint16_t *strengths);

/// How strongly direction i comes with direction j at a displacement: sums of min(strength, strength there) over all
/// pairs of pixels within the picture. For each of the displacements (d, 0), (0, d), (d, d), (-d, d), 64 sums: 8 i + j, the
/// pixel first and then what lies at the displacement from it. `active` is scratch for width x height numbers.
void ckernels_direction_pairs(
    const uint8_t *bins, const uint16_t *strengths, int32_t width, int32_t height, int32_t distance, int32_t *active,
    uint32_t *sums);

#endif
