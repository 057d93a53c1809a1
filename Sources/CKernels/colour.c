#include "include/colour.h"

#include "versions.h"

static inline int32_t cell(float value, float low, float high, int32_t cells) {
  float position = (value - low) * ((float)cells / (high - low));
  position = position < 0 ? 0 : position;
  float last = (float)cells - 1;
  return (int32_t)(position > last ? last : position);
}

VERSIONED void ckernels_label_colours(
    const float *restrict l, const float *restrict a, const float *restrict b, int32_t count,
    uint8_t *restrict labels) {
  for (int32_t i = 0; i < count; i++)
    labels[i] =
        (uint8_t)((cell(l[i], 0, 100, 5) * 4 + cell(a[i], -40, 40, 4)) * 4 + cell(b[i], -40, 56, 4));
}

VERSIONED int32_t ckernels_count_equal(const uint8_t *p, const uint8_t *q, int32_t count) {
  int32_t equal = 0;
  for (int32_t i = 0; i < count; i++) equal += p[i] == q[i];
  return equal;
}
