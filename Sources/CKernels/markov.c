#include "include/markov.h"

#include "versions.h"

enum { PAIRS = CKERNELS_MARKOV_PAIRS, VARIABLES = CKERNELS_MARKOV_VARIABLES };

static const int8_t offsets[PAIRS][2] = {{1, 0}, {0, 1}, {1, 1}, {-1, 1}, {2, 0},
                                         {0, 2}, {2, 1}, {1, 2}, {-2, 1}, {-1, 2}};

VERSIONED static void sum_pair(
    const uint8_t *restrict one, const uint8_t *restrict other, int32_t count, int16_t level, int16_t *restrict out) {
  for (int32_t x = 0; x < count; x++) out[x] = (int16_t)(one[x] + other[x] - 2 * level);
}

VERSIONED static void centre(const uint8_t *restrict here, int32_t count, int16_t level, int16_t *restrict out) {
  for (int32_t x = 0; x < count; x++) out[x] = (int16_t)(here[x] - level);
}

// A row of up to 4,096 products of numbers in -510 ... 510 fits in 32 bits. Four at a time, so that the one row they share
// is read once; the last four of a row of the matrix may go beyond the diagonal, where nobody looks.
VERSIONED static void add_products(const int16_t *restrict rows, int32_t count, int64_t *restrict products) {
  for (int32_t i = 0; i < VARIABLES; i++) {
    const int16_t *restrict a = rows + i * count;
    for (int32_t j = 0; j <= i; j += 4) {
      const int16_t *restrict b = rows + j * count, *restrict c = b + count, *restrict d = c + count,
                    *restrict e = d + count;
      int32_t sums[4] = {0, 0, 0, 0};
      for (int32_t x = 0; x < count; x++) {
        sums[0] += a[x] * b[x];
        sums[1] += a[x] * c[x];
        sums[2] += a[x] * d[x];
        sums[3] += a[x] * e[x];
      }
      for (int32_t k = 0; k < 4; k++) products[i * VARIABLES + j + k] += sums[k];
    }
  }
}

void ckernels_markov_products(
    const uint8_t *plane, int32_t width, int32_t height, int32_t level, int32_t step, int16_t *room, int64_t *products) {
  int32_t count = width - 4;
  for (int32_t i = 0; i < VARIABLES * VARIABLES; i++) products[i] = 0;
  for (int32_t x = 0; x < count; x++) room[(VARIABLES - 1) * count + x] = 1;
  for (int32_t y = 2; y < height - 2; y += step) {
    const uint8_t *here = plane + y * width + 2;
    for (int32_t p = 0; p < PAIRS; p++) {
      int32_t offset = offsets[p][1] * width + offsets[p][0];
      sum_pair(here + offset, here - offset, count, (int16_t)level, room + p * count);
    }
    centre(here, count, (int16_t)level, room + PAIRS * count);
    add_products(room, count, products);
  }
}
