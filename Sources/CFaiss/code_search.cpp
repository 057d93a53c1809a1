// The exact search over codes: one pass that proves most rows to be no answer, and exact scores of the others.

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "code_rows.hpp"
#include "failure.hpp"

using namespace morelli;

namespace {

/// Rows scored at once; a multiple of 64, small enough for the sums to stay in the first cache.
constexpr int64_t chunk_rows = 2048;

/// A chunk with fewer selected rows than one in this many is scored row by row.
constexpr int64_t sparse = 6;

/// Every row that can still be among the k best, given that sums within `blur` of one another may be in either order.
/// As `Shortlist`, for sums of integers.
class CodedShortlist {
 public:
  CodedShortlist(int64_t k, int64_t blur) : k_(static_cast<size_t>(k)), blur_(blur), limit_(2 * k_ + 256) {}

  int32_t bar() const { return bar_; }

  void offer(int32_t sum, uint32_t row) {
    candidates_.push_back({sum, row});
    if (candidates_.size() < limit_) return;
    raise_bar();
    // Many rows as good as one another can't be told apart before they are scored exactly: make room for them.
    limit_ = std::max(limit_, 2 * candidates_.size());
  }

  std::vector<CodedCandidate> &take() {
    if (candidates_.size() > k_) raise_bar();
    return candidates_;
  }

 private:
  void raise_bar() {
    const auto kth = candidates_.begin() + static_cast<int64_t>(k_ - 1);
    const auto precedes = [](const CodedCandidate &a, const CodedCandidate &b) { return a.sum > b.sum; };
    std::nth_element(candidates_.begin(), kth, candidates_.end(), precedes);
    const int64_t bar = static_cast<int64_t>(kth->sum) - blur_;
    bar_ = static_cast<int32_t>(std::max<int64_t>(bar, INT32_MIN));
    const auto below = [bar = bar_](const CodedCandidate &candidate) { return candidate.sum < bar; };
    candidates_.erase(std::remove_if(kth, candidates_.end(), below), candidates_.end());
  }

  size_t k_;
  int64_t blur_;
  size_t limit_;
  int32_t bar_ = INT32_MIN;
  std::vector<CodedCandidate> candidates_;
};

/// The bits of a word that stand for rows, where `left` rows begin with it.
uint64_t mask(int64_t left) { return left >= 64 ? ~uint64_t{0} : (uint64_t{1} << left) - 1; }

int64_t selected_in(const uint64_t *selected, int64_t first, int64_t n) {
  if (selected == nullptr) return n;
  int64_t count = 0;
  for (int64_t i = 0; i < n; i += 64) count += __builtin_popcountll(selected[(first + i) / 64] & mask(n - i));
  return count;
}

void offer_chunk(
    const int32_t *sums, int64_t first, int64_t n, const uint64_t *selected, CodedShortlist &shortlist) {
  for (int64_t i = 0; i < n; i += 64) {
    const int64_t count = std::min<int64_t>(64, n - i);
    const int32_t bar = shortlist.bar();
    int32_t any = 0;
    for (int64_t j = 0; j < count; j++) any |= sums[i + j] >= bar;
    if (any == 0) continue;
    const uint64_t word = selected == nullptr ? ~uint64_t{0} : selected[(first + i) / 64];
    for (int64_t j = 0; j < count; j++) {
      if ((word >> j & 1) != 0 && sums[i + j] >= shortlist.bar()) {
        shortlist.offer(sums[i + j], static_cast<uint32_t>(first + i + j));
      }
    }
  }
}

void scan(const morelli_codes &codes, const CodeQuery &query, const uint64_t *selected, CodedShortlist &shortlist) {
  const Kernels &use = kernels();
  std::vector<int32_t> sums(chunk_rows);
  std::vector<uint32_t> rows;
  rows.reserve(chunk_rows);
  const auto flush = [&] {
    use.gather(query.blocks(), query.block_count(), rows.data(), static_cast<int32_t>(rows.size()), sums.data());
    for (size_t i = 0; i < rows.size(); i++) {
      if (sums[i] >= shortlist.bar()) shortlist.offer(sums[i], rows[i]);
    }
    rows.clear();
  };
  for (int64_t first = 0; first < codes.layout.count; first += chunk_rows) {
    const int64_t n = std::min(chunk_rows, codes.layout.count - first);
    const int64_t count = selected_in(selected, first, n);
    if (count == 0) continue;
    if (count * sparse < n) {
      // Collected over chunks, so that fetching ahead has something to fetch.
      if (rows.size() + static_cast<size_t>(count) > static_cast<size_t>(chunk_rows)) flush();
      for (int64_t i = 0; i < n; i += 64) {
        for (uint64_t bits = selected[(first + i) / 64] & mask(n - i); bits != 0; bits &= bits - 1) {
          rows.push_back(static_cast<uint32_t>(first + i + __builtin_ctzll(bits)));
        }
      }
      continue;
    }
    std::fill(sums.begin(), sums.end(), 0);
    for (int32_t b = 0; b < query.block_count(); b++) use.scan(query.blocks()[b], first, n, sums.data());
    offer_chunk(sums.data(), first, n, selected, shortlist);
  }
  if (!rows.empty()) flush();
}

}  // namespace

extern "C" {

int morelli_codes_search(
    const morelli_codes *codes, const float *query, int64_t k, const uint64_t *selected, int64_t *rows, float *scores,
    int64_t *hits, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(codes != nullptr && query != nullptr && hits != nullptr, "a null pointer");
    require(k > 0 && rows != nullptr && scores != nullptr, "at least one neighbour must be asked for");
    const CodeQuery coded(*codes, query);
    const int64_t kept = std::max<int64_t>(1, std::min(k, codes->layout.count));
    CodedShortlist shortlist(kept, coded.blur());
    scan(*codes, coded, selected, shortlist);
    *hits = write_best(*codes, coded, query, shortlist.take(), kept, rows, scores);
  });
}

int morelli_codes_best(
    const morelli_codes *codes, const float *query, const int64_t *candidates, int64_t count, int64_t k, int64_t *rows,
    float *scores, int64_t *hits, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(codes != nullptr && query != nullptr && hits != nullptr, "a null pointer");
    require(k > 0 && rows != nullptr && scores != nullptr, "at least one neighbour must be asked for");
    require(count >= 0 && (candidates != nullptr || count == 0), "no candidates");
    const CodeQuery coded(*codes, query);
    std::vector<uint32_t> named;
    for (int64_t i = 0; i < count; i++) {
      require(candidates[i] >= 0 && candidates[i] < codes->layout.count, "a candidate is no row");
      named.push_back(static_cast<uint32_t>(candidates[i]));
    }
    std::vector<int32_t> sums(named.size());
    kernels().gather(
        coded.blocks(), coded.block_count(), named.data(), static_cast<int32_t>(named.size()), sums.data());
    std::vector<CodedCandidate> scored;
    for (size_t i = 0; i < named.size(); i++) scored.push_back({sums[i], named[i]});
    *hits = write_best(*codes, coded, query, scored, k, rows, scores);
  });
}

}  // extern "C"
