// Indexes by FAISS's own names for them.

#include <cblas.h>
#include <faiss/Index.h>
#include <faiss/IndexFlat.h>
#include <faiss/IndexIVF.h>
#include <faiss/IndexIVFPQ.h>
#include <faiss/IndexPreTransform.h>
#include <faiss/impl/IDSelector.h>
#include <faiss/index_factory.h>
#include <faiss/index_io.h>
#define MORELLI_FAISS_SHIM
#include <faiss/IndexHNSW.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "failure.hpp"
#include "factory.h"
#include "vectors.hpp"

using namespace morelli;

struct morelli_factory {
  std::unique_ptr<faiss::Index> index;
};

namespace {

/// Below a linear map, if there is one.
const faiss::Index *bare(const faiss::Index *index) {
  const auto *mapped = dynamic_cast<const faiss::IndexPreTransform *>(index);
  return mapped == nullptr ? index : mapped->index;
}

bool is_mapped(const morelli_factory &factory) { return bare(factory.index.get()) != factory.index.get(); }

/// FAISS 1.7.3 knows selections in these kinds alone, and not behind a linear map.
bool selects(const morelli_factory &factory) {
  if (is_mapped(factory)) return false;
  const faiss::Index *index = factory.index.get();
  return dynamic_cast<const faiss::IndexIVF *>(index) != nullptr ||
         dynamic_cast<const faiss::IndexFlat *>(index) != nullptr;
}

void check(const morelli_factory *index, const float *rows, int64_t n, int32_t threads) {
  require(index != nullptr && (rows != nullptr || n == 0), "a null pointer");
  require(n >= 0 && n <= INT64_MAX / index->index->d / 4, "the number of rows is out of range");
  require(threads >= 1 && threads <= 1024, "the number of threads is out of range");
  largest_norm(rows, n, index->index->d, "row");
  omp_set_num_threads(threads);
}

}  // namespace

extern "C" {

int morelli_factory_create(
    int64_t d, const char *description, morelli_factory **index, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(index != nullptr && description != nullptr, "a null pointer");
    *index = nullptr;
    require(d > 0 && d <= 65536, "the dimension is out of range");
    auto made = std::make_unique<morelli_factory>();
    made->index.reset(faiss::index_factory(static_cast<int>(d), description, faiss::METRIC_INNER_PRODUCT));
    require(made->index != nullptr, "FAISS made nothing of it");
    *index = made.release();
  });
}

int morelli_factory_train(
    morelli_factory *index, const float *rows, int64_t n, int32_t threads, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    check(index, rows, n, threads);
    // As many rows and rounds as FAISS takes by itself were measured to last minutes, for codes no better.
    if (auto *lists = dynamic_cast<faiss::IndexIVFPQ *>(index->index.get())) {
      lists->pq.cp.niter = 12;
      lists->pq.cp.max_points_per_centroid = 40;
    }
    if (!index->index->is_trained) index->index->train(n, rows);
  });
}

int morelli_factory_add(
    morelli_factory *index, const float *rows, int64_t n, int32_t threads, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    check(index, rows, n, threads);
    require(index->index->is_trained, "the index isn't trained yet");
    if (n > 0) index->index->add(n, rows);
  });
}

int morelli_factory_write(
    const morelli_factory *index, const char *path, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(index != nullptr && path != nullptr, "a null pointer");
    faiss::write_index(index->index.get(), path);
  });
}

int morelli_factory_read(const char *path, morelli_factory **index, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(index != nullptr && path != nullptr, "a null pointer");
    *index = nullptr;
    auto read = std::make_unique<morelli_factory>();
    read->index.reset(faiss::read_index(path));
    require(read->index != nullptr, "FAISS made nothing of it");
    *index = read.release();
  });
}

void morelli_factory_free(morelli_factory *index) { delete index; }

int64_t morelli_factory_count(const morelli_factory *index) { return index->index->ntotal; }
int64_t morelli_factory_dimension(const morelli_factory *index) { return index->index->d; }

int morelli_factory_selects(const morelli_factory *index) { return selects(*index) ? 1 : 0; }

int morelli_factory_search(
    const morelli_factory *index, const float *query, int64_t k, double width, const uint64_t *selected, int64_t *rows,
    int64_t *hits, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(index != nullptr && query != nullptr && rows != nullptr && hits != nullptr, "a null pointer");
    require(k > 0 && width >= 0 && width <= 1, "a number is out of range");
    require(selected == nullptr || selects(*index), "this kind can't be held to a selection");
    const faiss::Index &whole = *index->index;
    largest_norm(query, 1, whole.d, "query");
    *hits = 0;
    if (whole.ntotal == 0) return;
    k = std::min<int64_t>(k, whole.ntotal);
    omp_set_num_threads(1);
    std::unique_ptr<faiss::IDSelectorBitmap> selector;
    if (selected != nullptr) {
      selector = std::make_unique<faiss::IDSelectorBitmap>(
          static_cast<size_t>(whole.ntotal), reinterpret_cast<const uint8_t *>(selected));
    }
    // Parameters are the search's own: the index is shared by threads and stays as it is.
    std::unique_ptr<faiss::SearchParameters> parameters;
    const faiss::Index *inner = bare(&whole);
    if (const auto *lists = dynamic_cast<const faiss::IndexIVF *>(inner)) {
      auto made = std::make_unique<faiss::SearchParametersIVF>();
      made->nprobe = static_cast<size_t>(std::max(1.0, std::ceil(width * static_cast<double>(lists->nlist))));
      made->sel = selector.get();
      parameters = std::move(made);
    } else if (dynamic_cast<const faiss::IndexHNSW *>(inner) != nullptr) {
      auto made = std::make_unique<faiss::SearchParametersHNSW>();
      made->efSearch = static_cast<int>(std::max<double>(static_cast<double>(k), std::ceil(width * 1024)));
      parameters = std::move(made);
    } else if (selector != nullptr) {
      parameters = std::make_unique<faiss::SearchParameters>();
      parameters->sel = selector.get();
    }
    std::vector<float> scores(static_cast<size_t>(k));
    std::vector<int64_t> labels(static_cast<size_t>(k), -1);
    std::unique_ptr<faiss::SearchParametersPreTransform> outer;
    if (is_mapped(*index)) {
      outer = std::make_unique<faiss::SearchParametersPreTransform>();
      outer->index_params = parameters.get();
    }
    whole.search(1, query, k, scores.data(), labels.data(), outer != nullptr ? outer.get() : parameters.get());
    for (int64_t label : labels) {
      if (label >= 0 && label < whole.ntotal) rows[(*hits)++] = label;
    }
  });
}

}  // extern "C"
