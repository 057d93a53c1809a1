#include "include/panels.h"

#include <stddef.h>
#include <string.h>

#include "versions.h"

// Goto & van de Geijn 2008 (doi:10.1145/1356052.1356053) without the packing of A: a tile of rows x 16 columns (or twice 16)
// is held in registers while the panel passes by out of the first cache and A's rows out of the second. As B is packed once
// and for all, a product of few rows costs one reading of B; BLAS would lay B out anew at each call.

#define PANEL CKERNELS_PANEL
typedef float lanes __attribute__((vector_size(4 * PANEL), aligned(4)));

/// 16 columns so deep fill three quarters of a first cache of 32 KiB.
#define DEPTH 384
/// So many rows so deep fill 144 KiB of the second cache.
#define CHUNK 96

#define NARROW 6
#define WIDE 12

#define INLINE static inline __attribute__((always_inline))

static inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

/// rows x (pairs x 16) of C, over `depth` places.
INLINE void tile(
    const float *a, size_t a_pitch, const float *panel, size_t panel_pitch, const float *bias, int32_t adds,
    int32_t depth, float *c, size_t c_pitch, int32_t count, const int32_t rows, const int32_t pairs) {
  lanes sums[WIDE][2];
#pragma clang loop unroll(full)
  for (int32_t i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int32_t p = 0; p < pairs; p++) {
      lanes start = {0};
      if (adds) {
        const float *at = c + (size_t)i * c_pitch + (size_t)p * PANEL;
        if (pairs > 1 || count == PANEL) start = *(const lanes *)at;
        else memcpy(&start, at, (size_t)count * sizeof(float));
      } else if (bias) {
        start = *(const lanes *)(bias + (size_t)p * PANEL);
      }
      sums[i][p] = start;
    }
  }
  for (int32_t k = 0; k < depth; k++) {
    const lanes first = *(const lanes *)(panel + (size_t)k * PANEL);
    lanes second = {0};
    if (pairs > 1) second = *(const lanes *)(panel + panel_pitch + (size_t)k * PANEL);
#pragma clang loop unroll(full)
    for (int32_t i = 0; i < rows; i++) {
      const float x = a[(size_t)i * a_pitch + (size_t)k];
      sums[i][0] += x * first;
      if (pairs > 1) sums[i][1] += x * second;
    }
  }
#pragma clang loop unroll(full)
  for (int32_t i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int32_t p = 0; p < pairs; p++) {
      float *at = c + (size_t)i * c_pitch + (size_t)p * PANEL;
      const lanes sum = sums[i][p];
      if (pairs > 1 || count == PANEL) *(lanes *)at = sum;
      else memcpy(at, &sum, (size_t)count * sizeof(float));
    }
  }
}

#define TILE(n, pairs) \
  case n: tile(a, a_pitch, panel, panel_pitch, bias, adds, depth, c, c_pitch, count, n, pairs); break;
#define NARROW_TILES(pairs) TILE(1, pairs) TILE(2, pairs) TILE(3, pairs) TILE(4, pairs) TILE(5, pairs) TILE(6, pairs)
#define WIDE_TILES(pairs) \
  NARROW_TILES(pairs) TILE(7, pairs) TILE(8, pairs) TILE(9, pairs) TILE(10, pairs) TILE(11, pairs) TILE(12, pairs)

/// A tile of as many rows as there are, up to 6 or 12, `pairs` panels wide.
INLINE void any_tile(
    const float *a, size_t a_pitch, const float *panel, size_t panel_pitch, const float *bias, int32_t adds,
    int32_t depth, float *c, size_t c_pitch, int32_t count, int32_t rows, const int32_t pairs, const int32_t most) {
  if (most == WIDE) {
    switch (rows) { WIDE_TILES(pairs) }
  } else {
    switch (rows) { NARROW_TILES(pairs) }
  }
}

INLINE void product(
    const ckernels_product *what, const float *a, const float *panels, const float *bias, float *c,
    const int32_t most) {
  const size_t a_pitch = (size_t)what->a_pitch, c_pitch = (size_t)what->c_pitch;
  const size_t panel_pitch = (size_t)what->inner * PANEL;
  for (int32_t chunk = 0; chunk < what->rows; chunk += CHUNK) {
    const int32_t rows = smaller(CHUNK, what->rows - chunk);
    const int32_t tiles = (rows + most - 1) / most;
    for (int32_t k = 0; k < what->inner; k += DEPTH) {
      const int32_t depth = smaller(DEPTH, what->inner - k);
      for (int32_t column = 0; column < what->columns;) {
        // Twice 16 columns fill the registers of AVX-512, where all 32 are there.
        const int32_t pairs = most == WIDE && column + 2 * PANEL <= what->columns ? 2 : 1;
        const int32_t count = smaller(PANEL, what->columns - column);
        const float *panel = panels + (size_t)(column / PANEL) * panel_pitch + (size_t)k * PANEL;
        int32_t row = chunk;
        for (int32_t t = 0; t < tiles; t++) {
          // Tiles of nearly one height: a low one would wait for its few sums.
          const int32_t height = rows / tiles + (t < rows % tiles);
          const float *from = a + (size_t)row * a_pitch + (size_t)k;
          const float *add = bias ? bias + column : NULL;
          float *to = c + (size_t)row * c_pitch + (size_t)column;
          if (pairs == 2)
            any_tile(from, a_pitch, panel, panel_pitch, add, k > 0, depth, to, c_pitch, count, height, 2, most);
          else any_tile(from, a_pitch, panel, panel_pitch, add, k > 0, depth, to, c_pitch, count, height, 1, most);
          row += height;
        }
        column += pairs * PANEL;
      }
    }
  }
}

VERSIONED static void product_narrow(
    const ckernels_product *what, const float *a, const float *panels, const float *bias, float *c) {
  product(what, a, panels, bias, c, NARROW);
}

VERSIONED_512 static void product_wide(
    const ckernels_product *what, const float *a, const float *panels, const float *bias, float *c) {
  product(what, a, panels, bias, c, WIDE);
}

int32_t ckernels_product_rows(void) {
#if defined(__x86_64__)
  // What x86-64-v4 stands for.
  return __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") ? WIDE : NARROW;
#else
  return NARROW;
#endif
}

void ckernels_panel_product(
    const ckernels_product *what, const float *a, const float *panels, const float *bias, float *c, int32_t tile) {
  if (tile == WIDE) product_wide(what, a, panels, bias, c);
  else product_narrow(what, a, panels, bias, c);
}

void ckernels_pack_rows(
    const float *transpose, int32_t columns, int32_t inner, int32_t pitch, float *restrict panels) {
  for (int32_t first = 0; first < columns; first += PANEL) {
    const int32_t count = smaller(PANEL, columns - first);
    if (count < PANEL) memset(panels, 0, (size_t)inner * PANEL * sizeof(float));
    for (int32_t j = 0; j < count; j++) {
      const float *from = transpose + (size_t)(first + j) * (size_t)pitch;
      for (int32_t k = 0; k < inner; k++) panels[(size_t)k * PANEL + (size_t)j] = from[k];
    }
    panels += (size_t)inner * PANEL;
  }
}

void ckernels_pack_columns(
    const float *matrix, int32_t columns, int32_t inner, int32_t pitch, float *restrict panels) {
  for (int32_t first = 0; first < columns; first += PANEL) {
    const int32_t count = smaller(PANEL, columns - first);
    for (int32_t k = 0; k < inner; k++) {
      const float *from = matrix + (size_t)k * (size_t)pitch + first;
      for (int32_t j = 0; j < count; j++) panels[j] = from[j];
      for (int32_t j = count; j < PANEL; j++) panels[j] = 0;
      panels += PANEL;
    }
  }
}
