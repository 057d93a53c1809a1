/// One work of a list, with why it is there.
package struct Recommendation: Sendable, Equatable {
  /// Its row.
  package let work: Int32
  /// More is better; only within its list.
  package let score: Float
  /// What each source added to the score.
  package let contributions: [Source: Float]
  package let reasons: RecommendationReasons

  package init(
    work: Int32, score: Float, contributions: [Source: Float], reasons: RecommendationReasons
  ) {
    self.work = work
    self.score = score
    self.contributions = contributions
    self.reasons = reasons
  }
}
