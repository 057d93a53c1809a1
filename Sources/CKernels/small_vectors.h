#ifndef MORELLI_SMALL_VECTORS_H
#define MORELLI_SMALL_VECTORS_H

#include <stdint.h>

// Parts of kernels over vectors of some ten to some hundred numbers, compiled into each version of the kernel.

static inline __attribute__((always_inline)) float inner(const float *a, const float *b, int32_t n) {
#pragma clang fp reassociate(on) contract(fast)
  float sum = 0;
  for (int32_t j = 0; j < n; j++) sum += a[j] * b[j];
  return sum;
}

static inline __attribute__((always_inline)) void add_scaled(
    const float *restrict a, float factor, float *restrict to, int32_t n) {
#pragma clang fp contract(fast)
  for (int32_t j = 0; j < n; j++) to[j] += factor * a[j];
}

// SplitMix64's finaliser.
static inline uint64_t mix64(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

#define GOLDEN_RATIO_64 0x9e3779b97f4a7c15u

#endif
