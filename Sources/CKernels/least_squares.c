#include "include/least_squares.h"

#include <string.h>

#include "small_vectors.h"
#include "versions.h"

VERSIONED void ckernels_row_products(
    const float *rows, const int32_t *ids, const float *weights, int32_t count, int32_t n, float *restrict sums) {
#pragma clang fp contract(fast)
  memset(sums, 0, (size_t)n * (size_t)n * sizeof(float));
  int32_t k = 0;
  // Four rows at a time, so that each sum is read and written once for four products.
  for (; k + 4 <= count; k += 4) {
    const float *restrict r[4];
    float w[4];
    for (int32_t q = 0; q < 4; q++) {
      r[q] = rows + (int64_t)n * (ids ? ids[k + q] : k + q);
      w[q] = weights ? weights[k + q] : 1;
    }
    const float *restrict r0 = r[0], *restrict r1 = r[1], *restrict r2 = r[2], *restrict r3 = r[3];
    for (int32_t i = 0; i < n; i++) {
      const float a = w[0] * r0[i], b = w[1] * r1[i], c = w[2] * r2[i], d = w[3] * r3[i];
      float *restrict out = sums + (int64_t)n * i;
      // Only what is right of the diagonal, and a little more, so that vectors stay aligned.
      for (int32_t j = i & ~7; j < n; j++) out[j] += a * r0[j] + b * r1[j] + (c * r2[j] + d * r3[j]);
    }
  }
  for (; k < count; k++) {
    const float *restrict row = rows + (int64_t)n * (ids ? ids[k] : k);
    const float weight = weights ? weights[k] : 1;
    for (int32_t i = 0; i < n; i++) {
      const float a = weight * row[i];
      float *restrict out = sums + (int64_t)n * i;
      for (int32_t j = i & ~7; j < n; j++) out[j] += a * row[j];
    }
  }
  for (int32_t i = 1; i < n; i++)
    for (int32_t j = 0; j < i; j++) sums[(int64_t)n * i + j] = sums[(int64_t)n * j + i];
}

// y = M x for a symmetric M, as a sum of its rows: no sum within a vector has to wait for another.
static inline __attribute__((always_inline)) void symmetric_product(
    const float *restrict m, const float *restrict x, float *restrict y, int32_t n) {
#pragma clang fp contract(fast)
  memset(y, 0, (size_t)n * sizeof(float));
  int32_t i = 0;
  for (; i + 4 <= n; i += 4) {
    const float a = x[i], b = x[i + 1], c = x[i + 2], d = x[i + 3];
    const float *restrict r0 = m + (int64_t)n * i, *restrict r1 = r0 + n, *restrict r2 = r1 + n, *restrict r3 = r2 + n;
    for (int32_t j = 0; j < n; j++) y[j] += a * r0[j] + b * r1[j] + (c * r2[j] + d * r3[j]);
  }
  for (; i < n; i++) add_scaled(m + (int64_t)n * i, x[i], y, n);
}

VERSIONED void ckernels_least_squares_rows(
    const ckernels_least_squares *what, const int32_t *offsets, const int32_t *columns, const float *strengths,
    const float *fixed, const float *gram, float *room, float *rows, int32_t first, int32_t last) {
#pragma clang fp contract(fast)
  const int32_t n = what->factors;
  const float confidence = what->confidence;
  float *restrict r = room, *restrict p = room + n, *restrict ap = room + 2 * n;
  for (int32_t u = first; u < last; u++) {
    float *restrict x = rows + (int64_t)n * u;
    const int32_t begin = offsets[u], end = offsets[u + 1];
    if (begin == end) {
      memset(x, 0, (size_t)n * sizeof(float));
      continue;
    }
    symmetric_product(gram, x, r, n);
    for (int32_t j = 0; j < n; j++) r[j] = -r[j];
    for (int32_t e = begin; e < end; e++) {
      const float *y = fixed + (int64_t)n * columns[e];
      const float strength = strengths[e], more = confidence * (strength < 0 ? -strength : strength);
      add_scaled(y, (strength > 0 ? 1 + more : 0) - more * inner(y, x, n), r, n);
    }
    memcpy(p, r, (size_t)n * sizeof(float));
    float left = inner(r, r, n);
    for (int32_t step = 0; step < what->steps && left > 1e-20f; step++) {
      symmetric_product(gram, p, ap, n);
      for (int32_t e = begin; e < end; e++) {
        const float *y = fixed + (int64_t)n * columns[e];
        const float strength = strengths[e], more = confidence * (strength < 0 ? -strength : strength);
        add_scaled(y, more * inner(y, p, n), ap, n);
      }
      const float curvature = inner(p, ap, n);
      if (!(curvature > 0)) break;
      const float a = left / curvature;
      for (int32_t j = 0; j < n; j++) {
        x[j] += a * p[j];
        r[j] -= a * ap[j];
      }
      const float now = inner(r, r, n), b = now / left;
      for (int32_t j = 0; j < n; j++) p[j] = r[j] + b * p[j];
      left = now;
    }
  }
}

VERSIONED void ckernels_row_scores(
    const float *restrict rows, const float *restrict x, const float *restrict biases, int32_t count, int32_t n,
    float *restrict out) {
  for (int32_t k = 0; k < count; k++) out[k] = inner(rows + (int64_t)n * k, x, n) + (biases ? biases[k] : 0);
}
