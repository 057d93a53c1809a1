// The loops around the sums, included once for each processor into its own namespace, after Sums.
// No include guard on purpose.

void scan(const BlockQuery &block, int64_t first, int64_t count, int32_t *scores) {
  const int32_t stride = block.stride;
  const int8_t *row = block.codes + first * stride;
  int64_t i = 0;
  for (; i + 4 <= count; i += 4, row += 4 * static_cast<int64_t>(stride)) {
    four(row, stride, block.query, stride, scores + i);
  }
  for (; i < count; i++, row += stride) {
    Sum sum = zero();
    add(sum, row, block.query, stride);
    scores[i] += total(sum);
  }
}

void gather(const BlockQuery *blocks, int32_t block_count, const uint32_t *rows, int32_t count, int32_t *scores) {
  constexpr int32_t ahead = 3;
  const auto fetch = [&](int32_t i) __attribute__((always_inline)) {
    for (int32_t b = 0; b < block_count; b++) {
      const int8_t *codes = blocks[b].codes + static_cast<int64_t>(rows[i]) * blocks[b].stride;
      for (int32_t byte = 0; byte < blocks[b].stride; byte += 64) __builtin_prefetch(codes + byte);
    }
  };
  for (int32_t i = 0; i < ahead && i < count; i++) fetch(i);
  for (int32_t i = 0; i < count; i++) {
    if (i + ahead < count) fetch(i + ahead);
    Sum sum = zero();
    for (int32_t b = 0; b < block_count; b++) {
      add(sum, blocks[b].codes + static_cast<int64_t>(rows[i]) * blocks[b].stride, blocks[b].query, blocks[b].stride);
    }
    scores[i] = total(sum);
  }
}

int32_t pair(const int8_t *a, const int8_t *b, int32_t n) {
  Sum sum = zero();
  add(sum, a, b, n);
  return total(sum);
}
