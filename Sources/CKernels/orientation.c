#include "include/orientation.h"

#include <string.h>

#include "versions.h"

enum { moments = 7 };

// Adds one row to the sums of the columns, plane by plane.
VERSIONED static void add_row(
    const int16_t *restrict dx, const int16_t *restrict dy, int32_t width, float *restrict sums) {
  float *restrict sum0 = sums, *restrict cos2 = sums + width, *restrict sin2 = sums + 2 * width,
                  *restrict cos4 = sums + 3 * width, *restrict sin4 = sums + 4 * width,
                  *restrict cos6 = sums + 5 * width, *restrict sin6 = sums + 6 * width;
  for (int32_t x = 0; x < width; x++) {
    float right = dx[x], down = dy[x];
    float square = right * right + down * down;
    // No gradient, no orientation: all products below are then 0.
    float inverse = 1.0f / (square > 0 ? square : 1.0f);
    float m = __builtin_elementwise_sqrt(square);
    float c = (right * right - down * down) * inverse;
    float s = 2 * right * down * inverse;
    float cc = c * c - s * s, ss = 2 * c * s;
    sum0[x] += m;
    cos2[x] += m * c;
    sin2[x] += m * s;
    cos4[x] += m * cc;
    sin4[x] += m * ss;
    cos6[x] += m * (cc * c - ss * s);
    sin6[x] += m * (ss * c + cc * s);
  }
}

void ckernels_orientation_cells(
    const int16_t *dx, const int16_t *dy, int32_t width, int32_t height, int32_t side, float *scratch, float *cells) {
  for (int32_t row = 0; row < side; row++) {
    int32_t top = (row * height + side - 1) / side, bottom = ((row + 1) * height + side - 1) / side;
    memset(scratch, 0, moments * (size_t)width * sizeof *scratch);
    for (int32_t y = top; y < bottom; y++) add_row(dx + y * width, dy + y * width, width, scratch);
    for (int32_t column = 0; column < side; column++) {
      int32_t left = (column * width + side - 1) / side, right = ((column + 1) * width + side - 1) / side;
      int32_t pixels = (bottom - top) * (right - left);
      float *cell = cells + moments * (row * side + column);
      for (int32_t k = 0; k < moments; k++) {
        float sum = 0;
        for (int32_t x = left; x < right; x++) sum += scratch[k * width + x];
        cell[k] = pixels > 0 ? sum / (4 * (float)pixels) : 0;
      }
    }
  }
}

VERSIONED static void add_bytes(const uint8_t *restrict row, int32_t width, uint16_t *restrict sums) {
  for (int32_t x = 0; x < width; x++) sums[x] = (uint16_t)(sums[x] + row[x]);
}

void ckernels_block_sums(
    const uint8_t *grey, int32_t width, int32_t height, int32_t step, uint16_t *scratch, int32_t *sums) {
  int32_t columns = width / step, rows = height / step;
  for (int32_t row = 0; row < rows; row++) {
    memset(scratch, 0, (size_t)width * sizeof *scratch);
    for (int32_t y = row * step; y < (row + 1) * step; y++) add_bytes(grey + y * width, width, scratch);
    for (int32_t column = 0; column < columns; column++) {
      int32_t sum = 0;
      for (int32_t x = column * step; x < (column + 1) * step; x++) sum += scratch[x];
      sums[row * columns + column] = sum;
    }
  }
}

VERSIONED static void add_tones(
    const uint8_t *restrict grey, const uint16_t *restrict magnitude, int32_t width, uint32_t *restrict tones,
    uint32_t *restrict energies) {
  for (int32_t x = 0; x < width; x++) tones[x] += grey[x];
  for (int32_t x = 0; x < width; x++) energies[x] += magnitude[x];
}

void ckernels_tones_and_energies(
    const uint8_t *grey, const uint16_t *magnitude, int32_t width, int32_t height, int32_t side, uint32_t *scratch,
    float *tones, float *energies) {
  for (int32_t row = 0; row < side; row++) {
    int32_t top = (row * height + side - 1) / side, bottom = ((row + 1) * height + side - 1) / side;
    memset(scratch, 0, 2 * (size_t)width * sizeof *scratch);
    for (int32_t y = top; y < bottom; y++)
      add_tones(grey + y * width, magnitude + y * width, width, scratch, scratch + width);
    for (int32_t column = 0; column < side; column++) {
      int32_t left = (column * width + side - 1) / side, right = ((column + 1) * width + side - 1) / side;
      int32_t pixels = (bottom - top) * (right - left);
      uint32_t tone = 0, energy = 0;
      for (int32_t x = left; x < right; x++) {
        tone += scratch[x];
        energy += scratch[width + x];
      }
      tones[row * side + column] = pixels > 0 ? (float)tone / (float)pixels : 0;
      energies[row * side + column] = pixels > 0 ? (float)energy / (float)pixels : 0;
    }
  }
}
