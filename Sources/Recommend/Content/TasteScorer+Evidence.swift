import Foundation
import Kernels

extension TasteScorer {
  /// What one work that the person knows does for a score.
  package struct Evidence: Sendable, Equatable {
    package let work: Int32
    package let isLiked: Bool
    /// One a block of the layout: its part of that block's contribution.
    package let blocks: [Float]
    package var total: Float { blocks.reduce(0, +) }
  }

  /// The works that a score comes from.
  ///
  /// A prototype is a sum of works, so its likeness is a sum too, and each work has its part: `wᵢ·vᵢ·x` of `Σ wᵢ·vᵢ·x` (for `pearson`
  /// without the means; for `euclidean`, which is no sum, by `wᵢ`).
  ///
  /// - Parameters:
  ///   - candidate: the signature of the work that was scored.
  ///   - limit: works that are looked at, heaviest first; the others stay in `rest`.
  ///   - signature: of a work that the person knows; nil where there is none any more.
  /// - Returns: the largest part first; all of them and `rest` add up to the blocks of `score(candidate)`.
  package func evidence(
    for candidate: Span<Float>, limit: Int = 64, signature: (Int32) -> [Float]?
  ) -> (works: [Evidence], rest: [Float]) {
    TasteEvidence(self).evidence(for: candidate, limit: limit, signature: signature).evidence
  }
}
