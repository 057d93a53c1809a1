/// What `RecommenderBench` found, as JSON has it.
package struct BenchReport: Sendable, Codable {
  /// One model on one fold.
  package struct Rating: Sendable, Codable {
    package var model: String
    package var fold: Int
    package var rmse, mae: Double
    package var train_s, test_s: Double
  }

  /// One model on one split.
  package struct Ranking: Sendable, Codable {
    package var model: String
    package var split, seed: Int
    package var train_s, test_s: Double
    package var people: Int
    package var precision, recall, ndcg, map, hit_rate, mrr: Double
    package var coverage, novelty: Double
    /// The 95 % of the mean nDCG over people, and of its difference to popularity.
    package var ndcg_low, ndcg_high: Double
    package var over_popularity, over_popularity_low, over_popularity_high: Double
  }

  package var ratings, people, works: Int
  package var threads: Int
  package var rating: [Rating] = []
  package var ranking: [Ranking] = []
}
