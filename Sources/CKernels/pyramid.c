#include "include/pyramid.h"

#include "versions.h"

VERSIONED static void halve_row(
    const uint8_t *restrict above, const uint8_t *restrict below, int32_t columns, uint8_t *restrict half) {
  for (int32_t x = 0; x < columns; x++)
    half[x] = (uint8_t)((above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1] + 2) >> 2);
}

void ckernels_halve(const uint8_t *plane, int32_t width, int32_t height, uint8_t *half) {
  int32_t columns = width / 2, rows = height / 2;
  for (int32_t y = 0; y < rows; y++)
    halve_row(plane + 2 * y * width, plane + (2 * y + 1) * width, columns, half + y * columns);
}

VERSIONED void ckernels_opponents(
    const uint8_t *restrict rgb, int32_t count, uint8_t *restrict red_green, uint8_t *restrict yellow_blue) {
  for (int32_t i = 0; i < count; i++) {
    int16_t r = rgb[3 * i], g = rgb[3 * i + 1], b = rgb[3 * i + 2];
    red_green[i] = (uint8_t)((r - g + 256) >> 1);
    yellow_blue[i] = (uint8_t)((r + g - 2 * b + 510) >> 2);
  }
}

VERSIONED static void add_row(const float *restrict row, int32_t width, float *restrict sums) {
  for (int32_t x = 0; x < width; x++) sums[x] += row[x];
}

void ckernels_cell_means(
    const float *plane, int32_t width, int32_t height, int32_t columns, int32_t rows, float *sums, float *means) {
  for (int32_t r = 0; r < rows; r++) {
    int32_t top = r * height / rows, bottom = (r + 1) * height / rows;
    if (bottom <= top) bottom = top + 1;
    for (int32_t x = 0; x < width; x++) sums[x] = 0;
    for (int32_t y = top; y < bottom; y++) add_row(plane + y * width, width, sums);
    for (int32_t c = 0; c < columns; c++) {
      int32_t left = c * width / columns, right = (c + 1) * width / columns;
      if (right <= left) right = left + 1;
      float sum = 0;
      for (int32_t x = left; x < right; x++) sum += sums[x];
      means[r * columns + c] = sum / (float)((right - left) * (bottom - top));
    }
  }
}

VERSIONED static void moments(const float *restrict values, int32_t count, float *restrict result) {
#pragma clang fp reassociate(on)
  float sum = 0, squares = 0;
  for (int32_t i = 0; i < count; i++) {
    sum += values[i];
    squares += values[i] * values[i];
  }
  result[0] = sum;
  result[1] = squares;
}

void ckernels_moments(const float *values, int32_t count, double *sum, double *squares) {
  *sum = 0;
  *squares = 0;
  // Stretches short enough for single precision, added up in double.
  for (int32_t i = 0; i < count; i += 1024) {
    float part[2];
    moments(values + i, count - i < 1024 ? count - i : 1024, part);
    *sum += part[0];
    *squares += part[1];
  }
}
