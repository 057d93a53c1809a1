/// What was learnt from everybody's events, by source; a source that wasn't trained says nothing.
package struct TrainedModels: Sendable {
  package var scorers: [Source: any HistoryScorer]
  /// People of each row of `people`, by their numbers; empty where that source isn't trained.
  package var people: [Int64]
  /// By the name of a strategy, what its order was learnt to be (`FeedbackLearning.head`). One that was learnt for other sources than
  /// the strategy has is passed over.
  package var heads: [String: RankingHead]

  package init(
    scorers: [Source: any HistoryScorer] = [:], people: [Int64] = [], heads: [String: RankingHead] = [:]
  ) {
    self.scorers = scorers
    self.people = people
    self.heads = heads
  }

  package static let none = TrainedModels()
}
