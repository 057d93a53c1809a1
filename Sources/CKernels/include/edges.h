#ifndef MORELLI_EDGES_H
#define MORELLI_EDGES_H

#include <stdint.h>

/// magnitude[i] = |dx[i]| + |dy[i]|.
void ckernels_l1_magnitude(const int16_t *dx, const int16_t *dy, int32_t count, uint16_t *magnitude);

/// Counts of the magnitudes, each divided by 2^shift, in `bins` bins; what is beyond the last counts for it. Overwrites `histogram`.
void ckernels_magnitude_histogram(
    const uint16_t *magnitude, int32_t count, int32_t shift, int32_t bins, int32_t *histogram);

/// Canny's edges of a gradient, as OpenCV: the maxima along the gradient above `low` that are joined to one above `high`.
///
/// `map` has (width + 2) x (height + 2) bytes and gets 1 at an edge and 0 elsewhere, the border included. `edges` gets
/// y * width + x of every edge pixel in reading order, and room for width x height; `row` is scratch for 3 x (width + 2).
/// Returns the number of edge pixels.
int32_t ckernels_canny(
    const int16_t *dx, const int16_t *dy, const uint16_t *magnitude, int32_t width, int32_t height, int32_t low,
    int32_t high, uint16_t *row, uint8_t *map, int32_t *edges);

/// Suzuki and Abe's borders of a map of 0 and 1 with a border of 0, (width + 2) x (height + 2) bytes, in which they are marked.
///
/// Borders of fewer than `least` points are left out. `neighbours` is scratch of the map's size. `points` gets x and y by turns; `ends[k]` the number of points up to
/// the end of border k. Stops at `points_room` points or `ends_room` borders. Returns the number of borders.
int32_t ckernels_trace(
    uint8_t *map, int32_t width, int32_t height, int32_t least, uint8_t *neighbours, int16_t *points,
    int32_t points_room, int32_t *ends, int32_t ends_room);

/// Adds to `counts` how many of a closed contour's `count` points (x and y by turns) bend by k times 22.5 degrees and more,
/// k = 0...7: the angle between the chords of `step` points that end and begin there. `count` is at least 2 x step, `step` at
/// most 32. No angle counts for 0, a full turn back for 7.
void ckernels_bends(const int16_t *points, int32_t count, int32_t step, int32_t *counts);

#endif
