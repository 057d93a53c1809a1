/// One work of a list, with why it is there.
package struct Recommendation: Sendable, Equatable {
  /// Its row.
  package let work: Int32
  /// More is better; only within its list.
  package let score: Float
  /// What each source added to the score; with `newness` they come to it.
  package let contributions: [Source: Float]
  /// What a learned order adds because few have met the work; 0 for every other strategy.
  package let newness: Float
  /// What each source said of the work among the candidates of its list, as calibrated (`ScoreCalibration`); a source that isn't named
  /// was silent. To be kept with what was shown: this is what `FeedbackLearning` learns from.
  package let said: [Source: Float]
  package let reasons: RecommendationReasons

  package init(
    work: Int32, score: Float, contributions: [Source: Float], newness: Float = 0,
    said: [Source: Float] = [:], reasons: RecommendationReasons
  ) {
    self.work = work
    self.score = score
    self.contributions = contributions
    self.newness = newness
    self.said = said
    self.reasons = reasons
  }
}
