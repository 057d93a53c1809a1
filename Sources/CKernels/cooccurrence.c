#include "include/cooccurrence.h"

#include "include/lbp.h"
#include "versions.h"

// A pair of sixteen levels is one byte.
VERSIONED static void pair_row(
    const uint8_t *restrict here, const uint8_t *restrict there, int32_t count, uint8_t *restrict pairs) {
  for (int32_t x = 0; x < count; x++) pairs[x] = (uint8_t)((here[x] & 0xF0) | (there[x] >> 4));
}

void ckernels_cooccurrences(
    const uint8_t *plane, int32_t width, int32_t height, int32_t dx, int32_t dy, int32_t step, uint8_t *room, uint32_t *counts) {
  int32_t columns = width - (dx < 0 ? -dx : dx), rows = height - dy, from = dx < 0 ? -dx : 0;
  int32_t count = 0;
  for (int32_t y = 0; y < rows; y += step, count += columns)
    pair_row(plane + y * width + from, plane + (y + dy) * width + from + dx, columns, room + count);
  ckernels_count_bytes(room, count, counts);
}
