/// What one source of recommendations says of some candidates, on its own scale.
package struct SourceScores: Sendable {
  /// Such as `content` or `als`.
  package let name: String
  /// One a candidate, more is better; nil where the source knows nothing of it, and whatever isn't finite counts as that.
  package let scores: [Float?]

  package init(_ name: String, _ scores: [Float?]) {
    self.name = name
    self.scores = scores.map { $0.flatMap { $0.isFinite ? $0 : nil } }
  }
}
