import Foundation
import Kernels

/// What the works that a person knows do for the scores of others; made once for many of them.
struct TasteEvidence {
  private let scorer: TasteScorer
  private let prototypes: [TastePrototype]
  /// Of each prototype its works, heaviest first.
  private let members: [[(work: Int32, weight: Double)]]
  /// Of each prototype the length of its sum in each block.
  private let lengths: [[Double]]

  init(_ scorer: TasteScorer) {
    let profile = scorer.profile
    let prototypes = profile.liked + profile.disliked
    var place: [Int: Int] = [:]
    for (k, prototype) in prototypes.enumerated() { place[prototype.id] = k }
    var members = [[(work: Int32, weight: Double)]](repeating: [], count: prototypes.count)
    for (work, member) in profile.members {
      if let k = place[profile.prototype(of: member)] { members[k].append((work, member.weight)) }
    }
    for k in members.indices { members[k].sort { ($1.weight, $0.work) < ($0.weight, $1.work) } }
    self.scorer = scorer
    self.prototypes = prototypes
    self.members = members
    lengths = prototypes.map { prototype in
      profile.layout.ranges.map { range in
        var squares = 0.0
        for i in range { squares += prototype.sum[i] * prototype.sum[i] }
        return squares.squareRoot()
      }
    }
  }

  /// The score of a work, and what `TasteScorer.evidence` says of it.
  func evidence(
    for candidate: Span<Float>, limit: Int = 64, signature: (Int32) -> [Float]?
  ) -> (score: TasteScore, evidence: (works: [TasteScorer.Evidence], rest: [Float])) {
    let dimension = scorer.profile.layout.dimension
    let likedCount = scorer.profile.liked.count
    let parts = scorer.parts(candidate)
    let (score, factors) = scorer.score(candidate, parts)
    let sums = scorer.likeness == .cosine ? [] : prototypes.map { wholes($0, candidate) }
    var rest = score.blocks.map(Double.init)
    var works: [TasteScorer.Evidence] = []
    for (k, place) in heaviest(limit, factors) {
      let member = members[k][place]
      guard let vector = signature(member.work), vector.count == dimension else { continue }
      let blocks = rest.indices.map { b -> Float in
        guard parts[k][b] != 0 else { return 0 }
        return scorer.likeness == .cosine
          ? cosinePart(b, of: k, vector, candidate, factor: factors[k] * member.weight)
          : part(b, of: k, vector, candidate, factors[k] * Double(parts[k][b]), member.weight, sums[k][b])
      }
      for b in rest.indices { rest[b] -= Double(blocks[b]) }
      works.append(TasteScorer.Evidence(work: member.work, isLiked: k < likedCount, blocks: blocks))
    }
    works.sort { ($1.total, $0.work) < ($0.total, $1.work) }
    return (score, (works, rest.map(Float.init)))
  }

  /// The members of the greatest `|factor|·weight`, by prototype and place there.
  private func heaviest(_ limit: Int, _ factors: [Double]) -> [(prototype: Int, place: Int)] {
    var next = [Int](repeating: 0, count: members.count)
    var heaviest: [(prototype: Int, place: Int)] = []
    while heaviest.count < limit {
      var best: (prototype: Int, weight: Double, work: Int32)?
      for k in members.indices where next[k] < members[k].count && factors[k] != 0 {
        let member = members[k][next[k]]
        let weight = abs(factors[k]) * member.weight
        if let known = best, (known.weight, member.work) > (weight, known.work) { continue }
        best = (k, weight, member.work)
      }
      guard let best else { break }
      heaviest.append((best.prototype, next[best.prototype]))
      next[best.prototype] += 1
    }
    return heaviest
  }

  /// A prototype's direction is its sum over the sum's length, so the cosine is a sum over its works.
  private func cosinePart(
    _ b: Int, of k: Int, _ vector: [Float], _ candidate: Span<Float>, factor: Double
  ) -> Float {
    let range = scorer.profile.layout.ranges[b]
    let product = dot(vector.span.extracting(range), candidate.extracting(range))
    return Float(factor * Double(scorer.shares[b]) * Double(product) / lengths[k][b])
  }

  /// Any other likeness: the work's share of what the prototype adds.
  private func part(
    _ b: Int, of k: Int, _ vector: [Float], _ candidate: Span<Float>, _ contribution: Double,
    _ weight: Double, _ whole: Double
  ) -> Float {
    let range = scorer.profile.layout.ranges[b]
    guard scorer.likeness != .euclidean else { return Float(contribution * weight / prototypes[k].mass) }
    guard abs(whole) > 1e-12 * prototypes[k].mass else { return 0 }
    let own = share(vector[range].map(Double.init), of: candidate.extracting(range)) * weight
    return Float(contribution * own / whole)
  }

  private func wholes(_ prototype: TastePrototype, _ candidate: Span<Float>) -> [Double] {
    scorer.profile.layout.ranges.map { share(prototype.sum[$0], of: candidate.extracting($0)) }
  }

  /// What adds up over the works of a prototype.
  private func share(_ v: some Collection<Double>, of candidate: Span<Float>) -> Double {
    var mean = 0.0
    if scorer.likeness == .pearson, !v.isEmpty { mean = v.reduce(0, +) / Double(v.count) }
    var sum = 0.0
    // The candidate's mean need not be taken away: `v` without its mean is at right angles to it.
    for (i, value) in v.enumerated() { sum += (value - mean) * Double(candidate[i]) }
    return sum
  }
}
