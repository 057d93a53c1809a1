// FAISS builds the graph over rows of 8 bits that only the building sees: each row √weight · block, with a scale of its
// own.
//
// The storage is ours: FAISS asks it for distances through a virtual call. It is compared by Euclidean distance, not by
// inner product, so that a row that lacks a block, and is shorter, is linked with its like and can be found.

#define MORELLI_FAISS_SHIM
#include <faiss/IndexHNSW.h>
#include <omp.h>
#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "code_rows.hpp"
#include "failure.hpp"
#include "graph.h"
#include "graph_format.hpp"
#include "vectors.hpp"

using namespace morelli;

namespace {

/// Memory at a multiple of 64 bytes in huge pages where the system has them: rows are read in no order, and half of the
/// time would go into finding where small pages are.
class CodeMatrix {
 public:
  CodeMatrix(size_t count, size_t stride);
  int8_t *row(size_t i) { return codes_.get() + i * stride_; }
  const int8_t *row(size_t i) const { return codes_.get() + i * stride_; }
  int32_t stride() const { return static_cast<int32_t>(stride_); }

 private:
  struct Free {
    void operator()(int8_t *memory) const { std::free(memory); }
  };
  size_t stride_;
  std::unique_ptr<int8_t, Free> codes_;
};

CodeMatrix::CodeMatrix(size_t count, size_t stride) : stride_(stride) {
  constexpr size_t huge = size_t{2} << 20;
  const size_t size = (std::max<size_t>(1, count * stride) + huge - 1) / huge * huge;
  codes_.reset(static_cast<int8_t *>(std::aligned_alloc(huge, size)));
  if (codes_ == nullptr) throw std::bad_alloc();
#if defined(__linux__)
  madvise(codes_.get(), size, MADV_HUGEPAGE);
#endif
}

/// Rows of codes with their scales and squared lengths, as FAISS's storage. Its "vectors" are row numbers.
class RowStorage : public faiss::Index {
 public:
  RowStorage(size_t count, size_t stride)
      : Index(1, faiss::METRIC_L2), codes(count, stride), scales(count), squares(count) {}

  void add(idx_t n, const float *) override { ntotal += n; }
  void reset() override { ntotal = 0; }
  void search(idx_t, const float *, idx_t, float *, idx_t *, const faiss::SearchParameters *) const override {
    throw std::logic_error("rows that are being linked are not searched");
  }
  faiss::DistanceComputer *get_distance_computer() const override;

  float distance(size_t i, size_t j) const {
    const int32_t product = pair(codes.row(i), codes.row(j), codes.stride());
    return squares[i] + squares[j] - 2 * (scales[i] * scales[j]) * static_cast<float>(product);
  }

  CodeMatrix codes;
  std::vector<float> scales;
  std::vector<float> squares;
  int32_t (*const pair)(const int8_t *, const int8_t *, int32_t) = kernels().pair;
};

class RowDistance final : public faiss::DistanceComputer {
 public:
  explicit RowDistance(const RowStorage &storage) : storage_(storage) {}

  void set_query(const float *x) override {
    uint32_t row;
    std::memcpy(&row, x, sizeof row);
    row_ = row;
  }
  float operator()(idx_t i) override { return storage_.distance(row_, static_cast<size_t>(i)); }
  float symmetric_dis(idx_t i, idx_t j) override {
    return storage_.distance(static_cast<size_t>(i), static_cast<size_t>(j));
  }

 private:
  const RowStorage &storage_;
  size_t row_ = 0;
};

faiss::DistanceComputer *RowStorage::get_distance_computer() const { return new RowDistance(*this); }

/// Links every row that no way leads to on the lowest level to the nearest row that it knows and that one leads to.
///
/// Pruning can take a row's last incoming link; such a row could never answer. Where it knows none with room, any will
/// do.
class Reach {
 public:
  Reach(const RowStorage &storage, uint32_t *links, uint32_t room)
      : storage_(storage), links_(links), room_(room), reached_(storage.scales.size(), false) {}

  void complete(uint32_t entry) {
    spread(entry);
    for (uint32_t row = 0; row < reached_.size(); row++) {
      if (reached_[row]) continue;
      uint32_t from = no_link;
      for (uint32_t i = 0; i < room_ && list(row)[i] != no_link; i++) {
        const uint32_t near = list(row)[i];
        if (!reached_[near] || list(near)[room_ - 1] != no_link) continue;
        if (from == no_link || storage_.distance(row, near) < storage_.distance(row, from)) from = near;
      }
      for (uint32_t other = 0; from == no_link && other < reached_.size(); other++) {
        if (reached_[other] && list(other)[room_ - 1] == no_link) from = other;
      }
      if (from == no_link) return;
      *std::find(list(from), list(from) + room_, no_link) = row;
      spread(row);
    }
  }

 private:
  uint32_t *list(uint32_t row) const { return links_ + size_t{row} * room_; }

  void spread(uint32_t start) {
    std::vector<uint32_t> open{start};
    reached_[start] = true;
    while (!open.empty()) {
      const uint32_t *link = list(open.back());
      open.pop_back();
      for (uint32_t i = 0; i < room_ && link[i] != no_link; i++) {
        if (reached_[link[i]]) continue;
        reached_[link[i]] = true;
        open.push_back(link[i]);
      }
    }
  }

  const RowStorage &storage_;
  uint32_t *links_;
  uint32_t room_;
  std::vector<bool> reached_;
};

}  // namespace

struct morelli_graph_builder {
  morelli_graph_builder(size_t count, size_t stride, int32_t degree)
      : count(count), storage(count, stride), index(&storage, degree) {}

  GraphHeader header() const;

  size_t count;
  RowStorage storage;
  faiss::IndexHNSW index;
};

GraphHeader morelli_graph_builder::header() const {
  const faiss::HNSW &hnsw = index.hnsw;
  GraphHeader header{};
  header.magic = GraphHeader::right_magic;
  header.version = 1;
  header.count = static_cast<uint32_t>(count);
  header.low_links = static_cast<uint32_t>(hnsw.nb_neighbors(0));
  header.high_links = static_cast<uint32_t>(hnsw.nb_neighbors(1));
  header.entry_row = count == 0 ? no_link : static_cast<uint32_t>(hnsw.entry_point);
  header.top_level = static_cast<uint32_t>(std::max(0, hnsw.max_level));
  header.entry_climber = no_link;
  for (size_t i = 0; i < hnsw.levels.size(); i++) {
    if (hnsw.levels[i] < 2) continue;
    if (i == header.entry_row) header.entry_climber = header.climbers;
    header.climbers++;
    header.lists += static_cast<uint32_t>(hnsw.levels[i] - 1);
  }
  return header;
}

extern "C" {

int morelli_graph_builder_create(
    const float *rows, int64_t count, const int32_t *dimensions, int32_t blocks, const float *weights, int32_t degree,
    int32_t construction, morelli_graph_builder **builder, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(builder != nullptr && weights != nullptr && (rows != nullptr || count == 0), "a null pointer");
    *builder = nullptr;
    const CodeLayout layout(count, dimensions, blocks);
    require(degree >= 2 && degree <= 64, "a graph has 2 to 64 links a row");
    require(construction >= 1 && construction <= 4096, "the width of construction is out of range");
    std::vector<float> roots(static_cast<size_t>(layout.dimension));
    for (int32_t b = 0; b < blocks; b++) {
      require(std::isfinite(weights[b]) && weights[b] >= 0, "a weight is no weight");
      std::fill_n(roots.begin() + layout.offsets[b], layout.dimensions[b], std::sqrt(weights[b]));
    }
    const size_t d = static_cast<size_t>(layout.dimension), stride = (d + code_lanes - 1) / code_lanes * code_lanes;
    // Sums of products of two rows of codes stay below 2^31.
    require(stride <= 131072, "the dimension is out of range");
    auto made = std::make_unique<morelli_graph_builder>(static_cast<size_t>(count), stride, degree);
    made->index.own_fields = false;
    made->index.hnsw.efConstruction = construction;
    std::vector<float> scaled(d);
    for (size_t i = 0; i < static_cast<size_t>(count); i++) {
      const float *row = rows + i * d;
      largest_norm(row, 1, layout.dimension, "row");
      float largest = 0;
      for (size_t j = 0; j < d; j++) {
        scaled[j] = row[j] * roots[j];
        largest = std::max(largest, std::abs(scaled[j]));
      }
      if (!(largest < 1e15F)) fail(MORELLI_FAISS_SCORE_OVERFLOW, "row " + std::to_string(i) + " is too large");
      const float scale = largest / 127;
      int8_t *codes = made->storage.codes.row(i);
      int32_t square = 0;
      for (size_t j = 0; j < stride; j++) {
        const float code = j < d && scale > 0 ? std::nearbyint(scaled[j] / scale) : 0;
        codes[j] = static_cast<int8_t>(std::min(127.0F, std::max(-127.0F, code)));
        square += codes[j] * codes[j];
      }
      made->storage.scales[i] = scale;
      made->storage.squares[i] = scale * scale * static_cast<float>(square);
    }
    *builder = made.release();
  });
}

int morelli_graph_builder_link(
    morelli_graph_builder *builder, int64_t end, int32_t threads, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(builder != nullptr, "no builder");
    require(end >= 0 && static_cast<size_t>(end) <= builder->count, "more rows than there are");
    require(threads >= 1 && threads <= 1024, "the number of threads is out of range");
    const int64_t first = builder->index.ntotal;
    if (end <= first) return;
    omp_set_num_threads(threads);
    std::vector<float> names(static_cast<size_t>(end - first));
    for (size_t i = 0; i < names.size(); i++) {
      const auto row = static_cast<uint32_t>(first) + static_cast<uint32_t>(i);
      std::memcpy(&names[i], &row, sizeof row);
    }
    builder->index.add(end - first, names.data());
  });
}

size_t morelli_graph_builder_size(const morelli_graph_builder *builder) {
  return GraphLayout(builder->header()).size;
}

int morelli_graph_builder_write(
    const morelli_graph_builder *builder, uint8_t *bytes, size_t size, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(builder != nullptr && bytes != nullptr, "a null pointer");
    require(static_cast<size_t>(builder->index.ntotal) == builder->count, "not all rows are linked yet");
    const GraphHeader header = builder->header();
    const GraphLayout layout(header);
    require(size == layout.size, "the graph has another size");
    std::memset(bytes, 0, size);
    std::memcpy(bytes, &header, sizeof header);
    const faiss::HNSW &hnsw = builder->index.hnsw;
    uint32_t *low = reinterpret_cast<uint32_t *>(bytes + layout.low_at);
    uint32_t *climber_rows = reinterpret_cast<uint32_t *>(bytes + layout.rows_at);
    uint32_t *firsts = reinterpret_cast<uint32_t *>(bytes + layout.firsts_at);
    uint32_t *high = reinterpret_cast<uint32_t *>(bytes + layout.high_at);
    std::vector<uint32_t> climber_of(builder->count, no_link);
    uint32_t climber = 0, list = 0;
    for (size_t i = 0; i < builder->count; i++) {
      if (hnsw.levels[i] < 2) continue;
      climber_of[i] = climber;
      climber_rows[climber] = static_cast<uint32_t>(i);
      firsts[climber++] = list;
      list += static_cast<uint32_t>(hnsw.levels[i] - 1);
    }
    firsts[climber] = list;
    const auto copy = [&](size_t i, int level, uint32_t *links, size_t room) {
      size_t begin, end;
      hnsw.neighbor_range(static_cast<int64_t>(i), level, &begin, &end);
      size_t filled = 0;
      for (size_t j = begin; j < end && hnsw.neighbors[j] >= 0; j++) {
        const auto row = static_cast<uint32_t>(hnsw.neighbors[j]);
        links[filled++] = level == 0 ? row : climber_of[row];
      }
      std::fill(links + filled, links + room, no_link);
    };
    for (size_t i = 0; i < builder->count; i++) {
      copy(i, 0, low + i * header.low_links, header.low_links);
      for (int level = 1; level < hnsw.levels[i]; level++) {
        copy(i, level, high + size_t{firsts[climber_of[i]] + static_cast<uint32_t>(level) - 1} * header.high_links,
            header.high_links);
      }
    }
    if (builder->count > 0) Reach(builder->storage, low, header.low_links).complete(header.entry_row);
  });
}

void morelli_graph_builder_free(morelli_graph_builder *builder) { delete builder; }

}  // extern "C"
