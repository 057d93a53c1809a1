#include "include/layout.h"

#include "versions.h"

#define SAMPLES CKERNELS_LAYOUT_SAMPLES
#define COLUMNS CKERNELS_GRAPH_COLUMNS

typedef union {
  float number;
  int32_t bits;
} float_bits;

// x^exponent for x >= 0 to 1e-5 of itself, without a branch, so that eight are computed side by side; tiny, not 0, for 0.
static inline float power(float x, float exponent) {
  float_bits whole = {.number = x};
  // x = m 2^e with m in sqrt(1/2) ... sqrt(2), and log2 m by the series of artanh((m - 1) / (m + 1)).
  int32_t e = (whole.bits - 0x3f3504f3) >> 23;
  float_bits mantissa = {.bits = whole.bits - e * (1 << 23)};
  float t = (mantissa.number - 1) / (mantissa.number + 1), t2 = t * t;
  float log2 = (float)e + 2.8853901f * t * (1 + t2 * (0.33333333f + t2 * (0.2f + t2 * 0.14285714f)));
  float y = exponent * log2;
  y = y < -125 ? -125 : y > 125 ? 125 : y;
  int32_t i = (int32_t)(y + 126.5f) - 126;
  float f = 0.69314718f * (y - (float)i);
  float exponential = 1 + f * (1 + f * (0.5f + f * (0.16666667f + f * (0.041666668f + f * 0.0083333338f))));
  float_bits scale = {.bits = (i + 127) * (1 << 23)};
  return exponential * scale.number;
}

static inline float clip(float gradient) {
  gradient = gradient < 4 ? gradient : 4;
  return gradient > -4 ? gradient : -4;
}

// MurmurHash3's finaliser.
static inline uint32_t mix32(uint32_t h) {
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  return h ^ (h >> 16);
}

// SplitMix64's finaliser.
static inline uint64_t mix64(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

VERSIONED void ckernels_layout_epoch(
    const ckernels_layout_step *step, const int32_t *restrict offsets, const int32_t *restrict targets,
    const float *restrict weights, int32_t points, const float *restrict from, float *restrict to, int32_t first,
    int32_t last) {
  const float a = step->a, b = step->b, rate = step->rate;
  const float now = (float)step->epoch, before = now - 1;
  for (int32_t i = first; i < last; i++) {
    float x = from[2 * i], y = from[2 * i + 1];
    uint64_t state = mix64(step->seed + 0x9e3779b97f4a7c15u * ((uint64_t)step->epoch * (uint32_t)points + (uint32_t)i + 1));
    const uint32_t key = (uint32_t)state | 1;
    uint32_t counter = (uint32_t)(state >> 32);
    for (int32_t edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      // An edge of weight w has had floor(w n) of its turns by epoch n.
      const float weight = weights[edge];
      if ((int32_t)(weight * now) == (int32_t)(weight * before)) continue;
      const int32_t j = targets[edge];
      const float dx = x - from[2 * j], dy = y - from[2 * j + 1];
      // Never 0, at which the slope is endless.
      const float d = dx * dx + dy * dy + 1e-12f, p = power(d, b);
      const float pull = -2 * a * b * p / (d * (1 + a * p));
      x += rate * clip(pull * dx);
      y += rate * clip(pull * dy);

      int32_t drawn[SAMPLES];
      float ex[SAMPLES], ey[SAMPLES];
      for (int32_t s = 0; s < SAMPLES; s++)
        drawn[s] = (int32_t)(((uint64_t)mix32(counter + (uint32_t)s * key) * (uint32_t)points) >> 32);
      counter += SAMPLES * key;
      for (int32_t s = 0; s < SAMPLES; s++) {
        ex[s] = from[2 * drawn[s]];
        ey[s] = from[2 * drawn[s] + 1];
      }
      // The point itself, where it is drawn, has no push of its own.
      for (int32_t s = 0; s < SAMPLES; s++) {
        float ux = x - ex[s], uy = y - ey[s], u = ux * ux + uy * uy;
        float push = 2 * b / ((0.001f + u) * (1 + a * power(u, b)));
        push = drawn[s] == i ? 0 : push;
        ex[s] = clip(push * ux);
        ey[s] = clip(push * uy);
      }
      float sx = 0, sy = 0;
      for (int32_t s = 0; s < SAMPLES; s++) {
        sx += ex[s];
        sy += ey[s];
      }
      x += rate * sx;
      y += rate * sy;
    }
    to[2 * i] = x;
    to[2 * i + 1] = y;
  }
}

VERSIONED void ckernels_graph_step(
    const ckernels_graph_combination *combination, const int32_t *restrict offsets, const int32_t *restrict targets,
    const float *restrict weights, const float *restrict degrees, const float *restrict block, float *restrict product,
    int32_t first, int32_t last) {
  const float factor = combination->factor, centre = combination->centre, share = combination->share;
  for (int32_t i = first; i < last; i++) {
    float sums[COLUMNS] = {0};
    for (int32_t edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      const float *row = block + (int64_t)COLUMNS * targets[edge];
      const float weight = weights[edge];
      for (int32_t c = 0; c < COLUMNS; c++) sums[c] += weight * row[c];
    }
    const float *own = block + (int64_t)COLUMNS * i;
    float *out = product + (int64_t)COLUMNS * i;
    const float scale = degrees[i] > 0 ? 1 / degrees[i] : 0;
    for (int32_t c = 0; c < COLUMNS; c++)
      out[c] = factor * (scale * sums[c] - centre * own[c]) - share * out[c];
  }
}
