import Foundation

/// How well relevant works come before the others, averaged over queries. Each query has at least one relevant work.
package struct RetrievalMetrics: Sendable, Equatable {
  package private(set) var queries = 0
  private var sums = Values()

  /// Parts of 1.
  package struct Values: Sendable, Equatable {
    /// The part of queries whose first work is relevant.
    package fileprivate(set) var precisionAt1 = 0.0
    /// Mean average precision over the first ten works: over min(10, relevant works).
    package fileprivate(set) var meanAveragePrecisionAt10 = 0.0
    /// Over the whole ranking.
    package fileprivate(set) var meanAveragePrecision = 0.0
    /// The part of the relevant works that are among the first hundred.
    package fileprivate(set) var recallAt100 = 0.0
    /// Normalised discounted cumulative gain of the first ten, a relevant work's gain being 1 (Järvelin & Kekäläinen 2002,
    /// doi:10.1145/582415.582418).
    package fileprivate(set) var nDCGAt10 = 0.0
  }

  package init() {}

  /// The means; zeros for no query.
  package var means: Values {
    guard queries > 0 else { return sums }
    let n = Double(queries)
    return Values(
      precisionAt1: sums.precisionAt1 / n, meanAveragePrecisionAt10: sums.meanAveragePrecisionAt10 / n,
      meanAveragePrecision: sums.meanAveragePrecision / n, recallAt100: sums.recallAt100 / n,
      nDCGAt10: sums.nDCGAt10 / n)
  }

  /// Takes in the answer to one query.
  ///
  /// - Parameter ranks: of the relevant works among all others, from 1, rising; at least one.
  package mutating func add(ranks: [Int]) {
    precondition(!ranks.isEmpty && ranks[0] >= 1)
    let relevant = Double(ranks.count)
    // At the i-th relevant work, i of the works so far are relevant.
    let precisions = zip(1..., ranks).map { Double($0) / Double($1) }
    let firstTen = ranks.prefix { $0 <= 10 }
    let ideal = (1...min(ranks.count, 10)).reduce(0) { $0 + Self.discount($1) }
    queries += 1
    sums.precisionAt1 += ranks[0] == 1 ? 1 : 0
    sums.meanAveragePrecisionAt10 += precisions.prefix(firstTen.count).reduce(0, +) / min(relevant, 10)
    sums.meanAveragePrecision += precisions.reduce(0, +) / relevant
    sums.recallAt100 += Double(ranks.prefix { $0 <= 100 }.count) / relevant
    sums.nDCGAt10 += firstTen.reduce(0) { $0 + Self.discount($1) } / ideal
  }

  private static func discount(_ rank: Int) -> Double { 1 / log2(Double(rank) + 1) }
}
