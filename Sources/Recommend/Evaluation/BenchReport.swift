import Foundation

/// What `RecommenderBench` found, as JSON has it.
package struct BenchReport: Sendable, Codable {
  /// One model on one fold.
  package struct Rating: Sendable, Codable {
    package var model: String
    package var fold: Int
    package var rmse, mae: Double
    package var trainSeconds, testSeconds: Double
  }

  /// One model on one split.
  package struct Ranking: Sendable, Codable {
    package var model: String
    package var split, seed: Int
    package var trainSeconds, testSeconds: Double
    package var people: Int
    package var precision, recall, ndcg, map, hitRate, mrr: Double
    package var coverage, novelty: Double
    /// The 95 % of the mean nDCG over people, and of its difference to popularity.
    package var ndcgLow, ndcgHigh: Double
    package var overPopularity, overPopularityLow, overPopularityHigh: Double
  }

  package var ratings, people, works: Int
  package var threads: Int
  package var rating: [Rating] = []
  package var ranking: [Ranking] = []

  /// As `--json` prints it, keys in snake case.
  package func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
