import Foundation

/// How good one list is, by the works that it should have named.
package struct RankingMetrics: Sendable, Equatable {
  /// Of the first k, those that are relevant: hits/k.
  package var precision = 0.0
  /// Hits by the relevant ones.
  package var recall = 0.0
  /// `Σ 1/log₂(rank + 1)` over the hits, by what the best list would have (Järvelin and Kekäläinen 2002, doi:10.1145/582415.582418).
  package var ndcg = 0.0
  /// The mean of the precision at each hit, by min(k, relevant).
  package var averagePrecision = 0.0
  /// 1 where there is a hit.
  package var hitRate = 0.0
  /// One by the rank of the first hit; 0 without.
  package var reciprocalRank = 0.0

  package init() {}

  /// - Parameters:
  ///   - list: works, the best first, each once; the first k count.
  ///   - relevant: what should be there, not empty.
  ///   - k: 1 or more.
  package init(_ list: [Int32], relevant: Set<Int32>, k: Int) {
    precondition(k > 0 && !relevant.isEmpty, "a list is measured by something")
    let best = min(k, relevant.count)
    var hits = 0
    var (gain, precisions) = (0.0, 0.0)
    for (i, work) in list.prefix(k).enumerated() where relevant.contains(work) {
      hits += 1
      gain += 1 / log2(Double(i + 2))
      precisions += Double(hits) / Double(i + 1)
      if hits == 1 { reciprocalRank = 1 / Double(i + 1) }
    }
    let ideal = (0..<best).reduce(0.0) { $0 + 1 / log2(Double($1 + 2)) }
    precision = Double(hits) / Double(k)
    recall = Double(hits) / Double(relevant.count)
    ndcg = gain / ideal
    averagePrecision = precisions / Double(best)
    hitRate = hits > 0 ? 1 : 0
  }

  /// The names of the measures, as reports have them.
  package static let names = ["precision", "recall", "ndcg", "map", "hit_rate", "mrr"]

  /// In the order of `names`.
  package var values: [Double] { [precision, recall, ndcg, averagePrecision, hitRate, reciprocalRank] }
}

/// The works of the highest scores, the best first; of equal scores the smaller row.
///
/// - Parameters:
///   - excluding: rows left out, ascending.
package func topWorks(_ scores: [Float], _ k: Int, excluding: [Int32] = []) -> [Int32] {
  guard k > 0 else { return [] }
  // Those that may be among the best, cut down to k whenever there are so many again.
  let room = k < scores.count ? min(scores.count, k + max(k, 256)) : scores.count
  var keys: [UInt64] = []
  keys.reserveCapacity(room)
  // What has to be exceeded once there are k: of equal ones the first are here already.
  var least = -Float.infinity
  var isFull = false
  var start = 0
  for end in excluding.lazy.map({ Int($0) }).filter({ scores.indices.contains($0) }) + [scores.count]
  where start <= end {
    for work in start..<end {
      let score = scores[work]
      guard score > least || !isFull else { continue }
      keys.append(ScoreKey.of(score, ~UInt32(work)))
      guard keys.count == room else { continue }
      keepBest(k, of: &keys)
      isFull = keys.count == k
      if isFull { least = scores[Int(~ScoreKey.number(keys[k - 1]))] }
    }
    start = end + 1
  }
  keepBest(k, of: &keys)
  return keys.map { Int32(~ScoreKey.number($0)) }
}

private func keepBest(_ k: Int, of keys: inout [UInt64]) {
  keys.sort { $1 < $0 }
  keys.removeLast(max(0, keys.count - k))
}
