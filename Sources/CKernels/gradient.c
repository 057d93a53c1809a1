#include "include/gradient.h"

#include "angles.h"
#include "versions.h"

// room[b] is the row of bin b: sums over the rows of a cell, column by column, so that nothing is scattered.
VERSIONED static void add_orientations(
    const int16_t *restrict dx, const int16_t *restrict dy, int32_t width, int32_t bins, int32_t soft,
    float *restrict magnitude, float *restrict position, float *restrict room) {
  float n = (float)bins;
  for (int32_t x = 0; x < width; x++) {
    float gx = dx[x], gy = dy[x];
    // Of the gradient modulo half a turn: 0 ... n.
    float turns = turns_of(gy, gx);
    turns = turns < 0 ? turns + 0.5f : turns;
    position[x] = turns * 2 * n;
    magnitude[x] = root(gx * gx + gy * gy);
  }
  if (soft) {
    for (int32_t b = 0; b < bins; b++) {
      float centre = (float)b + 0.5f;
      float *restrict row = room + b * width;
      for (int32_t x = 0; x < width; x++) {
        float d = __builtin_fabsf(position[x] - centre);
        d = n - d < d ? n - d : d;
        row[x] += magnitude[x] * (d < 1 ? 1 - d : 0);
      }
    }
  } else {
    for (int32_t b = 0; b < bins; b++) {
      float from = (float)b, to = b == bins - 1 ? n + 1 : from + 1;
      float *restrict row = room + b * width;
      // Half a turn is 0 again.
      for (int32_t x = 0; x < width; x++) {
        float p = position[x] >= n ? 0 : position[x];
        row[x] += p >= from && p < to ? magnitude[x] : 0;
      }
    }
  }
}

void ckernels_orientation_histograms(
    const int16_t *dx, const int16_t *dy, int32_t width, int32_t height, int32_t columns, int32_t rows, int32_t bins,
    int32_t soft, float *room, float *histograms) {
  float *magnitude = room + bins * width, *position = magnitude + width;
  for (int32_t r = 0; r < rows; r++) {
    int32_t top = r * height / rows, bottom = (r + 1) * height / rows;
    if (bottom <= top) bottom = top + 1;
    for (int32_t i = 0; i < bins * width; i++) room[i] = 0;
    for (int32_t y = top; y < bottom; y++)
      add_orientations(dx + y * width, dy + y * width, width, bins, soft, magnitude, position, room);
    for (int32_t c = 0; c < columns; c++) {
      int32_t left = c * width / columns, right = (c + 1) * width / columns;
      if (right <= left) right = left + 1;
      for (int32_t b = 0; b < bins; b++) {
        float sum = 0;
        for (int32_t x = left; x < right; x++) sum += room[b * width + x];
        histograms[(r * columns + c) * bins + b] = sum;
      }
    }
  }
}

VERSIONED static void add_products(
    const int16_t *restrict dx, const int16_t *restrict dy, int32_t width, int32_t *restrict xx, int32_t *restrict xy,
    int32_t *restrict yy) {
  for (int32_t x = 0; x < width; x++) {
    xx[x] += dx[x] * dx[x];
    xy[x] += dx[x] * dy[x];
    yy[x] += dy[x] * dy[x];
  }
}

void ckernels_tensor_blocks(
    const int16_t *dx, const int16_t *dy, int32_t width, int32_t height, int32_t side, int32_t *room, float *xx, float *xy,
    float *yy) {
  int32_t columns = width / side, rows = height / side;
  float *targets[3] = {xx, xy, yy};
  for (int32_t r = 0; r < rows; r++) {
    for (int32_t i = 0; i < 3 * width; i++) room[i] = 0;
    for (int32_t y = r * side; y < (r + 1) * side; y++)
      add_products(dx + y * width, dy + y * width, width, room, room + width, room + 2 * width);
    for (int32_t p = 0; p < 3; p++) {
      for (int32_t c = 0; c < columns; c++) {
        int64_t sum = 0;
        for (int32_t x = c * side; x < (c + 1) * side; x++) sum += room[p * width + x];
        targets[p][r * columns + c] = (float)sum;
      }
    }
  }
}

// Natural logarithm of x >= 1 to about 1e-6: the exponent, and a polynomial of the rest.
static inline __attribute__((always_inline)) float logarithm(float x) {
  union {
    float f;
    int32_t i;
  } u = {x};
  int32_t e = ((u.i - 0x3F3504F3) >> 23);
  u.i -= e << 23;
  float m = u.f - 1;
  float p = 0.07037683629f;
  p = p * m - 0.1151461031f;
  p = p * m + 0.1167699874f;
  p = p * m - 0.1242014097f;
  p = p * m + 0.1424932279f;
  p = p * m - 0.1666805766f;
  p = p * m + 0.2000071476f;
  p = p * m - 0.2499999399f;
  p = p * m + 0.3333333117f;
  float s = m * m;
  return m - 0.5f * s + s * m * p + (float)e * 0.6931471806f;
}

VERSIONED void ckernels_tensor_measures(
    const float *restrict xx, const float *restrict xy, const float *restrict yy, int32_t count, float scale, float floor,
    float *restrict energy, float *restrict coherence, float *restrict cosine, float *restrict sine,
    float *restrict turns) {
  for (int32_t i = 0; i < count; i++) {
    float sum = scale * (xx[i] + yy[i]);
    float c = scale * (xx[i] - yy[i]), s = scale * 2 * xy[i];
    float inverse = 1 / (sum + floor);
    float angle = turns_of(s, c);
    energy[i] = logarithm(1 + root(sum));
    coherence[i] = root(c * c + s * s) * inverse;
    cosine[i] = c * inverse;
    sine[i] = s * inverse;
    turns[i] = angle < 0 ? angle + 1 : angle;
  }
}
