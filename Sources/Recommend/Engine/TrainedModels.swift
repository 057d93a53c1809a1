/// What was learnt from everybody's events, by source; a source that wasn't trained says nothing.
package struct TrainedModels: Sendable {
  package var scorers: [Source: any HistoryScorer]
  /// People of each row of `people`, by their numbers; empty where that source isn't trained.
  package var people: [Int64]

  package init(scorers: [Source: any HistoryScorer] = [:], people: [Int64] = []) {
    self.scorers = scorers
    self.people = people
  }

  package static let none = TrainedModels()
}
