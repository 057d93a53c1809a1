#include "include/lbp.h"

#include <string.h>

#include "versions.h"

// Pixels taken at once, in 16 bits: 256 x 255 fits.
enum { LANES = 16 };
typedef uint8_t bytes __attribute__((vector_size(LANES)));
typedef uint16_t words __attribute__((vector_size(2 * LANES)));

// Vectors go in and out through memory: passing them by value depends on the CPU that a caller is compiled for.
static inline __attribute__((always_inline)) void load(const uint8_t *p, words *v) {
  bytes b;
  memcpy(&b, p, sizeof b);
  *v = __builtin_convertvector(b, words);
}

// All ones where the neighbour is not darker than the pixel.
static inline __attribute__((always_inline)) void compare(
    const uint8_t *here, int32_t width, const ckernels_lbp_sample *sample, const words *centre, words *mask) {
  const uint8_t *at = here + sample->dy * width + sample->dx;
  words a, b, c, d;
  load(at, &a);
  if (sample->weights[0] == 256) {
    *mask = (words)((a << 8) >= *centre);
    return;
  }
  load(at + 1, &b);
  load(at + width, &c);
  load(at + width + 1, &d);
  words value = a * sample->weights[0] + b * sample->weights[1] + c * sample->weights[2] + d * sample->weights[3];
  *mask = (words)(value >= *centre);
}

// One pixel's, as 0 or 1.
static int32_t not_darker(const uint8_t *here, int32_t width, const ckernels_lbp_sample *sample) {
  const uint8_t *at = here + sample->dy * width + sample->dx;
  const uint16_t *w = sample->weights;
  // A weight of 0 may stand for a pixel beyond the picture.
  if (w[0] == 256) return at[0] >= here[0];
  return w[0] * at[0] + w[1] * at[1] + w[2] * at[width] + w[3] * at[width + 1] >= here[0] << 8;
}

static inline __attribute__((always_inline)) void code(
    const uint8_t *here, int32_t width, const ckernels_lbp_sample *samples, const int32_t count, uint16_t *codes) {
  words centre, mask, sum = {0};
  load(here, &centre);
  centre <<= 8;
  for (int32_t p = 0; p < count; p++) {
    compare(here, width, samples + p, &centre, &mask);
    sum |= mask & (uint16_t)(1u << p);
  }
  memcpy(codes, &sum, sizeof sum);
}

// The last pixels of a row are taken together with some before them; rows too short for that, one by one.
VERSIONED static void code_row(
    const uint8_t *here, int32_t width, int32_t columns, const ckernels_lbp_sample *samples, int32_t count,
    uint16_t *codes) {
  for (int32_t x = 0; columns < LANES && x < columns; x++) {
    codes[x] = 0;
    for (int32_t p = 0; p < count; p++)
      codes[x] = (uint16_t)(codes[x] | (not_darker(here + x, width, samples + p) << p));
  }
  for (int32_t x = 0; columns >= LANES && x < columns; x += LANES) {
    int32_t from = x + LANES <= columns ? x : columns - LANES;
    if (count == 8)
      code(here + from, width, samples, 8, codes + from);
    else
      code(here + from, width, samples, count, codes + from);
  }
}

void ckernels_lbp_codes(
    const uint8_t *plane, int32_t width, int32_t height, const ckernels_lbp_sample *samples, int32_t count, int32_t margin,
    int32_t step, uint16_t *codes) {
  int32_t columns = width - 2 * margin;
  for (int32_t y = margin; y < height - margin; y += step, codes += columns)
    code_row(plane + y * width + margin, width, columns, samples, count, codes);
}

static inline __attribute__((always_inline)) void uniform(
    const uint8_t *here, int32_t width, const ckernels_lbp_sample *samples, const int32_t count, uint8_t *bins) {
  words centre, first, last, mask;
  load(here, &centre);
  centre <<= 8;
  compare(here, width, samples, &centre, &first);
  // A mask is -1.
  words ones = -first, changes = {0};
  last = first;
  for (int32_t p = 1; p < count; p++) {
    compare(here, width, samples + p, &centre, &mask);
    ones -= mask;
    changes -= mask ^ last;
    last = mask;
  }
  changes -= first ^ last;
  words few = (words)(changes <= 2);
  words bin = (few & ones) | (~few & (uint16_t)(count + 1));
  bytes b = __builtin_convertvector(bin, bytes);
  memcpy(bins, &b, sizeof b);
}

VERSIONED static void uniform_row(
    const uint8_t *here, int32_t width, int32_t columns, const ckernels_lbp_sample *samples, int32_t count,
    uint8_t *bins) {
  for (int32_t x = 0; columns < LANES && x < columns; x++) {
    int32_t first = not_darker(here + x, width, samples), last = first, ones = first, changes = 0;
    for (int32_t p = 1; p < count; p++) {
      int32_t bit = not_darker(here + x, width, samples + p);
      ones += bit;
      changes += bit != last;
      last = bit;
    }
    changes += first != last;
    bins[x] = (uint8_t)(changes <= 2 ? ones : count + 1);
  }
  for (int32_t x = 0; columns >= LANES && x < columns; x += LANES) {
    int32_t from = x + LANES <= columns ? x : columns - LANES;
    uniform(here + from, width, samples, count, bins + from);
  }
}

void ckernels_lbp_uniform(
    const uint8_t *plane, int32_t width, int32_t height, const ckernels_lbp_sample *samples, int32_t count, int32_t margin,
    int32_t step, uint8_t *bins) {
  int32_t columns = width - 2 * margin;
  for (int32_t y = margin; y < height - margin; y += step, bins += columns)
    uniform_row(plane + y * width + margin, width, columns, samples, count, bins);
}

// Four tables in turn: an increment then need not wait for the one before it, when both are of one bin.
void ckernels_count_codes(const uint16_t *codes, int32_t count, const uint8_t *bins, uint32_t *counts) {
  uint32_t tables[4][256];
  memset(tables, 0, sizeof tables);
  int32_t i = 0;
  for (; i + 4 <= count; i += 4) {
    tables[0][bins[codes[i]]]++;
    tables[1][bins[codes[i + 1]]]++;
    tables[2][bins[codes[i + 2]]]++;
    tables[3][bins[codes[i + 3]]]++;
  }
  for (; i < count; i++) tables[0][bins[codes[i]]]++;
  for (int32_t b = 0; b < 256; b++) counts[b] = tables[0][b] + tables[1][b] + tables[2][b] + tables[3][b];
}

void ckernels_count_bytes(const uint8_t *values, int32_t count, uint32_t *counts) {
  uint32_t tables[4][256];
  memset(tables, 0, sizeof tables);
  int32_t i = 0;
  for (; i + 4 <= count; i += 4) {
    tables[0][values[i]]++;
    tables[1][values[i + 1]]++;
    tables[2][values[i + 2]]++;
    tables[3][values[i + 3]]++;
  }
  for (; i < count; i++) tables[0][values[i]]++;
  for (int32_t b = 0; b < 256; b++) counts[b] = tables[0][b] + tables[1][b] + tables[2][b] + tables[3][b];
}
