/// Scores of candidates made of several sources; what the sources add adds up to the score.
package struct Blend: Sendable, Equatable {
  /// Names, in order.
  package let sources: [String]
  /// candidates × sources numbers, candidate by candidate.
  package let contributions: [Float]

  package init(sources: [String], contributions: [Float]) {
    precondition(sources.isEmpty ? contributions.isEmpty : contributions.count.isMultiple(of: sources.count))
    self.sources = sources
    self.contributions = contributions
  }

  package var count: Int { sources.isEmpty ? 0 : contributions.count / sources.count }

  /// What each source adds to one candidate's score.
  package func contributions(of candidate: Int) -> [Float] {
    Array(contributions[candidate * sources.count..<(candidate + 1) * sources.count])
  }

  package func score(_ candidate: Int) -> Float {
    var sum: Float = 0
    for place in candidate * sources.count..<(candidate + 1) * sources.count { sum += contributions[place] }
    return sum
  }

  package var scores: [Float] { (0..<count).map(score) }

  /// Candidates, best first; equal ones in their order.
  package var ranking: [Int] { descendingOrder(scores) }
}
