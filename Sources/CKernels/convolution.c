#include "include/convolution.h"

#include <stddef.h>
#include <string.h>

#include "versions.h"

// A convolution as a matrix product without the matrix (Dukhan 2019, "The indirect convolution algorithm",
// arXiv:1907.02129): a tile of positions x 16 filters is held in registers while all weights pass by. As positions of a
// kernel's row lie side by side in memory, a kernel of 3 x 3 is three runs of 3 x channels numbers.

#define GROUP CKERNELS_FILTER_GROUP
typedef float filters __attribute__((vector_size(4 * GROUP), aligned(4)));

#define NARROW 6
#define WIDE 12

static inline int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }

/// Where the window of each position of a tile begins in the input, and where its results go.
typedef struct {
  const float *window[WIDE];
  size_t target[WIDE];
  int32_t count;
} tile;

static inline __attribute__((always_inline)) tile tile_at(
    const ckernels_convolution *what, const float *input, int32_t first, int32_t positions) {
  const int32_t inset = what->kernel == 1 ? 1 : 0;
  const size_t pitch = (size_t)what->input_width + 2;
  tile t;
  t.count = smaller(positions, what->width * what->height - first);
  int32_t y = first / what->width, x = first % what->width;
  for (int32_t i = 0; i < positions; i++) {
    if (i < t.count) {
      size_t row = (size_t)(y * what->stride + inset), column = (size_t)(x * what->stride + inset);
      t.window[i] = input + (row * pitch + column) * (size_t)what->channels;
      t.target[i] = ((size_t)(y + 1) * ((size_t)what->width + 2) + (size_t)x + 1) * (size_t)what->filters;
      if (++x == what->width) {
        x = 0;
        y++;
      }
    } else {  // Computed once more, and dropped.
      t.window[i] = t.window[t.count - 1];
      t.target[i] = t.target[t.count - 1];
    }
  }
  return t;
}

static inline __attribute__((always_inline)) void finish(
    const ckernels_convolution *what, filters *sum, float *output, int32_t count) {
  if (what->adds) {
    filters there = {0};
    if (count == GROUP) there = *(const filters *)output;
    else memcpy(&there, output, (size_t)count * sizeof(float));
    *sum += there;
  }
  if (what->rectifies) *sum = __builtin_elementwise_max(*sum, (filters){0});
  if (count == GROUP) *(filters *)output = *sum;
  else memcpy(output, sum, (size_t)count * sizeof(float));
}

/// All positions of a tile and `groups` (1 or 2) groups of filters from `filter` on; the second group's weights lie after all of the first's.
static inline __attribute__((always_inline)) void convolve_tile(
    const ckernels_convolution *what, const tile *t, const float *weights, const float *bias, float *output, int32_t filter,
    const int32_t positions, const int32_t groups) {
  const int32_t run = what->kernel * what->channels;
  const size_t pitch = ((size_t)what->input_width + 2) * (size_t)what->channels;
  const size_t next = (size_t)what->kernel * (size_t)run * GROUP;
  filters sums[2][WIDE];
#pragma clang loop unroll(full)
  for (int32_t g = 0; g < groups; g++) {
#pragma clang loop unroll(full)
    for (int32_t i = 0; i < positions; i++) sums[g][i] = *(const filters *)(bias + filter + g * GROUP);
  }
  const float *weight = weights;
  for (int32_t row = 0; row < what->kernel; row++) {
    const float *at[WIDE];
#pragma clang loop unroll(full)
    for (int32_t i = 0; i < positions; i++) at[i] = t->window[i] + (size_t)row * pitch;
    for (int32_t k = 0; k < run; k++) {
      const filters w = *(const filters *)weight;
      const filters v = groups == 2 ? *(const filters *)(weight + next) : w;
      weight += GROUP;
#pragma clang loop unroll(full)
      for (int32_t i = 0; i < positions; i++) {
        const float value = at[i][k];
        sums[0][i] += value * w;
        if (groups == 2) sums[1][i] += value * v;
      }
    }
  }
#pragma clang loop unroll(full)
  for (int32_t g = 0; g < groups; g++) {
    const int32_t place = filter + g * GROUP, count = smaller(GROUP, what->filters - place);
#pragma clang loop unroll(full)
    for (int32_t i = 0; i < positions; i++) {
      if (i >= t->count) continue;
      filters sum = sums[g][i];  // A pointer into `sums` would put all of it into memory.
      finish(what, &sum, output + t->target[i] + place, count);
    }
  }
}

static inline __attribute__((always_inline)) void convolve(
    const ckernels_convolution *what, const float *input, const float *weights, const float *bias, float *output,
    const int32_t positions, const int32_t groups) {
  const size_t group = (size_t)(what->kernel * what->kernel) * (size_t)what->channels * GROUP;
  const int32_t all = what->width * what->height;
  for (int32_t first = 0; first < all; first += positions) {
    const tile t = tile_at(what, input, first, positions);
    const float *weight = weights;
    int32_t filter = 0;
    for (; groups == 2 && filter + GROUP < what->filters; filter += 2 * GROUP, weight += 2 * group)
      convolve_tile(what, &t, weight, bias, output, filter, positions, 2);
    for (; filter < what->filters; filter += GROUP, weight += group)
      convolve_tile(what, &t, weight, bias, output, filter, positions, 1);
  }
}

// 6 x 16 sums fill the registers of AVX2, 12 x 32 those of AVX-512.
VERSIONED static void convolve_narrow(
    const ckernels_convolution *what, const float *input, const float *weights, const float *bias, float *output) {
  convolve(what, input, weights, bias, output, NARROW, 1);
}

VERSIONED_512 static void convolve_wide(
    const ckernels_convolution *what, const float *input, const float *weights, const float *bias, float *output) {
  convolve(what, input, weights, bias, output, WIDE, 2);
}

int32_t ckernels_convolution_positions(void) {
#if defined(__x86_64__)
  // What x86-64-v4 stands for.
  return __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") ? WIDE : NARROW;
#else
  return NARROW;
#endif
}

void ckernels_convolve(
    const ckernels_convolution *what, const float *input, const float *weights, const float *bias, float *output,
    int32_t positions) {
  if (positions == WIDE) convolve_wide(what, input, weights, bias, output);
  else convolve_narrow(what, input, weights, bias, output);
}

VERSIONED void ckernels_add_moments(
    const float *row, int32_t width, int32_t channels, float *restrict sums, float *restrict squares) {
  for (int32_t x = 0; x < width; x++) {
    const float *values = row + (size_t)x * (size_t)channels;
    for (int32_t c = 0; c < channels; c++) {
      sums[c] += values[c];
      squares[c] += values[c] * values[c];
    }
  }
}
