/// What a ranking head sees of a candidate.
///
/// What is the same for all candidates of a list can't change their order, so how well the person is known comes in by splitting each
/// source in two: its score for those who are known, and for those who aren't. The head thus learns how far to trust a source at
/// either end. `unseen` is 1 for a work that nobody has an event with, falling with their number.
package struct RankingFeatures: Sendable, Equatable {
  /// In order.
  package let sources: [String]
  /// Events with which a person is half known.
  package let half: Float

  package init(sources: [String], half: Float = 5) {
    precondition(half > 0)
    self.sources = sources
    self.half = half
  }

  package var names: [String] { sources.flatMap { ["\($0), known", "\($0), new"] } + ["unseen"] }

  /// - Parameters:
  ///   - calibrated: of one candidate one score a source (`ScoreCalibration`), nil where it is silent.
  ///   - personEvents: of the person.
  ///   - workEvents: of the candidate.
  package func values(_ calibrated: [Float?], personEvents: Int, workEvents: Int) -> [Float] {
    precondition(calibrated.count == sources.count)
    let n = Float(max(0, personEvents))
    let known = n / (n + half)
    return calibrated.flatMap { [known * ($0 ?? 0), (1 - known) * ($0 ?? 0)] } + [
      1 / Float(1 + max(0, workEvents))
    ]
  }

  /// What each source adds to a score, of what each feature adds; `unseen` is the last.
  package func bySource(_ contributions: [Float]) -> [Float] {
    precondition(contributions.count == 2 * sources.count + 1)
    return sources.indices.map { contributions[2 * $0] + contributions[2 * $0 + 1] } + contributions.suffix(1)
  }
}
