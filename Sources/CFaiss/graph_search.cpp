// Search in a finished graph: greedy down to the lowest level, then a beam (Malkov and Yashunin 2020, algorithms 2 and
// 5).
//
// Not FAISS's own, which can't be held to a selection of rows and fetches no row before it needs it.

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "code_rows.hpp"
#include "failure.hpp"
#include "graph.h"
#include "graph_format.hpp"

using namespace morelli;

struct morelli_graph {
  GraphHeader header;
  const uint32_t *low;
  const uint32_t *climber_rows;
  const uint32_t *firsts;
  const uint32_t *high;
};

namespace {

/// A row and its sum in one number: greater is better, equal sums by the lower row.
using Ranked = uint64_t;

Ranked ranked(int32_t sum, uint32_t row) {
  return static_cast<uint64_t>(static_cast<uint32_t>(sum) ^ 0x80000000U) << 32 | static_cast<uint32_t>(~row);
}
int32_t sum_of(Ranked entry) { return static_cast<int32_t>(static_cast<uint32_t>(entry >> 32) ^ 0x80000000U); }
uint32_t row_of(Ranked entry) { return ~static_cast<uint32_t>(entry); }

/// What one search needs beside the graph; kept by each thread from one search to the next.
struct Scratch {
  /// One bit a row; all zero between searches.
  std::vector<uint64_t> seen;
  std::vector<uint32_t> visited;
  std::vector<Ranked> frontier;
  std::vector<Ranked> found;
  std::vector<uint32_t> fresh;
  std::vector<int32_t> sums;

  void begin(const GraphHeader &header) {
    if (seen.size() < (size_t{header.count} + 63) / 64) seen.resize((size_t{header.count} + 63) / 64, 0);
    frontier.clear();
    found.clear();
    fresh.resize(std::max(header.low_links, header.high_links));
    sums.resize(fresh.size());
  }

  void end() {
    for (uint32_t row : visited) seen[row / 64] = 0;
    visited.clear();
  }

  bool see(uint32_t row) {
    uint64_t &word = seen[row / 64];
    const uint64_t bit = uint64_t{1} << (row % 64);
    if ((word & bit) != 0) return false;
    word |= bit;
    visited.push_back(row);
    return true;
  }
};

Scratch &scratch() {
  static thread_local Scratch scratch;
  return scratch;
}

class Search {
 public:
  Search(const morelli_graph &graph, const CodeQuery &query, const uint64_t *selected, size_t width, int64_t effort)
      : graph_(graph),
        query_(query),
        selected_(selected),
        width_(width),
        effort_(effort),
        use_(kernels()),
        space_(scratch()) {
    space_.begin(graph.header);
  }
  ~Search() { space_.end(); }

  /// Leaves up to `width` rows in `found`, in no order.
  std::vector<Ranked> &run() {
    const uint32_t start = climb_down();
    space_.fresh[0] = start;
    space_.see(start);
    consider(1);
    while (!space_.frontier.empty() && !gave_up()) {
      const Ranked best = space_.frontier.front();
      if (space_.found.size() >= width_ && best < space_.found.front()) break;
      std::pop_heap(space_.frontier.begin(), space_.frontier.end());
      space_.frontier.pop_back();
      if (!space_.frontier.empty()) __builtin_prefetch(links(row_of(space_.frontier.front())));
      const uint32_t *link = links(row_of(best));
      uint32_t fresh = 0;
      for (uint32_t i = 0; i < graph_.header.low_links && link[i] < graph_.header.count; i++) {
        if (space_.see(link[i])) space_.fresh[fresh++] = link[i];
      }
      consider(fresh);
    }
    return space_.found;
  }

  bool gave_up() const { return compared_ > effort_; }

 private:
  const uint32_t *links(uint32_t row) const { return graph_.low + size_t{row} * graph_.header.low_links; }

  bool is_selected(uint32_t row) const { return selected_ == nullptr || (selected_[row / 64] >> row % 64 & 1) != 0; }

  /// Scores the first `count` fresh rows and lets those in that are good enough.
  void consider(uint32_t count) {
    compared_ += count;
    use_.gather(
        query_.blocks(), query_.block_count(), space_.fresh.data(), static_cast<int32_t>(count), space_.sums.data());
    for (uint32_t i = 0; i < count; i++) {
      const uint32_t row = space_.fresh[i];
      const Ranked entry = ranked(space_.sums[i], row);
      const bool full = space_.found.size() >= width_;
      if (full && entry < space_.found.front()) continue;
      space_.frontier.push_back(entry);
      std::push_heap(space_.frontier.begin(), space_.frontier.end());
      if (!is_selected(row)) continue;
      // The worst stands first.
      space_.found.push_back(entry);
      std::push_heap(space_.found.begin(), space_.found.end(), std::greater<>());
      if (full) {
        std::pop_heap(space_.found.begin(), space_.found.end(), std::greater<>());
        space_.found.pop_back();
      }
    }
  }

  int32_t sum(uint32_t row) {
    int32_t sum = 0;
    compared_++;
    use_.gather(query_.blocks(), query_.block_count(), &row, 1, &sum);
    return sum;
  }

  /// The row where the lowest level is entered.
  uint32_t climb_down() {
    const GraphHeader &header = graph_.header;
    if (header.entry_climber >= header.climbers) return header.entry_row;
    uint32_t climber = header.entry_climber;
    int32_t best = sum(graph_.climber_rows[climber]);
    for (uint32_t level = header.top_level; level > 0; level--) {
      // Each step is to a better one, so that there is an end whatever the links are.
      for (bool moved = true; moved;) {
        moved = false;
        const uint32_t list = graph_.firsts[climber] + level - 1;
        if (list >= graph_.firsts[climber + 1]) break;
        const uint32_t *link = graph_.high + size_t{list} * header.high_links;
        uint32_t count = 0;
        for (; count < header.high_links && link[count] < header.climbers; count++) {
          space_.fresh[count] = graph_.climber_rows[link[count]];
        }
        compared_ += count;
        use_.gather(
            query_.blocks(), query_.block_count(), space_.fresh.data(), static_cast<int32_t>(count),
            space_.sums.data());
        for (uint32_t i = 0; i < count; i++) {
          if (space_.sums[i] <= best) continue;
          best = space_.sums[i];
          climber = link[i];
          moved = true;
        }
      }
    }
    return graph_.climber_rows[climber];
  }

  const morelli_graph &graph_;
  const CodeQuery &query_;
  const uint64_t *selected_;
  size_t width_;
  int64_t effort_;
  const Kernels &use_;
  Scratch &space_;
  int64_t compared_ = 0;
};

}  // namespace

extern "C" {

int morelli_graph_open(
    const uint8_t *bytes, size_t size, int64_t count, morelli_graph **graph, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(graph != nullptr && bytes != nullptr, "a null pointer");
    *graph = nullptr;
    auto opened = std::make_unique<morelli_graph>();
    GraphHeader &header = opened->header;
    require(size >= sizeof header, "the graph is too short to be one");
    std::memcpy(&header, bytes, sizeof header);
    require(header.magic == GraphHeader::right_magic, "this is no graph");
    require(header.version == 1, "the graph has another format version");
    require(static_cast<int64_t>(header.count) == count, "the graph is made for another number of rows");
    require(header.low_links >= 1 && header.low_links <= 256, "the graph's number of links is out of range");
    require(header.high_links >= 1 && header.high_links <= 256, "the graph's number of links is out of range");
    require(header.climbers <= header.count && header.top_level < 64, "the graph's levels are out of range");
    require(uint64_t{header.lists} <= uint64_t{header.climbers} * 63, "the graph's levels are out of range");
    const GraphLayout layout(header);
    require(size == layout.size, "the graph has another size than its header says");
    require(count == 0 || header.entry_row < header.count, "the graph's first row is no row");
    opened->low = reinterpret_cast<const uint32_t *>(bytes + layout.low_at);
    opened->climber_rows = reinterpret_cast<const uint32_t *>(bytes + layout.rows_at);
    opened->firsts = reinterpret_cast<const uint32_t *>(bytes + layout.firsts_at);
    opened->high = reinterpret_cast<const uint32_t *>(bytes + layout.high_at);
    for (uint32_t i = 0; i < header.climbers; i++) {
      require(opened->climber_rows[i] < header.count, "a climber of the graph is no row");
      require(opened->firsts[i] <= opened->firsts[i + 1], "the graph's lists are out of order");
    }
    require(opened->firsts[header.climbers] <= header.lists, "the graph's lists are out of range");
    *graph = opened.release();
  });
}

void morelli_graph_free(morelli_graph *graph) { delete graph; }

int morelli_graph_search(
    const morelli_graph *graph, const morelli_codes *codes, const float *query, int64_t k, int64_t width,
    int64_t effort, const uint64_t *selected, int64_t *rows, float *scores, int64_t *hits, char *message,
    size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(graph != nullptr && codes != nullptr && query != nullptr && hits != nullptr, "a null pointer");
    require(k > 0 && rows != nullptr && scores != nullptr, "at least one neighbour must be asked for");
    require(static_cast<int64_t>(graph->header.count) == codes->layout.count, "the codes are of other rows");
    *hits = 0;
    if (codes->layout.count == 0) return;
    const CodeQuery coded(*codes, query);
    const int64_t kept = std::min(k, codes->layout.count);
    const auto beam = static_cast<size_t>(std::min(std::max(k, width), codes->layout.count));
    std::vector<CodedCandidate> candidates;
    {
      Search search(*graph, coded, selected, beam, effort);
      for (Ranked entry : search.run()) candidates.push_back({sum_of(entry), row_of(entry)});
      if (search.gave_up()) {
        *hits = -1;
        return;
      }
    }
    *hits = write_best(*codes, coded, query, candidates, kept, rows, scores);
  });
}

}  // extern "C"
