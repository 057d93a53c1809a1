#include "include/neighbours.h"

#include <math.h>
#include <string.h>

#include "versions.h"

static inline float likeness(const ckernels_similarity *what, const ckernels_common_moments *m) {
  if (m->common < what->least) return 0;
  const double n = m->common, x = m->x, y = m->y, xx = m->xx, yy = m->yy, xy = m->xy;
  double similarity = 0;
  switch (what->likeness) {
    case CKERNELS_COSINE: {
      const double size = xx * yy;
      similarity = size > 0 ? xy / sqrt(size) : 0;
      break;
    }
    case CKERNELS_PEARSON: {
      const double size = (n * xx - x * x) * (n * yy - y * y);
      similarity = size > 1e-12 ? (n * xy - x * y) / sqrt(size) : 0;
      break;
    }
    default: {
      const double difference = (xx - 2 * xy + yy) / n;
      similarity = 1 / (1 + (difference > 0 ? difference : 0));
    }
  }
  if (what->shrinkage > 0) similarity *= (n - 1) / (n - 1 + what->shrinkage);
  return (float)similarity;
}

int32_t ckernels_similar_rows(
    const ckernels_similarity *what, const int32_t *keys, const float *numbers, int32_t count, const int32_t *offsets,
    const int32_t *rows, const float *values, int32_t stamp, ckernels_common_moments *restrict cells,
    int32_t *restrict others, float *restrict similarities) {
  int32_t found = 0;
  for (int32_t k = 0; k < count; k++) {
    const float x = numbers[k], xx = x * x;
    for (int32_t e = offsets[keys[k]]; e < offsets[keys[k] + 1]; e++) {
      const int32_t row = rows[e];
      const float y = values[e];
      ckernels_common_moments *cell = cells + row;
      if (cell->stamp != stamp) {
        others[found++] = row;
        *cell = (ckernels_common_moments){stamp, 1, x, y, xx, y * y, x * y};
        continue;
      }
      cell->common++;
      cell->x += x;
      cell->y += y;
      cell->xx += xx;
      cell->yy += y * y;
      cell->xy += x * y;
    }
  }
  for (int32_t i = 0; i < found; i++) similarities[i] = likeness(what, cells + others[i]);
  return found;
}

int32_t ckernels_row_inner_products(
    const int32_t *keys, const float *numbers, int32_t count, const int32_t *offsets, const int32_t *rows,
    const float *values, int32_t stamp, ckernels_product_cell *restrict cells, int32_t *restrict others,
    float *restrict products) {
  int32_t found = 0;
  for (int32_t k = 0; k < count; k++) {
    const float x = numbers[k];
    for (int32_t e = offsets[keys[k]]; e < offsets[keys[k] + 1]; e++) {
      const int32_t row = rows[e];
      ckernels_product_cell *cell = cells + row;
      const float product = x * values[e];
      if (cell->stamp == stamp) {
        cell->sum += product;
      } else {
        *cell = (ckernels_product_cell){stamp, product};
        others[found++] = row;
      }
    }
  }
  for (int32_t i = 0; i < found; i++) products[i] = cells[others[i]].sum;
  return found;
}

void ckernels_row_all_products(
    const int32_t *keys, const float *numbers, int32_t count, const int32_t *offsets, const int32_t *rows,
    const float *values, int32_t width, float *restrict out) {
  memset(out, 0, (size_t)width * sizeof(float));
  for (int32_t k = 0; k < count; k++) {
    const float x = numbers[k];
    for (int32_t e = offsets[keys[k]]; e < offsets[keys[k] + 1]; e++) {
      if (rows[e] >= width) break;
      out[rows[e]] += x * values[e];
    }
  }
}

// Whether a comes after b: a smaller value, or an equal one of a larger number.
static inline int after(int32_t number_a, float a, int32_t number_b, float b) {
  return a < b || (a == b && number_a > number_b);
}

// Lets the value at `at` sink in a heap whose root comes last of all.
static inline void sink(int32_t *numbers, float *values, int32_t at, int32_t count) {
  const int32_t number = numbers[at];
  const float value = values[at];
  for (int32_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
    if (child + 1 < count && after(numbers[child + 1], values[child + 1], numbers[child], values[child])) child++;
    if (!after(numbers[child], values[child], number, value)) break;
    numbers[at] = numbers[child];
    values[at] = values[child];
    at = child;
  }
  numbers[at] = number;
  values[at] = value;
}

int32_t ckernels_keep_largest(int32_t *numbers, float *values, int32_t count, int32_t without, int32_t kept) {
  if (kept <= 0) return 0;
  int32_t size = 0;
  for (int32_t i = 0; i < count; i++) {
    const int32_t number = numbers[i];
    const float value = values[i];
    if (!(value > 0) || number == without) continue;
    if (size < kept) {
      numbers[size] = number;
      values[size] = value;
      size++;
      if (size == kept)
        for (int32_t at = size / 2 - 1; at >= 0; at--) sink(numbers, values, at, size);
    } else if (after(numbers[0], values[0], number, value)) {
      numbers[0] = number;
      values[0] = value;
      sink(numbers, values, 0, size);
    }
  }
  if (size < kept)
    for (int32_t at = size / 2 - 1; at >= 0; at--) sink(numbers, values, at, size);
  // The last of all goes to the end, and so on.
  for (int32_t end = size - 1; end > 0; end--) {
    const int32_t number = numbers[0];
    const float value = values[0];
    numbers[0] = numbers[end];
    values[0] = values[end];
    numbers[end] = number;
    values[end] = value;
    sink(numbers, values, 0, end);
  }
  return size;
}

static inline void swap(int32_t *numbers, float *values, int32_t i, int32_t j) {
  const int32_t number = numbers[i];
  const float value = values[i];
  numbers[i] = numbers[j];
  values[i] = values[j];
  numbers[j] = number;
  values[j] = value;
}

int32_t ckernels_part_largest(int32_t *numbers, float *values, int32_t count, int32_t kept) {
  if (kept >= count) return count;
  // Hoare's quickselect (1961).
  int32_t first = 0, last = count - 1;
  while (first < last) {
    const int32_t middle = first + (last - first) / 2;
    if (after(numbers[first], values[first], numbers[middle], values[middle])) swap(numbers, values, first, middle);
    if (after(numbers[first], values[first], numbers[last], values[last])) swap(numbers, values, first, last);
    if (after(numbers[middle], values[middle], numbers[last], values[last])) swap(numbers, values, middle, last);
    const int32_t number = numbers[middle];
    const float value = values[middle];
    int32_t i = first, j = last;
    while (i <= j) {
      while (after(number, value, numbers[i], values[i])) i++;
      while (after(numbers[j], values[j], number, value)) j--;
      if (i > j) break;
      swap(numbers, values, i++, j--);
    }
    if (kept - 1 <= j) {
      last = j;
    } else if (kept - 1 >= i) {
      first = i;
    } else {
      break;
    }
  }
  return kept;
}
