/// From where to where ratings go.
package struct RatingScale: Sendable, Equatable {
  package let least: Float
  package let most: Float

  package init(_ least: Float = 1, _ most: Float = 5) {
    precondition(least < most && least.isFinite && most.isFinite, "a scale goes up")
    (self.least, self.most) = (least, most)
  }

  package func clip(_ rating: Float) -> Float { min(most, max(least, rating)) }
}

/// A model whose scores are ratings, not cut to the scale.
package protocol RatingPredictor: HistoryScorer {
  var scale: RatingScale { get }

  /// Expected ratings of all works by a person, cut to the scale.
  ///
  /// - Parameters:
  ///   - person: the row they had when the model was trained, where their history has not changed since; what was learned of them then is
  ///     used, by the models that keep it.
  ///   - history: their ratings.
  func ratings(
    person: Int?, history: History, into ratings: inout [Float], using room: inout ScoringRoom)
}

extension RatingPredictor {
  package func ratings(
    person: Int?, history: History, into ratings: inout [Float], using room: inout ScoringRoom
  ) {
    score(history, into: &ratings, using: &room)
    for i in ratings.indices { ratings[i] = scale.clip(ratings[i]) }
  }
}
