#ifndef MORELLI_GABOR_H
#define MORELLI_GABOR_H

#include <stdint.h>

/// Taps on one side of a filter's centre, at most.
#define CKERNELS_GABOR_RADIUS 12
/// Orientations, at most.
#define CKERNELS_GABOR_ORIENTATIONS 8

/// How many floats of room a bank of filters needs for a plane.
int32_t ckernels_gabor_room(int32_t width, int32_t height);

/// Magnitudes of a plane's responses to Gabor filters of one wavelength, at every `step`th (1 or 2) column and row.
///
/// The orientations k pi / n of the n filters (even) are along x cos + y sin, y downwards. Frequency f = 0 ... n / 2 is
/// sin(f pi / n) / wavelength; its taps k = 0 ... radius are cosines and sines [f (radius + 1) + k], times the window.
/// `level` is taken from the plane, which goes on mirrored beyond the border without repeating its pixels.
/// magnitudes has n planes of ceil(width / step) x ceil(height / step).
void ckernels_gabor(
    const uint8_t *plane, int32_t width, int32_t height, float level, int32_t step, int32_t radius, int32_t orientations,
    const float *cosines, const float *sines, float *room, float *magnitudes);

#endif
