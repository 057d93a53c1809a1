// Double-precision sums over single-precision vectors: the measure that scores and error bounds are made of.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include "failure.hpp"

namespace morelli {

/// The inner product of two vectors of d numbers.
///
/// A product of two floats is exact in double, and the order of the sum is fixed, so the same numbers give the same
/// result on every machine, with or without fused multiply-add; rounded to float it is all but correctly rounded.
inline double inner_product(const float *a, const float *b, int64_t d) {
  double sums[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  int64_t i = 0;
  for (; i + 8 <= d; i += 8) {
    for (int lane = 0; lane < 8; lane++) sums[lane] += static_cast<double>(a[i + lane]) * b[i + lane];
  }
  for (int lane = 0; i < d; i++, lane++) sums[lane] += static_cast<double>(a[i]) * b[i];
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

/// The largest Euclidean norm among n vectors of d numbers; fails where a number is not finite.
///
/// The square of a finite float is far inside the range of double, so a norm that is not finite means a number that
/// is not: one pass serves both.
inline double largest_norm(const float *vectors, int64_t n, int64_t d, const char *what) {
  double largest = 0;
  for (int64_t i = 0; i < n; i++) {
    const float *vector = vectors + i * d;
    const double square = inner_product(vector, vector, d);
    if (!std::isfinite(square)) {
      fail(MORELLI_FAISS_NOT_FINITE, std::string(what) + " " + std::to_string(i) + " holds a number that is not finite");
    }
    if (square > largest) largest = square;
  }
  return std::sqrt(largest);
}

}  // namespace morelli
