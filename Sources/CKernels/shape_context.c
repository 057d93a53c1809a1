#include "include/shape_context.h"

#include <string.h>

#include "versions.h"

enum { rings = 5, sectors = 12, bins = rings * sectors, most_points = 512, most_words = 256 };

// The bin of every point about one of them; `bins` where it has none.
VERSIONED static void place(
    const float *restrict x, const float *restrict y, int32_t count, float x0, float y0, const float *restrict radii,
    int32_t *restrict bin) {
  const float tangent_30 = 0.57735027f, tangent_60 = 1.7320508f;
  float r0 = radii[0], r1 = radii[1], r2 = radii[2], r3 = radii[3], r4 = radii[4];
  for (int32_t j = 0; j < count; j++) {
    float right = x[j] - x0, down = y[j] - y0;
    float square = right * right + down * down;
    int32_t ring = (square > r0) + (square > r1) + (square > r2) + (square > r3);
    // Quadrants half open, each turned onto the first.
    int32_t second = -((right <= 0) & (down > 0)), third = -((right < 0) & (down <= 0)),
            fourth = -((right >= 0) & (down < 0));
    float across = right < 0 ? -right : right, along = down < 0 ? -down : down;
    int32_t is_odd = second | fourth;
    float a = is_odd ? along : across, b = is_odd ? across : along;
    int32_t sector = (second & 3) + (third & 6) + (fourth & 9) + (b >= a * tangent_30) + (b >= a * tangent_60);
    int32_t out = -((square > r4) | (square == 0));
    bin[j] = (out & bins) | (~out & (ring * sectors + sector));
  }
}

void ckernels_shape_contexts(
    const float *x, const float *y, int32_t count, const float *radii, float *histograms) {
  int32_t bin[most_points];
  int32_t counts[bins + 1];
  for (int32_t i = 0; i < count; i++) {
    place(x, y, count, x[i], y[i], radii, bin);
    memset(counts, 0, sizeof counts);
    for (int32_t j = 0; j < count; j++) counts[bin[j]]++;
    for (int32_t k = 0; k < bins; k++) histograms[i * bins + k] = (float)counts[k];
  }
}

VERSIONED static void products(
    const float *restrict vector, const float *restrict transposed, int32_t words, int32_t dimension,
    float *restrict sums) {
  for (int32_t w = 0; w < words; w++) sums[w] = 0;
  for (int32_t k = 0; k < dimension; k++) {
    float value = vector[k];
    const float *restrict row = transposed + k * words;
    if (value == 0) continue;
    for (int32_t w = 0; w < words; w++) sums[w] += value * row[w];
  }
}

void ckernels_nearest_words(
    const float *vectors, int32_t count, const float *transposed, int32_t words, int32_t dimension, int32_t *nearest) {
  float sums[most_words];
  for (int32_t i = 0; i < count; i++) {
    products(vectors + i * dimension, transposed, words, dimension, sums);
    int32_t best = 0;
    for (int32_t w = 1; w < words; w++)
      if (sums[w] > sums[best]) best = w;
    nearest[i] = best;
  }
}
