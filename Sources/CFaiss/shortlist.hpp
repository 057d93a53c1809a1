// The rows that may be among a query's k best, found from approximate scores in one pass.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace morelli {

struct Candidate {
  int64_t row;
  float score;
};

/// Best first; equal scores by the lower row.
inline bool precedes(const Candidate &a, const Candidate &b) {
  return a.score != b.score ? a.score > b.score : a.row < b.row;
}

/// Keeps every row whose true score can still be among the k best, given approximate scores that are wrong by at
/// most `tolerance`.
///
/// With T the k-th best approximate score, k rows have a true score of at least T - tolerance, so the k best all have
/// an approximate score of at least T - 2·tolerance: that is the bar. It is raised whenever the list has doubled, by
/// a partial sort, which costs less than a heap and leaves the scan one comparison a row.
class Shortlist {
 public:
  Shortlist(int64_t k, double tolerance)
      : k_(static_cast<size_t>(k)), tolerance_(tolerance), limit_(2 * k_ + 128) {}

  /// Offers the scores of up to 64 successive rows; bit i of `selected` admits row `first` + i.
  void offer(const float *scores, int count, int64_t first, uint64_t selected) {
    bool any = false;
    for (int i = 0; i < count; i++) any |= scores[i] >= bar_;
    if (!any) return;
    for (int i = 0; i < count; i++) {
      if (scores[i] >= bar_ && (selected >> i & 1) != 0) offer(first + i, scores[i]);
    }
  }

  void offer(int64_t row, float score) {
    if (score < bar_) return;
    candidates_.push_back({row, score});
    if (candidates_.size() >= limit_) {
      raise_bar();
      // Many rows as good as one another can't be told apart before they are scored exactly: make room for them.
      limit_ = std::max(limit_, 2 * candidates_.size());
    }
  }

  std::vector<Candidate> take() {
    if (candidates_.size() > k_) raise_bar();
    return std::move(candidates_);
  }

 private:
  void raise_bar() {
    const auto kth = candidates_.begin() + static_cast<int64_t>(k_ - 1);
    std::nth_element(candidates_.begin(), kth, candidates_.end(), precedes);
    const double bar = kth->score - 2 * tolerance_;
    const float rounded = static_cast<float>(bar);
    bar_ = rounded > bar ? std::nextafter(rounded, -std::numeric_limits<float>::infinity()) : rounded;
    const auto below = [bar = bar_](const Candidate &candidate) { return candidate.score < bar; };
    candidates_.erase(std::remove_if(kth, candidates_.end(), below), candidates_.end());
  }

  size_t k_;
  double tolerance_;
  size_t limit_;
  float bar_ = -std::numeric_limits<float>::infinity();
  std::vector<Candidate> candidates_;
};

}  // namespace morelli
