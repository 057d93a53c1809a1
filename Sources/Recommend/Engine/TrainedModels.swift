package import VectorIndex

/// What was learnt from everybody's events, by source; a source that wasn't trained says nothing.
package struct TrainedModels: Sendable {
  package var scorers: [Source: any HistoryScorer]
  /// People of each row of `people`, by their numbers; empty where that source isn't trained.
  package var people: [Int64]
  /// By the name of a strategy, what its order was learnt to be (`FeedbackLearning.head`). One that was learnt for other sources than
  /// the strategy has is passed over.
  package var heads: [String: RankingHead]
  /// Where candidates of models whose scores are inner products are found (`indexed`); without one, all works are scored.
  package private(set) var indexes: [Source: InnerProductIndex] = [:]

  package init(
    scorers: [Source: any HistoryScorer] = [:], people: [Int64] = [], heads: [String: RankingHead] = [:]
  ) {
    self.scorers = scorers
    self.people = people
    self.heads = heads
  }

  package static let none = TrainedModels()

  /// So many works are scored one by one as fast as an index answers.
  package static let leastIndexed = 20_000

  /// The same with an index for each model that is the faster for one; what is scored stays the same, candidates are nearly so.
  ///
  /// It takes seconds for 100,000 works, so it is made when models are learnt or read, and not kept.
  ///
  /// - Parameters:
  ///   - threads: 1 or more.
  ///   - least: works from which on there is an index.
  package func indexed(threads: Int, from least: Int = leastIndexed) -> TrainedModels {
    var models = self
    models.indexes = [:]
    for (source, scorer) in scorers {
      guard let scorer = scorer as? any FactorScorer, scorer.workCount >= least else { continue }
      // A model that no index takes is used without one.
      models.indexes[source] = try? InnerProductIndex(
        rows: scorer.workVectors, dimension: scorer.dimension, threads: threads)
    }
    return models
  }
}
