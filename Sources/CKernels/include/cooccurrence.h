#ifndef MORELLI_COOCCURRENCE_H
#define MORELLI_COOCCURRENCE_H

#include <stdint.h>

/// Counts pairs of grey levels in sixteenths of the range: counts[16 i + j] pixels of level i have one of level j at
/// (dx, dy) from them, dy >= 0. Only every `step`th row is looked at. `room` has width x height bytes.
void ckernels_cooccurrences(
    const uint8_t *plane, int32_t width, int32_t height, int32_t dx, int32_t dy, int32_t step, uint8_t *room, uint32_t *counts);

#endif
