#include "include/transformer.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "include/panels.h"
#include "versions.h"

/// e^x of x up to 88; below -87, and of what is no number, that of -87. Two roundings off at most.
static inline float exponential(float x) {
  x = x > -87.0f ? x : -87.0f;
  // x = n * ln 2 + r with |r| <= ln 2 / 2; adding and taking away 1.5 * 2^23 rounds.
  const float n = (x * 0x1.715476p0f + 0x1.8p23f) - 0x1.8p23f;
  const float r = (x - n * 0x1.62e4p-1f) - n * 0x1.7f7d1cp-20f;
  // Taylor's series: its rest is below 6e-9.
  float p = 1.0f / 5040;
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const uint32_t bits = (uint32_t)((int32_t)n + 127) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}

VERSIONED_512 void ckernels_gelu(float *values, int32_t count) {
  for (int32_t i = 0; i < count; i++) {
    const float x = values[i];
    const float z = fabsf(x) * 0x1.6a09e6p-1f;
    // erfc(z) to 1.5e-7: Abramowitz & Stegun 1964, 7.1.26.
    const float t = 1 / (1 + 0.3275911f * z);
    const float series =
        ((((1.061405429f * t - 1.453152027f) * t + 1.421413741f) * t - 0.284496736f) * t + 0.254829592f) * t;
    const float tail = series * exponential(-z * z);
    values[i] = 0.5f * (x < 0 ? x * tail : x * (2 - tail));
  }
}

VERSIONED_512 void ckernels_softmax(float *values, int32_t rows, int32_t columns, int32_t pitch, float scale) {
#pragma clang fp reassociate(on)
  for (int32_t row = 0; row < rows; row++) {
    float *at = values + (size_t)row * (size_t)pitch;
    float largest = at[0];
    for (int32_t i = 0; i < columns; i++) largest = at[i] > largest ? at[i] : largest;
    float sum = 0;
    for (int32_t i = 0; i < columns; i++) {
      const float e = exponential(scale * (at[i] - largest));
      at[i] = e;
      sum += e;
    }
    const float share = 1 / sum;
    for (int32_t i = 0; i < columns; i++) at[i] *= share;
  }
}

VERSIONED_512 void ckernels_layer_norm(
    float *values, const float *added, int32_t rows, int32_t width, const float *gain, const float *bias,
    float epsilon) {
#pragma clang fp reassociate(on)
  for (int32_t row = 0; row < rows; row++) {
    float *at = values + (size_t)row * (size_t)width;
    float sum = 0;
    if (added) {
      const float *more = added + (size_t)row * (size_t)width;
      for (int32_t i = 0; i < width; i++) at[i] += more[i];
    }
    for (int32_t i = 0; i < width; i++) sum += at[i];
    const float mean = sum / (float)width;
    float squares = 0;
    for (int32_t i = 0; i < width; i++) {
      const float d = at[i] - mean;
      squares += d * d;
    }
    const float scale = 1 / sqrtf(squares / (float)width + epsilon);
    for (int32_t i = 0; i < width; i++) at[i] = (at[i] - mean) * scale * gain[i] + bias[i];
  }
}

static int32_t whole_panels(int32_t columns) { return (columns + CKERNELS_PANEL - 1) / CKERNELS_PANEL * CKERNELS_PANEL; }

int64_t ckernels_attention_scratch(int32_t tokens, int32_t width) {
  return (int64_t)whole_panels(tokens) * width + (int64_t)tokens * whole_panels(width) +
         (int64_t)tokens * whole_panels(tokens);
}

void ckernels_attention(
    const float *states, int32_t tokens, int32_t heads, int32_t width, float *output, float *scratch) {
  const int32_t hidden = heads * width, pitch = 3 * hidden, tile = ckernels_product_rows();
  float *keys = scratch;
  float *contents = keys + (size_t)whole_panels(tokens) * (size_t)width;
  float *shares = contents + (size_t)tokens * (size_t)whole_panels(width);
  const int32_t share_pitch = whole_panels(tokens);
  const float scale = 1 / sqrtf((float)width);
  for (int32_t head = 0; head < heads; head++) {
    const float *query = states + head * width;
    ckernels_pack_rows(query + hidden, tokens, width, pitch, keys);
    ckernels_pack_columns(query + 2 * hidden, width, tokens, pitch, contents);
    const ckernels_product score = {
        .rows = tokens, .inner = width, .columns = tokens, .a_pitch = pitch, .c_pitch = share_pitch};
    ckernels_panel_product(&score, query, keys, NULL, shares, tile);
    ckernels_softmax(shares, tokens, tokens, share_pitch, scale);
    const ckernels_product mix = {
        .rows = tokens, .inner = tokens, .columns = width, .a_pitch = share_pitch, .c_pitch = hidden};
    ckernels_panel_product(&mix, shares, contents, NULL, output + head * width, tile);
  }
}
