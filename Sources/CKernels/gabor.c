#include "include/gabor.h"

#include <stddef.h>
#include <string.h>

#include "versions.h"

// Pixels taken at once; the compiler splits it into what the CPU has.
enum { LANES = 16, MARGIN = 16, USUAL = 7 };
typedef float lanes __attribute__((vector_size(4 * LANES)));

// Vectors go in and out through memory: passing them by value depends on the CPU that a caller is compiled for.
static inline __attribute__((always_inline)) void load(const float *p, lanes *v) { memcpy(v, p, sizeof *v); }

static int32_t padded(int32_t n) { return (n + LANES - 1) / LANES * LANES; }

// The picture in floats; 2 x (orientations / 2 + 1) rows of what the vertical parts answer, and the same by even and
// odd columns.
int32_t ckernels_gabor_room(int32_t width, int32_t height) {
  int32_t frequencies = CKERNELS_GABOR_ORIENTATIONS / 2 + 1;
  return padded(width) * height + LANES + 4 * frequencies * (padded(width) + 2 * MARGIN + LANES);
}

static int32_t mirrored(int32_t i, int32_t n) {
  if (n == 1) return 0;
  int32_t period = 2 * (n - 1);
  i = i < 0 ? -i % period : i % period;
  return i < n ? i : period - i;
}

VERSIONED static void centre(const uint8_t *restrict row, int32_t width, float level, float *restrict out) {
  for (int32_t x = 0; x < width; x++) out[x] = (float)row[x] - level;
}

// A tap and its mirror image share a multiplication: cosines are even, sines odd.
static inline __attribute__((always_inline)) void vertical_of(
    const float *const *rows, const int32_t radius, int32_t width, const float *cosines, const float *sines,
    int32_t frequencies, float *out, int32_t stride) {
  for (int32_t x = 0; x < width; x += LANES) {
    lanes sums[CKERNELS_GABOR_RADIUS + 1], differences[CKERNELS_GABOR_RADIUS + 1];
    for (int32_t k = 1; k <= radius; k++) {
      lanes above, below;
      load(rows[radius - k] + x, &above);
      load(rows[radius + k] + x, &below);
      sums[k] = below + above;
      differences[k] = below - above;
    }
    lanes middle;
    load(rows[radius] + x, &middle);
    for (int32_t f = 0; f < frequencies; f++) {
      const float *a = cosines + f * (radius + 1), *b = sines + f * (radius + 1);
      lanes c = a[0] * middle, s = {0};
      for (int32_t k = 1; k <= radius; k++) c += a[k] * sums[k];
      memcpy(out + 2 * f * stride + x, &c, sizeof c);
      if (f == 0) continue;
      for (int32_t k = 1; k <= radius; k++) s += b[k] * differences[k];
      memcpy(out + (2 * f + 1) * stride + x, &s, sizeof s);
    }
  }
}

// With the usual radius known to the compiler, the loops over the taps are unrolled.
VERSIONED static void vertical(
    const float *const *rows, int32_t radius, int32_t width, const float *cosines, const float *sines,
    int32_t frequencies, float *out, int32_t stride) {
  if (radius == USUAL)
    vertical_of(rows, USUAL, width, cosines, sines, frequencies, out, stride);
  else
    vertical_of(rows, radius, width, cosines, sines, frequencies, out, stride);
}

VERSIONED static void part_columns(const float *restrict row, int32_t count, float *restrict even, float *restrict odd) {
  for (int32_t i = 0; i < count; i++) {
    even[i] = row[2 * i];
    odd[i] = row[2 * i + 1];
  }
}

// What lies k columns to the right of column x * step: even columns, then odd ones; or all columns.
static inline __attribute__((always_inline)) const float *tap(
    const float *even, const float *odd, int32_t step, int32_t k) {
  if (step == 1) return even + k;
  return k & 1 ? odd + (k - 1) / 2 : even + k / 2;
}

static inline __attribute__((always_inline)) void root(const lanes *squares, float *out, int32_t count) {
  lanes values = __builtin_elementwise_sqrt(*squares);
  memcpy(out, &values, sizeof *out * (size_t)(count < LANES ? count : LANES));
}

// A row's responses: `even` and `odd` columns, or all in `even` (step 1).
typedef struct {
  const float *even, *odd;
} parted;

// sums += taps x (right + left), differences += taps x (right - left).
static inline __attribute__((always_inline)) void fold(
    const parted *row, int32_t x, const int32_t step, int32_t k, const lanes *cosine, const lanes *sine, lanes *sums,
    lanes *differences) {
  lanes right, left;
  load(tap(row->even, row->odd, step, k) + x, &right);
  load(tap(row->even, row->odd, step, -k) + x, &left);
  *sums += *cosine * (right + left);
  if (differences) *differences += *sine * (right - left);
}

// A null `s` stands for a row of zeros, null `sines` for zeros: the filters along the axes.
static inline __attribute__((always_inline)) void horizontal_of(
    const parted *c, const parted *s, const int32_t step, const int32_t radius, const float *cosines,
    const float *sines, int32_t columns, float *falling, float *rising) {
  for (int32_t x = 0; x < columns; x += LANES) {
    lanes cc, cs = {0}, sc = {0}, ss = {0}, middle;
    load(c->even + x, &middle);
    cc = cosines[0] * middle;
    if (s) {
      load(s->even + x, &middle);
      sc = cosines[0] * middle;
    }
    for (int32_t k = 1; k <= radius; k++) {
      lanes cosine = cosines[k] - (lanes){0}, sine = {0};
      if (sines) sine = sines[k] - (lanes){0};
      fold(c, x, step, k, &cosine, &sine, &cc, sines ? &cs : NULL);
      if (s) fold(s, x, step, k, &cosine, &sine, &sc, sines ? &ss : NULL);
    }
    lanes re = cc - ss, im = cs + sc, squares = re * re + im * im;
    root(&squares, falling + x, columns - x);
    if (!rising) continue;
    re = cc + ss, im = cs - sc, squares = re * re + im * im;
    root(&squares, rising + x, columns - x);
  }
}

static inline __attribute__((always_inline)) void horizontal_by(
    const parted *c, const parted *s, const int32_t step, const int32_t radius, const float *cosines,
    const float *sines, int32_t columns, float *falling, float *rising) {
  if (!s)
    horizontal_of(c, NULL, step, radius, cosines, sines, columns, falling, NULL);
  else if (!sines)
    horizontal_of(c, s, step, radius, cosines, NULL, columns, falling, NULL);
  else
    horizontal_of(c, s, step, radius, cosines, sines, columns, falling, rising);
}

VERSIONED static void horizontal(
    const parted *c, const parted *s, int32_t step, int32_t radius, const float *cosines, const float *sines,
    int32_t columns, float *falling, float *rising) {
  if (radius == USUAL && step == 2)
    horizontal_by(c, s, 2, USUAL, cosines, sines, columns, falling, rising);
  else if (radius == USUAL)
    horizontal_by(c, s, 1, USUAL, cosines, sines, columns, falling, rising);
  else
    horizontal_by(c, s, step, radius, cosines, sines, columns, falling, rising);
}

void ckernels_gabor(
    const uint8_t *plane, int32_t width, int32_t height, float level, int32_t step, int32_t radius, int32_t orientations,
    const float *cosines, const float *sines, float *room, float *magnitudes) {
  int32_t stride = padded(width), half = orientations / 2;
  int32_t columns = (width + step - 1) / step, rows = (height + step - 1) / step;
  int32_t wide = stride + 2 * MARGIN + LANES;
  float *responses = room + stride * height + LANES;
  float *columns_parted = responses + 2 * (half + 1) * wide;
  // What vectors read beyond a row is never used, but should be numbers.
  memset(responses, 0, sizeof *room * (size_t)(4 * (half + 1) * wide));
  for (int32_t y = 0; y < height; y++) centre(plane + y * width, width, level, room + y * stride);
  for (int32_t r = 0; r < rows; r++) {
    const float *window[2 * CKERNELS_GABOR_RADIUS + 1];
    for (int32_t k = -radius; k <= radius; k++) window[k + radius] = room + mirrored(step * r + k, height) * stride;
    vertical(window, radius, width, cosines, sines, half + 1, responses + MARGIN, wide);
    for (int32_t f = 0; f <= half; f++) {
      parted starts[2];
      for (int32_t part = 0; part < 2; part++) {
        float *row = responses + (2 * f + part) * wide + MARGIN;
        for (int32_t k = 1; k <= radius; k++) {
          row[-k] = row[mirrored(-k, width)];
          row[width - 1 + k] = row[mirrored(width - 1 + k, width)];
        }
        starts[part] = (parted){row, row};
        if (step == 2) {
          float *even = columns_parted + (2 * f + part) * wide, *odd = even + wide / 2;
          part_columns(row - MARGIN, wide / 2, even, odd);
          starts[part] = (parted){even + MARGIN / 2, odd + MARGIN / 2};
        }
      }
      float *falling = magnitudes + (f * rows + r) * columns;
      float *rising = f == 0 || f == half ? NULL : magnitudes + ((orientations - f) * rows + r) * columns;
      const float *taps = cosines + (half - f) * (radius + 1), *odd_taps = sines + (half - f) * (radius + 1);
      horizontal(
          starts, f == 0 ? NULL : starts + 1, step, radius, taps, f == half ? NULL : odd_taps, columns, falling, rising);
    }
  }
}
