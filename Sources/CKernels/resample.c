#include "include/resample.h"

#include <stddef.h>

#include "versions.h"

VERSIONED void ckernels_add_bytes(const uint8_t *restrict x, int32_t count, float factor, float *restrict y) {
  for (int32_t i = 0; i < count; i++) y[i] += factor * (float)x[i];
}

void ckernels_mix_pixels(
    const float *restrict row, const int32_t *restrict first, const int32_t *restrict counts,
    const float *restrict weights, int32_t outputs, float shift, float scale, float *restrict output) {
  for (int32_t i = 0; i < outputs; i++) {
    const float *pixel = row + 3 * (ptrdiff_t)first[i];
    float red = 0, green = 0, blue = 0;
    for (int32_t k = 0; k < counts[i]; k++, pixel += 3) {
      const float weight = *weights++;
      red += weight * pixel[0];
      green += weight * pixel[1];
      blue += weight * pixel[2];
    }
    output[3 * i] = (red - shift) * scale;
    output[3 * i + 1] = (green - shift) * scale;
    output[3 * i + 2] = (blue - shift) * scale;
  }
}
