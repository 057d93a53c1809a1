/// Makes a list of scored candidates: what it should be like besides right.
package struct ListComposer: Sendable, Equatable {
  /// 0 (the ranking) …1: how much unlikeness to what stands in the list already counts.
  package var diversity: Float = 0
  /// 0…: how much a work that few people know gains (`Popularity.novelty`).
  package var novelty: Float = 0
  /// 0…: how much a work that is far from all that the person likes gains; only what has worth gains by it.
  package var serendipity: Float = 0
  /// 0…1: the power of the correction for popularity.
  package var popularityPower: Float = 0

  package init() {}

  /// A work that may be in the list.
  package struct Candidate: Sendable, Equatable {
    /// As ranked by, on any scale.
    package let score: Float
    /// 0…1.
    package let novelty: Float
    /// 0…1: how far it is from all that the person likes.
    package let unexpectedness: Float
    /// 0…1: `Popularity.correction`, of the power of this composer.
    package let correction: Float

    package init(score: Float, novelty: Float = 0, unexpectedness: Float = 0, correction: Float = 1) {
      self.score = score
      self.novelty = novelty
      self.unexpectedness = unexpectedness
      self.correction = correction
    }
  }

  /// What each is worth, 0 and above: its score between the lowest (0) and the highest (1) of all, corrected, then what novelty and
  /// surprise add. Surprise counts by the score: what is merely odd is no find (Adamopoulos & Tuzhilin 2014,
  /// doi:10.1145/2559952).
  package func worths(_ candidates: [Candidate]) -> [Float] {
    let scores = candidates.map(\.score)
    precondition(scores.allSatisfy(\.isFinite), "scores are finite")
    guard let low = scores.min(), let high = scores.max() else { return [] }
    let scaled = candidates.map {
      high > low ? ($0.score - low) / (high - low) * $0.correction : $0.correction
    }
    let best = scaled.max() ?? 0
    return zip(candidates, scaled).map { candidate, value in
      let worth = best > 0 ? value / best : 0
      return worth + novelty * candidate.novelty + serendipity * worth * candidate.unexpectedness
    }
  }

  /// - Parameters:
  ///   - count: how long the list is at most.
  ///   - distance: of two candidates, 0…1.
  /// - Returns: candidates in the order of the list.
  package func list(
    _ count: Int, of candidates: [Candidate], quotas: LabelQuotas = LabelQuotas(),
    distance: (Int, Int) -> Float
  ) -> [Int] {
    MaximalMarginalRelevance.choose(
      count, worths: worths(candidates), share: 1 - diversity, quotas: quotas, distance: distance)
  }
}
