#include "include/descent.h"

#include <math.h>
#include <string.h>

#include "small_vectors.h"
#include "versions.h"

// Draws of a work that lies on the right side, before a sample is given up.
#define ATTEMPTS 16

// MurmurHash3's finaliser.
static inline uint32_t mix32(uint32_t h) {
  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  return h ^ (h >> 16);
}

static inline int32_t below(uint32_t draw, int32_t count) {
  return (int32_t)(((uint64_t)draw * (uint32_t)count) >> 32);
}

static inline int contains(const int32_t *sorted, int32_t count, int32_t wanted) {
  while (count > 1) {
    const int32_t half = count >> 1;
    sorted = sorted[half] <= wanted ? sorted + half : sorted;
    count -= half;
  }
  return count == 1 && *sorted == wanted;
}

VERSIONED void ckernels_pairwise_side(
    const ckernels_pairwise *what, const int32_t *offsets, const int32_t *works, const int32_t *people, int32_t entries,
    int32_t first, int32_t last, int32_t side, float *person_factors, float *work_factors, float *biases) {
#pragma clang fp contract(fast)
  const int32_t n = what->factors;
  const float rate = what->rate, keeps = 1 - what->rate * what->regularisation;
  const uint64_t key = mix64(what->seed + GOLDEN_RATIO_64 * (what->epoch + 1ull));
  const uint32_t sides = (uint32_t)(key >> 32);
  uint64_t state = mix64(key ^ (2 * (uint64_t)(uint32_t)first + (uint32_t)side));
  for (int32_t draw = first; draw < last; draw++) {
    state += GOLDEN_RATIO_64;
    const uint64_t drawn = mix64(state);
    const int32_t entry = first + below((uint32_t)(drawn >> 32), last - first), liked = works[entry];
    if ((int32_t)(mix32((uint32_t)liked ^ sides) >> 31) != side) continue;
    uint32_t next = (uint32_t)drawn;
    int32_t other = -1;
    for (int32_t attempt = 0; attempt < ATTEMPTS; attempt++) {
      const int32_t work = what->evenly ? below(next, what->evenly) : works[below(next, entries)];
      if ((int32_t)(mix32((uint32_t)work ^ sides) >> 31) == side) {
        other = work;
        break;
      }
      next = mix32(next + 0x9e3779b9u);
    }
    const int32_t person = people[entry];
    if (other < 0 || contains(works + offsets[person], offsets[person + 1] - offsets[person], other)) continue;

    float *restrict u = person_factors + (int64_t)n * person;
    float *restrict a = work_factors + (int64_t)n * liked, *restrict b = work_factors + (int64_t)n * other;
    const float ahead = inner(u, a, n) - inner(u, b, n) + biases[liked] - biases[other];
    const float step = rate / (1 + expf(ahead));
    for (int32_t j = 0; j < n; j++) {
      const float before = u[j], difference = a[j] - b[j];
      u[j] = keeps * before + step * difference;
      a[j] = keeps * a[j] + step * before;
      b[j] = keeps * b[j] - step * before;
    }
    biases[liked] = keeps * biases[liked] + step;
    biases[other] = keeps * biases[other] - step;
  }
}

VERSIONED void ckernels_pairwise_person(
    const ckernels_pairwise *what, const int32_t *liked, int32_t count, const int32_t *others, int32_t other_count,
    int32_t draws, const float *work_factors, const float *biases, float *x, float *parts) {
#pragma clang fp contract(fast)
  const int32_t n = what->factors;
  const float rate = what->rate, keeps = 1 - what->rate * what->regularisation;
  memset(x, 0, (size_t)n * sizeof(float));
  if (parts) memset(parts, 0, (size_t)count * (size_t)n * sizeof(float));
  // Of a part, what has been kept since is multiplied in at the end.
  float kept = 1;
  uint64_t state = mix64(what->seed);
  int32_t turn = 0;
  for (int32_t draw = 0; draw < draws; draw++) {
    state += GOLDEN_RATIO_64;
    const int32_t own = turn, other = others[below((uint32_t)(mix64(state) >> 32), other_count)];
    turn = turn + 1 == count ? 0 : turn + 1;
    const float *restrict a = work_factors + (int64_t)n * liked[own], *restrict b = work_factors + (int64_t)n * other;
    const float ahead = inner(x, a, n) - inner(x, b, n) + biases[liked[own]] - biases[other];
    const float step = rate / (1 + expf(ahead));
    for (int32_t j = 0; j < n; j++) x[j] = keeps * x[j] + step * (a[j] - b[j]);
    if (!parts) continue;
    kept *= keeps;
    float *restrict part = parts + (int64_t)n * own;
    const float share = step / kept;
    for (int32_t j = 0; j < n; j++) part[j] += share * (a[j] - b[j]);
  }
  if (!parts) return;
  for (int64_t j = 0; j < (int64_t)count * n; j++) parts[j] *= kept;
}

VERSIONED void ckernels_rating_epoch(
    const ckernels_rating_descent *what, const int32_t *order, int32_t people, const int32_t *offsets,
    const int32_t *works, const float *ratings, float *person_biases, float *work_biases, float *person_factors,
    float *work_factors) {
#pragma clang fp contract(fast)
  const int32_t n = what->factors;
  const float rate = what->rate, keeps = 1 - what->rate * what->regularisation;
  for (int32_t i = 0; i < people; i++) {
    const int32_t person = order[i];
    float *restrict p = person_factors + (int64_t)n * person;
    float bias = person_biases[person];
    for (int32_t e = offsets[person]; e < offsets[person + 1]; e++) {
      const int32_t work = works[e];
      float *restrict q = work_factors + (int64_t)n * work;
      const float error = ratings[e] - (what->mean + bias + work_biases[work] + inner(p, q, n));
      const float step = rate * error;
      bias = keeps * bias + step;
      work_biases[work] = keeps * work_biases[work] + step;
      for (int32_t j = 0; j < n; j++) {
        const float before = p[j];
        p[j] = keeps * before + step * q[j];
        q[j] = keeps * q[j] + step * before;
      }
    }
    person_biases[person] = bias;
  }
}
