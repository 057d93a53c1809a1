#include "code_rows.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstring>
#include <memory>

#include "failure.hpp"
#include "shortlist.hpp"
#include "vectors.hpp"

using namespace morelli;

namespace morelli {
namespace {

constexpr size_t aligned(size_t size) { return (size + 63) / 64 * 64; }

}  // namespace

CodeLayout::CodeLayout(int64_t count, const int32_t *dimensions, int32_t blocks) : count(count) {
  require(count >= 0 && count <= MORELLI_MAX_ROWS, "the number of rows is out of range");
  require(dimensions != nullptr && blocks > 0 && blocks <= MORELLI_MAX_BLOCKS, "the number of blocks is out of range");
  for (int32_t b = 0; b < blocks; b++) {
    require(dimensions[b] > 0 && dimensions[b] <= 65536, "a block's dimension is out of range");
    this->dimensions.push_back(dimensions[b]);
    strides.push_back((dimensions[b] + code_lanes - 1) / code_lanes * code_lanes);
    offsets.push_back(dimension);
    dimension += dimensions[b];
  }
  // Beyond it sums of products of codes might not fit 32 bits.
  require(dimension <= 65536, "the dimension is out of range");
  errors_at = aligned(static_cast<size_t>(dimension) * sizeof(float));
  size = errors_at + aligned(static_cast<size_t>(blocks) * sizeof(double));
  for (int32_t stride : strides) {
    codes_at.push_back(size);
    size += aligned(static_cast<size_t>(stride) * static_cast<size_t>(count));
  }
}

CodeQuery::CodeQuery(const morelli_codes &codes, const float *query) {
  const CodeLayout &layout = codes.layout;
  std::vector<double> scaled(static_cast<size_t>(layout.dimension));
  double largest = 0, sum = 0, length = 0;
  for (size_t b = 0; b < layout.strides.size(); b++) {
    const float *part = query + layout.offsets[b];
    const double norm = largest_norm(part, 1, layout.dimensions[b], "query");
    // By Cauchy and Schwarz; rounded up a little, because these sums are rounded too.
    tolerance_ += norm * codes.errors[b] * (1 + 1e-9);
    length += norm;
    for (int32_t i = 0; i < layout.dimensions[b]; i++) {
      const double number = static_cast<double>(part[i]) * codes.scales[layout.offsets[b] + i];
      scaled[layout.offsets[b] + i] = number;
      largest = std::max(largest, std::abs(number));
      sum += std::abs(number);
    }
  }
  // What the largest codes could make of the query must fit an int32, so that no partial sum overflows.
  quantum_ = std::max(largest / 32767, 127 * sum / 2.0e9);
  if (127 * sum + length > FLT_MAX / 4) fail(MORELLI_FAISS_SCORE_OVERFLOW, "the query is too large");
  if (!(quantum_ > DBL_MIN * 1e10)) {
    // Nothing to tell rows apart by in the codes' terms: every row stays a candidate.
    tolerance_ += 127 * sum;
    quantum_ = 0;
    return;
  }
  size_t places = 0;
  for (int32_t stride : layout.strides) places += static_cast<size_t>(stride);
  numbers_.assign(places, 0);
  size_t place = 0;
  for (size_t b = 0; b < layout.strides.size(); place += static_cast<size_t>(layout.strides[b++])) {
    bool any = false;
    for (int32_t i = 0; i < layout.dimensions[b]; i++) {
      const double number = scaled[layout.offsets[b] + i];
      const auto rounded = static_cast<int16_t>(std::lrint(number / quantum_));
      numbers_[place + static_cast<size_t>(i)] = rounded;
      tolerance_ += 127 * std::abs(number - rounded * quantum_);
      any |= rounded != 0;
    }
    if (any) blocks_.push_back({codes.block(b), layout.strides[b], numbers_.data() + place});
  }
  tolerance_ += 1e-12 * 127 * sum;
}

int64_t CodeQuery::blur() const {
  if (quantum_ == 0) return INT64_MAX / 4;
  return static_cast<int64_t>(std::min(2 * tolerance_ / quantum_ + 1, 1e18));
}

int64_t write_best(
    const morelli_codes &codes, const CodeQuery &coded, const float *query, std::vector<CodedCandidate> &candidates,
    int64_t k, int64_t *rows, float *scores) {
  const size_t wanted = static_cast<size_t>(std::min<int64_t>(k, static_cast<int64_t>(candidates.size())));
  if (wanted == 0) return 0;
  std::sort(candidates.begin(), candidates.end(), [](const CodedCandidate &a, const CodedCandidate &b) {
    return a.sum != b.sum ? a.sum > b.sum : a.row < b.row;
  });
  std::vector<Candidate> best;
  best.reserve(2 * wanted + 64);
  float kth = -INFINITY;
  size_t limit = wanted;
  for (size_t i = 0; i < candidates.size(); i++) {
    // No later row's score, rounded as scores are, can reach the k-th best.
    const double bound = candidates[i].sum * coded.quantum() + coded.tolerance();
    if (static_cast<float>(bound) < kth) break;
    if (i + 2 < candidates.size()) {
      const char *next = reinterpret_cast<const char *>(codes.row(candidates[i + 2].row));
      for (int64_t byte = 0; byte < codes.layout.dimension * 4; byte += 64) __builtin_prefetch(next + byte);
    }
    const int64_t row = candidates[i].row;
    const float score = static_cast<float>(inner_product(query, codes.row(row), codes.layout.dimension));
    if (score < kth) continue;
    best.push_back({row, score});
    if (best.size() >= limit) {
      std::nth_element(best.begin(), best.begin() + static_cast<int64_t>(wanted) - 1, best.end(), precedes);
      best.resize(wanted);
      kth = best[wanted - 1].score;
      limit = wanted + std::max<size_t>(1, wanted / 4);
    }
  }
  std::sort(best.begin(), best.end(), precedes);
  best.resize(std::min(best.size(), wanted));
  for (size_t i = 0; i < best.size(); i++) {
    rows[i] = best[i].row;
    scores[i] = best[i].score;
  }
  return static_cast<int64_t>(best.size());
}

}  // namespace morelli

morelli_codes::morelli_codes(CodeLayout layout, const uint8_t *bytes, const float *rows)
    : layout(std::move(layout)),
      bytes(bytes),
      rows(rows),
      scales(reinterpret_cast<const float *>(bytes)),
      errors(reinterpret_cast<const double *>(bytes + this->layout.errors_at)) {}

extern "C" {

size_t morelli_codes_size(int64_t count, const int32_t *dimensions, int32_t blocks) {
  try {
    return CodeLayout(count, dimensions, blocks).size;
  } catch (...) {
    return 0;
  }
}

int morelli_codes_encode(
    const float *rows, int64_t count, const int32_t *dimensions, int32_t blocks, uint8_t *bytes, size_t size,
    char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    const CodeLayout layout(count, dimensions, blocks);
    require((rows != nullptr || count == 0) && bytes != nullptr, "a null pointer");
    require(size == layout.size, "the codes have another size");
    std::memset(bytes, 0, layout.errors_at);
    float *scales = reinterpret_cast<float *>(bytes);
    for (int64_t i = 0; i < count; i++) {
      const float *row = rows + i * layout.dimension;
      largest_norm(row, 1, layout.dimension, "row");
      for (int64_t d = 0; d < layout.dimension; d++) scales[d] = std::max(scales[d], std::abs(row[d]));
    }
    for (int64_t d = 0; d < layout.dimension; d++) scales[d] /= 127;
    double *errors = reinterpret_cast<double *>(bytes + layout.errors_at);
    for (size_t b = 0; b < layout.strides.size(); b++) {
      int8_t *codes = reinterpret_cast<int8_t *>(bytes + layout.codes_at[b]);
      const float *block_scales = scales + layout.offsets[b];
      double largest = 0;
      for (int64_t i = 0; i < count; i++, codes += layout.strides[b]) {
        const float *part = rows + i * layout.dimension + layout.offsets[b];
        double square = 0;
        for (int32_t d = 0; d < layout.strides[b]; d++) {
          if (d >= layout.dimensions[b] || block_scales[d] == 0) {
            codes[d] = 0;
            if (d < layout.dimensions[b]) square += static_cast<double>(part[d]) * part[d];
            continue;
          }
          const float code = std::min(127.0F, std::max(-127.0F, std::nearbyint(part[d] / block_scales[d])));
          codes[d] = static_cast<int8_t>(code);
          const double error = part[d] - static_cast<double>(codes[d]) * block_scales[d];
          square += error * error;
        }
        largest = std::max(largest, square);
      }
      errors[b] = std::sqrt(largest) * (1 + 1e-9);
    }
  });
}

int morelli_codes_open(
    const uint8_t *bytes, size_t size, const float *rows, int64_t count, const int32_t *dimensions, int32_t blocks,
    morelli_codes **codes, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(codes != nullptr && bytes != nullptr && (rows != nullptr || count == 0), "a null pointer");
    *codes = nullptr;
    CodeLayout layout(count, dimensions, blocks);
    require(size == layout.size, "the codes have another size than the rows need");
    auto opened = std::make_unique<morelli_codes>(std::move(layout), bytes, rows);
    for (int64_t d = 0; d < opened->layout.dimension; d++) {
      require(std::isfinite(opened->scales[d]) && opened->scales[d] >= 0, "a scale is no scale");
    }
    for (int32_t b = 0; b < blocks; b++) {
      require(std::isfinite(opened->errors[b]) && opened->errors[b] >= 0, "an error bound is no bound");
    }
    *codes = opened.release();
  });
}

void morelli_codes_free(morelli_codes *codes) { delete codes; }

void morelli_exact_scores(const float *rows, int64_t count, int64_t d, const float *query, float *scores) {
  for (int64_t i = 0; i < count; i++) scores[i] = static_cast<float>(inner_product(query, rows + i * d, d));
}

const char *morelli_codes_kernel(void) { return kernels().name; }

int morelli_codes_use_kernel(const char *name) { return use_kernels(name) ? 1 : 0; }

}  // extern "C"
