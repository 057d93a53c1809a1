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
    let layout = profile.layout
    let parts = parts(candidate)
    let factors = mix(parts.map { Double($0.reduce(0, +)) }).factors
    var rest = score(candidate).blocks.map(Double.init)
    let prototypes = profile.liked + profile.disliked
    var place: [Int: Int] = [:]
    for (k, prototype) in prototypes.enumerated() { place[prototype.id] = k }
    let heaviest = profile.members.compactMap { work, member in
      place[member.prototype].map { (work: work, member: member, prototype: $0) }
    }.sorted { a, b in
      let (p, q) = (abs(factors[a.prototype]) * a.member.weight, abs(factors[b.prototype]) * b.member.weight)
      return (q, a.work) < (p, b.work)
    }.prefix(limit)

    var evidence: [Evidence] = []
    for (work, member, k) in heaviest where factors[k] != 0 {
      guard let vector = signature(work), vector.count == layout.dimension else { continue }
      let blocks = layout.ranges.indices.map { b -> Float in
        guard parts[k][b] != 0 else { return 0 }
        let range = layout.ranges[b]
        let whole = share(prototypes[k].sum[range], of: candidate.extracting(range))
        let own = share(vector[range].map(Double.init), of: candidate.extracting(range)) * member.weight
        let contribution = factors[k] * Double(parts[k][b])
        guard likeness != .euclidean else { return Float(contribution * member.weight / prototypes[k].mass) }
        guard abs(whole) > 1e-12 * prototypes[k].mass else { return 0 }
        return Float(contribution * own / whole)
      }
      for b in rest.indices { rest[b] -= Double(blocks[b]) }
      evidence.append(Evidence(work: work, isLiked: member.isLiked, blocks: blocks))
    }
    evidence.sort { ($1.total, $0.work) < ($0.total, $1.work) }
    return (evidence, rest.map(Float.init))
  }

  /// What adds up over the works of a prototype.
  private func share(_ v: some Collection<Double>, of candidate: Span<Float>) -> Double {
    var mean = 0.0
    if likeness == .pearson, !v.isEmpty { mean = v.reduce(0, +) / Double(v.count) }
    var sum = 0.0
    // The candidate's mean need not be taken away: `v` without its mean is at right angles to it.
    for (i, value) in v.enumerated() { sum += (value - mean) * Double(candidate[i]) }
    return sum
  }
}
