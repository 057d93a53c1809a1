// The exact index: FAISS holds the rows, OpenBLAS scores them, and a shortlist is scored again in double precision.
//
// FAISS 1.7.3 itself scores fewer than 20 queries, and any query with a filter, by scalar code, and breaks ties in no
// particular order. Blocks of rows through sgemv were measured 4 to 10 times faster for one query on one thread.

#include <cblas.h>
#include <faiss/IndexFlat.h>

#include <algorithm>
#include <cfloat>
#include <memory>
#include <string>
#include <vector>

#include "failure.hpp"
#include "shortlist.hpp"
#include "vectors.hpp"

struct morelli_faiss_flat {
  explicit morelli_faiss_flat(int64_t d) : index(d) {}

  faiss::IndexFlatIP index;
  double largest_norm = 0;
};

namespace {

using namespace morelli;

/// Rows scored at once. A multiple of 64, so that a block starts on a word of the bitmap; large enough for OpenBLAS
/// to share out among its threads, small enough for the scores to stay in cache.
constexpr int64_t block_rows = 4096;

/// Queries scored at once.
constexpr int64_t block_queries = 64;

/// Fewer queries than this are scored one by one: below it sgemm, which packs the rows first, was measured slower.
constexpr int64_t few_queries = 8;

/// A block with fewer selected rows than one in this many is scored row by row.
constexpr int64_t sparse = 4;

/// A set of rows; null words mean all of them.
struct Selection {
  const uint64_t *words;

  uint64_t word(int64_t row) const { return words == nullptr ? ~uint64_t{0} : words[row / 64]; }

  int64_t count(int64_t first, int64_t rows) const {
    if (words == nullptr) return rows;
    int64_t count = 0;
    for (int64_t i = 0; i < rows; i += 64) count += __builtin_popcountll(word(first + i) & mask(rows - i));
    return count;
  }

  /// The bits of a word that stand for rows, where `left` rows begin with it.
  static uint64_t mask(int64_t left) { return left >= 64 ? ~uint64_t{0} : (uint64_t{1} << left) - 1; }
};

/// How far a single-precision inner product of vectors with these norms can lie from the true one, in whatever order
/// it is summed (Higham, Accuracy and Stability of Numerical Algorithms, 2002, §3.1, doi:10.1137/1.9780898718027):
/// d·u·‖a‖·‖b‖ with u = 2^-24, and what underflow takes from each product. Doubled, which costs nothing and covers
/// the higher-order terms and the last rounding.
double rounding_error(double norms, int64_t d) {
  return 2 * static_cast<double>(d + 2) * (FLT_EPSILON / 2.0 * norms + FLT_MIN);
}

void score_block(
    const float *rows, int64_t n, const float *queries, int64_t nq, int64_t d, float *scores) {
  const int m = static_cast<int>(n), columns = static_cast<int>(d);
  if (nq < few_queries) {
    for (int64_t q = 0; q < nq; q++) {
      cblas_sgemv(
          CblasRowMajor, CblasNoTrans, m, columns, 1, rows, columns, queries + q * d, 1, 0,
          scores + q * block_rows, 1);
    }
  } else {
    cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, static_cast<int>(nq), m, columns, 1, queries, columns, rows, columns,
        0, scores, static_cast<int>(block_rows));
  }
}

/// Offers every selected row to the shortlist of each of at most `block_queries` queries.
void scan(
    const faiss::IndexFlatIP &index, const float *queries, Selection selection, std::vector<Shortlist> &shortlists,
    std::vector<float> &scores) {
  const int64_t nq = static_cast<int64_t>(shortlists.size()), d = index.d;
  for (int64_t first = 0; first < index.ntotal; first += block_rows) {
    const int64_t n = std::min<int64_t>(block_rows, index.ntotal - first);
    const float *rows = index.get_xb() + first * d;
    const int64_t selected = selection.count(first, n);
    if (selected == 0) continue;
    const bool row_by_row = selected * sparse < n;
    if (!row_by_row) score_block(rows, n, queries, nq, d, scores.data());
    for (int64_t i = 0; i < n; i += 64) {
      const uint64_t word = selection.word(first + i) & Selection::mask(n - i);
      if (word == 0) continue;
      if (row_by_row) {
        for (uint64_t bits = word; bits != 0; bits &= bits - 1) {
          const int64_t row = i + __builtin_ctzll(bits);
          for (int64_t q = 0; q < nq; q++) {
            const float score = cblas_sdot(static_cast<int>(d), queries + q * d, 1, rows + row * d, 1);
            shortlists[q].offer(first + row, score);
          }
        }
      } else {
        const int count = static_cast<int>(std::min<int64_t>(64, n - i));
        for (int64_t q = 0; q < nq; q++) shortlists[q].offer(&scores[q * block_rows + i], count, first + i, word);
      }
    }
  }
}

/// Scores the candidates exactly and writes the k best; returns how many there are.
int64_t write_best(
    std::vector<Candidate> candidates, const faiss::IndexFlatIP &index, const float *query, int64_t k, int64_t *rows,
    float *scores) {
  for (Candidate &candidate : candidates) {
    candidate.score =
        static_cast<float>(inner_product(query, index.get_xb() + candidate.row * index.d, index.d));
  }
  const int64_t hits = std::min<int64_t>(k, static_cast<int64_t>(candidates.size()));
  std::partial_sort(candidates.begin(), candidates.begin() + hits, candidates.end(), precedes);
  for (int64_t i = 0; i < hits; i++) {
    rows[i] = candidates[i].row;
    scores[i] = candidates[i].score;
  }
  return hits;
}

}  // namespace

extern "C" {

int morelli_faiss_flat_create(
    const float *rows, int64_t n, int64_t d, morelli_faiss_flat **index, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(index != nullptr, "nowhere to put the index");
    *index = nullptr;
    require(d > 0 && d <= MORELLI_FAISS_MAX_DIMENSION, "the dimension is out of range");
    require(n >= 0 && n <= INT64_MAX / d / 4, "the number of rows is out of range");
    require(rows != nullptr || n == 0, "no rows");
    auto made = std::make_unique<morelli_faiss_flat>(d);
    made->largest_norm = largest_norm(rows, n, d, "row");
    if (n > 0) made->index.add(n, rows);
    *index = made.release();
  });
}

void morelli_faiss_flat_free(morelli_faiss_flat *index) { delete index; }

int64_t morelli_faiss_flat_count(const morelli_faiss_flat *index) { return index->index.ntotal; }

int64_t morelli_faiss_flat_dimension(const morelli_faiss_flat *index) { return index->index.d; }

int morelli_faiss_flat_vector(
    const morelli_faiss_flat *index, int64_t row, float *vector, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(index != nullptr && vector != nullptr, "a null pointer");
    require(row >= 0 && row < index->index.ntotal, "the row is out of range");
    const float *stored = index->index.get_xb() + row * index->index.d;
    std::copy(stored, stored + index->index.d, vector);
  });
}

int morelli_faiss_flat_search(
    const morelli_faiss_flat *index, const float *queries, int64_t nq, int64_t k, const uint64_t *selected,
    int64_t *rows, float *scores, int64_t *hits, char *message, size_t message_capacity) {
  return guarded(message, message_capacity, [&] {
    require(index != nullptr, "no index");
    require(nq > 0 && k > 0, "the number of queries and of neighbours must be positive");
    require(queries != nullptr && rows != nullptr && scores != nullptr && hits != nullptr, "a null pointer");
    const int64_t d = index->index.d;
    largest_norm(queries, nq, d, "query");
    // No shortlist can be longer than the index, and a huge k must not ask for memory that no answer fills.
    const int64_t kept = std::max<int64_t>(1, std::min<int64_t>(k, index->index.ntotal));
    std::vector<float> block(static_cast<size_t>(block_rows * std::min(nq, block_queries)));
    for (int64_t first = 0; first < nq; first += block_queries) {
      const int64_t last = std::min(nq, first + block_queries);
      std::vector<Shortlist> shortlists;
      for (int64_t q = first; q < last; q++) {
        const double norms = index->largest_norm * largest_norm(queries + q * d, 1, d, "query");
        // By Cauchy and Schwarz no partial sum exceeds the product of the norms.
        if (norms > FLT_MAX / 2) fail(MORELLI_FAISS_SCORE_OVERFLOW, "query " + std::to_string(q) + " is too large");
        shortlists.emplace_back(kept, rounding_error(norms, d));
      }
      scan(index->index, queries + first * d, Selection{selected}, shortlists, block);
      for (int64_t q = first; q < last; q++) {
        hits[q] = write_best(
            shortlists[q - first].take(), index->index, queries + q * d, k, rows + q * k, scores + q * k);
      }
    }
  });
}

}  // extern "C"
