package import Model

/// A picture to look for the like of: its blocks, in the order of the layout, nil where one is missing.
package struct Example: Sendable, Equatable {
  package let vectors: [[Float]?]

  package init(vectors: [[Float]?]) { self.vectors = vectors }

  /// Several reproductions of one work: block by block the mean of those that have it, so that no one of them
  /// stands for the work by chance.
  ///
  /// - Precondition: at least one, all of the same layout.
  package init(averaging reproductions: [[[Float]?]]) {
    precondition(!reproductions.isEmpty)
    vectors = reproductions[0].indices.map { block in Self.mean(reproductions.compactMap { $0[block] }) }
  }

  /// Number by number; nil of nothing.
  static func mean(_ vectors: [[Float]]) -> [Float]? {
    guard var sum = vectors.first else { return nil }
    for vector in vectors.dropFirst() { for index in sum.indices { sum[index] += vector[index] } }
    return sum.map { $0 / Float(vectors.count) }
  }
}

/// What is asked: works like these and unlike those. At least one example or one block is given.
package struct Query: Sendable {
  package var positives: [Example]
  package var negatives: [Example]
  /// Blocks that are given directly, such as a palette or a text, and stand in the place of the examples': vectors of any length.
  package var given: [BlockName: [Float]]
  package var weights: BlockWeights
  /// How many works to answer with, at least 1.
  package var count: Int
  /// Only these may be in the answer; nil for all.
  package var among: Set<ArtworkID>?
  /// Never in the answer: usually the examples themselves.
  package var excluded: Set<ArtworkID>
  /// How many works of one artist (or style, …) may be in the answer; nil for any number.
  package var quota: Quota?
  /// 0…1: how much likeness to works that are in the answer already counts against a work, beside its score.
  package var diversity: Float

  package init(
    positives: [Example], negatives: [Example] = [], given: [BlockName: [Float]] = [:], weights: BlockWeights,
    count: Int,
    among: Set<ArtworkID>? = nil, excluded: Set<ArtworkID> = [], quota: Quota? = nil, diversity: Float = 0
  ) {
    precondition(count >= 1 && (0...1).contains(diversity))
    self.positives = positives
    self.negatives = negatives
    self.given = given
    self.weights = weights
    self.count = count
    self.among = among
    self.excluded = excluded
    self.quota = quota
    self.diversity = diversity
  }
}

/// One work in an answer.
package struct Hit: Sendable, Equatable {
  package let artworkID: ArtworkID
  /// Of the reproduction that matches best; nil for a work without an image, found by what its entry says.
  package let fileID: Int64?
  /// −1…1: `Σ wᵢ·cos(qᵢ, bᵢ) / Σ wᵢ` over the blocks that the query has.
  package let score: Float
  /// Of each block, `wᵢ·cos(qᵢ, bᵢ) / Σ wᵢ`; they sum to the score.
  package let contributions: [BlockName: Float]
  /// 0…100: so many of a hundred pairs of works taken by chance are less alike (`Calibration`); nil where that is not known.
  package private(set) var percentile: Double?

  init(artworkID: ArtworkID, fileID: Int64?, score: Float, contributions: [BlockName: Float]) {
    self.artworkID = artworkID
    self.fileID = fileID
    self.score = score
    self.contributions = contributions
  }

  func with(percentile: Double) -> Hit {
    var hit = self
    hit.percentile = percentile
    return hit
  }
}
