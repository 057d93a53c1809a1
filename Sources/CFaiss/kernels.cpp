#include "kernels.hpp"

#include <atomic>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace morelli {
namespace {

namespace plain {

// The specification of the others.
using Sum = int32_t;

inline Sum zero() { return 0; }
inline int32_t total(Sum sum) { return sum; }

template <class Query>
inline void add(Sum &sum, const int8_t *codes, const Query *query, int32_t n) {
  for (int32_t i = 0; i < n; i++) sum += static_cast<int32_t>(codes[i]) * query[i];
}

inline void four(const int8_t *row, int64_t stride, const int16_t *query, int32_t n, int32_t *scores) {
  for (int64_t i = 0; i < 4; i++) add(scores[i], row + i * stride, query, n);
}

#include "kernel_bodies.hpp"

}  // namespace plain

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
namespace avx2 {

using Sum = __m256i;

inline Sum zero() { return _mm256_setzero_si256(); }

inline int32_t total(Sum sum) {
  __m128i half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
  half = _mm_add_epi32(half, _mm_shuffle_epi32(half, 0x4E));
  return _mm_cvtsi128_si32(_mm_add_epi32(half, _mm_shuffle_epi32(half, 0xB1)));
}

inline __m256i widened(const int8_t *codes) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i *>(codes)));
}
inline __m256i widened(const int16_t *numbers) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(numbers));
}

template <class Query>
inline void add(Sum &sum, const int8_t *codes, const Query *query, int32_t n) {
  // Two sums, so that one addition doesn't wait for the other.
  Sum other = zero();
  for (int32_t i = 0; i < n; i += 32) {
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(widened(codes + i), widened(query + i)));
    other = _mm256_add_epi32(other, _mm256_madd_epi16(widened(codes + i + 16), widened(query + i + 16)));
  }
  sum = _mm256_add_epi32(sum, other);
}

inline void four(const int8_t *row, int64_t stride, const int16_t *query, int32_t n, int32_t *scores) {
  Sum a = zero(), b = zero(), c = zero(), d = zero();
  for (int32_t i = 0; i < n; i += 16) {
    const __m256i numbers = widened(query + i);
    a = _mm256_add_epi32(a, _mm256_madd_epi16(widened(row + i), numbers));
    b = _mm256_add_epi32(b, _mm256_madd_epi16(widened(row + stride + i), numbers));
    c = _mm256_add_epi32(c, _mm256_madd_epi16(widened(row + 2 * stride + i), numbers));
    d = _mm256_add_epi32(d, _mm256_madd_epi16(widened(row + 3 * stride + i), numbers));
  }
  const __m256i pairs = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
  const __m128i sums = _mm_add_epi32(_mm256_castsi256_si128(pairs), _mm256_extracti128_si256(pairs, 1));
  __m128i *target = reinterpret_cast<__m128i *>(scores);
  _mm_storeu_si128(target, _mm_add_epi32(_mm_loadu_si128(target), sums));
}

#include "kernel_bodies.hpp"

}  // namespace avx2
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw"))), apply_to = function)
namespace avx512 {

using Sum = __m512i;

inline Sum zero() { return _mm512_setzero_si512(); }
inline int32_t total(Sum sum) { return _mm512_reduce_add_epi32(sum); }

inline __m512i widened(const int8_t *codes) {
  return _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(codes)));
}
inline __m512i widened(const int16_t *numbers) { return _mm512_loadu_si512(numbers); }

template <class Query>
inline void add(Sum &sum, const int8_t *codes, const Query *query, int32_t n) {
  for (int32_t i = 0; i < n; i += 32) {
    sum = _mm512_add_epi32(sum, _mm512_madd_epi16(widened(codes + i), widened(query + i)));
  }
}

inline void four(const int8_t *row, int64_t stride, const int16_t *query, int32_t n, int32_t *scores) {
  Sum sums[4] = {zero(), zero(), zero(), zero()};
  for (int32_t i = 0; i < n; i += 32) {
    const __m512i numbers = widened(query + i);
    for (int64_t r = 0; r < 4; r++) {
      sums[r] = _mm512_add_epi32(sums[r], _mm512_madd_epi16(widened(row + r * stride + i), numbers));
    }
  }
  for (int r = 0; r < 4; r++) scores[r] += total(sums[r]);
}

#include "kernel_bodies.hpp"

}  // namespace avx512
#pragma clang attribute pop

#endif

constexpr Kernels plain_kernels{"plain", plain::scan, plain::gather, plain::pair};
#if defined(__x86_64__)
constexpr Kernels avx2_kernels{"avx2", avx2::scan, avx2::gather, avx2::pair};
constexpr Kernels avx512_kernels{"avx512", avx512::scan, avx512::gather, avx512::pair};
#endif

const Kernels *find(const char *name) {
  const auto is = [name](const Kernels &kernels) { return name == nullptr || std::strcmp(name, kernels.name) == 0; };
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (is(avx512_kernels) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) {
    return &avx512_kernels;
  }
  if (is(avx2_kernels) && __builtin_cpu_supports("avx2")) return &avx2_kernels;
#endif
  return is(plain_kernels) ? &plain_kernels : nullptr;
}

std::atomic<const Kernels *> &chosen() {
  static std::atomic<const Kernels *> kernels{find(nullptr)};
  return kernels;
}

}  // namespace

const Kernels &kernels() { return *chosen().load(std::memory_order_relaxed); }

bool use_kernels(const char *name) {
  const Kernels *found = find(name);
  if (found != nullptr) chosen() = found;
  return found != nullptr;
}

}  // namespace morelli
