// Rows as codes: how they lie in memory, and a query against them.
#pragma once

#include <cstdint>
#include <vector>

#include "codes.h"
#include "kernels.hpp"

namespace morelli {

/// Where things lie in the bytes of `count` coded rows: a scale for each number of a row (float), the error of each
/// block (double), then each block's codes; every part begins at a multiple of 64 bytes.
struct CodeLayout {
  /// Fails where a count is out of range.
  CodeLayout(int64_t count, const int32_t *dimensions, int32_t blocks);

  int64_t count;
  /// Numbers in a row.
  int64_t dimension = 0;
  std::vector<int32_t> dimensions;
  /// Bytes a row, a multiple of `code_lanes`.
  std::vector<int32_t> strides;
  /// Where each block begins in a row of numbers.
  std::vector<int64_t> offsets;
  std::vector<size_t> codes_at;
  size_t errors_at = 0;
  size_t size = 0;
};

}  // namespace morelli

struct morelli_codes {
  morelli_codes(morelli::CodeLayout layout, const uint8_t *bytes, const float *rows);

  const int8_t *block(size_t b) const { return reinterpret_cast<const int8_t *>(bytes + layout.codes_at[b]); }
  const float *row(int64_t i) const { return rows + i * layout.dimension; }

  morelli::CodeLayout layout;
  const uint8_t *bytes;
  /// The rows themselves, to score candidates exactly.
  const float *rows;
  const float *scales;
  const double *errors;
};

namespace morelli {

/// A query in the codes' terms: Σ code · number · quantum is its score, wrong by at most `tolerance`.
///
/// Blocks for which the query has nothing are left out.
class CodeQuery {
 public:
  /// Fails for numbers that are not finite, or so large that a score may not fit a float.
  CodeQuery(const morelli_codes &codes, const float *query);

  const BlockQuery *blocks() const { return blocks_.data(); }
  int32_t block_count() const { return static_cast<int32_t>(blocks_.size()); }
  double quantum() const { return quantum_; }
  double tolerance() const { return tolerance_; }

  /// Approximate sums within this many of one another may be in the wrong order. Saturates.
  int64_t blur() const;

 private:
  std::vector<int16_t> numbers_;
  std::vector<BlockQuery> blocks_;
  double quantum_ = 0;
  double tolerance_ = 0;
};

/// A row and the sum of its codes' products.
struct CodedCandidate {
  int32_t sum;
  uint32_t row;
};

/// Scores candidates exactly, the most promising first, until the k best of them are proved; writes these and returns
/// how many there are. Reorders the candidates.
int64_t write_best(
    const morelli_codes &codes, const CodeQuery &coded, const float *query, std::vector<CodedCandidate> &candidates,
    int64_t k, int64_t *rows, float *scores);

}  // namespace morelli
