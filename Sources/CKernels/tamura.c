#include "include/tamura.h"

#include "angles.h"
#include "versions.h"

VERSIONED static void add_above(const int32_t *restrict above, int32_t width, int32_t *restrict sums) {
  for (int32_t x = 1; x <= width; x++) sums[x] += above[x];
}

void ckernels_integral(const uint8_t *plane, int32_t width, int32_t height, int32_t *sums) {
  int32_t stride = width + 1;
  for (int32_t x = 0; x < stride; x++) sums[x] = 0;
  for (int32_t y = 0; y < height; y++) {
    int32_t *row = sums + (y + 1) * stride, sum = 0;
    row[0] = 0;
    for (int32_t x = 0; x < width; x++) row[x + 1] = sum += plane[y * width + x];
    add_above(row - stride, width, row);
  }
}

// Windows of 2 h pixels a side whose centres lie h to the right and left, and h below and above, of the corner between
// the pixel and the one above left of it. Sums and their differences are below 2^24: exact in floats.
VERSIONED static void compare(
    const int32_t *restrict here, int32_t stride, int32_t h, int32_t count, float scale, float k, float *restrict best,
    float *restrict octave) {
  const int32_t *top = here - 2 * h * stride, *upper = here - h * stride, *lower = here + h * stride,
                *bottom = here + 2 * h * stride;
  for (int32_t x = 0; x < count; x++) {
    int32_t right = lower[x + 2 * h] - upper[x + 2 * h] - lower[x] + upper[x];
    int32_t left = lower[x] - upper[x] - lower[x - 2 * h] + upper[x - 2 * h];
    int32_t below = bottom[x + h] - bottom[x - h] - here[x + h] + here[x - h];
    int32_t above = here[x + h] - here[x - h] - top[x + h] + top[x - h];
    int32_t across = right - left, along = below - above;
    across = across < 0 ? -across : across;
    along = along < 0 ? -along : along;
    float difference = scale * (float)(across > along ? across : along);
    octave[x] = difference > best[x] ? k : octave[x];
    best[x] = difference > best[x] ? difference : best[x];
  }
}

void ckernels_coarseness(
    const int32_t *sums, int32_t width, int32_t height, int32_t octaves, int32_t step, float *room, uint32_t *counts) {
  int32_t stride = width + 1, margin = 1 << octaves, count = width - 2 * margin + 1;
  float *octave = room + width;
  for (int32_t k = 0; k < octaves; k++) counts[k] = 0;
  for (int32_t y = margin; y <= height - margin; y += step) {
    for (int32_t x = 0; x < count; x++) {
      room[x] = 0;
      octave[x] = 1;
    }
    for (int32_t k = 1; k <= octaves; k++) {
      int32_t h = 1 << (k - 1);
      compare(sums + y * stride + margin, stride, h, count, 1.0f / (float)(4 * h * h), (float)k, room, octave);
    }
    for (int32_t x = 0; x < count; x++) counts[(int32_t)octave[x] - 1]++;
  }
}

VERSIONED static void bin_row(
    const int16_t *restrict dx, const int16_t *restrict dy, int32_t width, int32_t threshold, int32_t bins,
    uint8_t *restrict out) {
  for (int32_t x = 0; x < width; x++) {
    int32_t gx = dx[x], gy = dy[x];
    int32_t strength = (gx < 0 ? -gx : gx) + (gy < 0 ? -gy : gy);
    float turns = turns_of((float)gy, (float)gx);
    turns = turns < 0 ? turns + 0.5f : turns;
    int32_t bin = (int32_t)(turns * 2 * (float)bins);
    // Half a turn is 0 again.
    bin = bin >= bins ? 0 : bin;
    out[x] = (uint8_t)(strength >= threshold ? bin : bins);
  }
}

void ckernels_strong_orientations(
    const int16_t *dx, const int16_t *dy, int32_t width, int32_t height, int32_t threshold, int32_t bins, uint8_t *room,
    uint32_t *counts) {
  for (int32_t b = 0; b <= bins; b++) counts[b] = 0;
  for (int32_t y = 0; y < height; y++) {
    bin_row(dx + y * width, dy + y * width, width, threshold, bins, room);
    for (int32_t x = 0; x < width; x++) counts[room[x]]++;
  }
  counts[bins] = (uint32_t)(width * height) - counts[bins];
}
