// Inner products of 8-bit codes, in versions for several processors; which one is chosen as the program runs.
#pragma once

#include <cstdint>

namespace morelli {

/// Codes of a block take a multiple of so many bytes a row, the rest zeros: kernels have no remainders.
constexpr int32_t code_lanes = 32;

/// One block as a query sees it.
struct BlockQuery {
  /// Row r begins at r × stride.
  const int8_t *codes;
  int32_t stride;
  /// The query's block, as many numbers as the stride.
  const int16_t *query;
};

/// What one kind of processor is given. All kinds give the same numbers: sums of integers.
struct Kernels {
  const char *name;
  /// Adds the products of `query` and each of `count` rows that follow one another to `scores`.
  void (*scan)(const BlockQuery &block, int64_t first, int64_t count, int32_t *scores);
  /// The sums over all blocks for rows here and there; later rows are fetched while earlier ones are summed.
  void (*gather)(const BlockQuery *blocks, int32_t block_count, const uint32_t *rows, int32_t count, int32_t *scores);
  /// The product of two coded rows of n codes.
  int32_t (*pair)(const int8_t *a, const int8_t *b, int32_t n);
};

/// Those in use.
const Kernels &kernels();

/// Chooses by name; false when the processor has none such.
bool use_kernels(const char *name);

}  // namespace morelli
