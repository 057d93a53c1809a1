#include "include/directions.h"

#include <string.h>

#include "versions.h"

VERSIONED void ckernels_directions(
    const int16_t *restrict dx, const int16_t *restrict dy, int32_t count, int32_t least, uint8_t *restrict bins,
    uint16_t *restrict strengths) {
  for (int32_t i = 0; i < count; i++) {
    int32_t x = dx[i], y = dy[i];
    int32_t across = x < 0 ? -x : x, down = y < 0 ? -y : y;
    // The tangents of 22.5 and 67.5 degrees in 2^-12.
    int32_t bin = (down * 4096 > across * 1697) + (down * 4096 > across * 9889);
    int32_t is_left = x >> 31, is_up = y >> 31;
    bin = (is_left & (4 - bin)) | (~is_left & bin);
    bin = ((bin ^ is_up) - is_up) & 7;
    int32_t strength = (int32_t)__builtin_elementwise_sqrt((float)(x * x + y * y));
    bins[i] = (uint8_t)bin;
    strengths[i] = (uint16_t)(strength & -(strength > least));
  }
}

void ckernels_direction_pairs(
    const uint8_t *bins, const uint16_t *strengths, int32_t width, int32_t height, int32_t distance, int32_t *active,
    uint32_t *sums) {
  memset(sums, 0, 4 * 64 * sizeof *sums);
  for (int32_t y = 0; y < height; y++) {
    const uint16_t *row = strengths + y * width;
    int32_t count = 0;
    for (int32_t x = 0; x < width; x++) {
      active[count] = x;
      count += row[x] != 0;
    }
    int has_below = y + distance < height;
    const int32_t below = distance * width;
    for (int32_t k = 0; k < count; k++) {
      int32_t x = active[k], at = y * width + x;
      uint32_t strength = strengths[at];
      uint32_t *own = sums + 8 * bins[at];
      if (x + distance < width) {
        uint32_t there = strengths[at + distance];
        own[bins[at + distance]] += strength < there ? strength : there;
      }
      if (!has_below) continue;
      uint32_t there = strengths[at + below];
      own[64 + bins[at + below]] += strength < there ? strength : there;
      if (x + distance < width) {
        there = strengths[at + below + distance];
        own[128 + bins[at + below + distance]] += strength < there ? strength : there;
      }
      if (x >= distance) {
        there = strengths[at + below - distance];
        own[192 + bins[at + below - distance]] += strength < there ? strength : there;
      }
    }
  }
}
