import Foundation
import Kernels
package import Model

/// Scores works by a profile, for one choice of weights.
///
/// With `s(k) = Σ ŵ_b·cos(prototype k, work)` over blocks (ŵ add up to 1 with the statement's), a work's score is
///
///     Σ p(k)·κ(k)·s(k)  −  share · max(0, Σ q(j)·κ(j)·s(j))  +  ŵ_statement · cos(statement, text)
///
/// over the prototypes k of what is liked and j of what isn't. p and q are soft maxima, `p(k) ∝ exp(sharpness·κ(k)·s(k))`: a work
/// needs to be like one taste of a person, not like their mean. κ = mass/(mass + half) is the trust in a prototype: one like or
/// dislike counts much where the work is like it, a glance little. A block that the work lacks adds nothing.
package struct TasteScorer: Sendable {
  /// One taste, to ask an index by.
  package struct Taste: Sendable {
    /// One a block of the layout, of length 1; nil where it has none.
    package let vectors: [[Float]?]
    /// 0…1, how much of what is liked it stands for.
    package let share: Float
  }

  package let profile: TasteProfile
  package let likeness: Likeness
  /// ŵ, one a block.
  let shares: [Float]
  private let statementShare: Float
  /// κ, one for each prototype, liked ones first.
  private let trust: [Double]
  /// Liked, then disliked prototypes, then the statement: the weighted directions, a row each.
  private let rows: [Float]
  private let rowCount: Int

  /// - Parameters:
  ///   - weights: what each block counts; nil for those that the profile was made with.
  ///   - likeness: of a prototype and a work, in one block.
  package init(
    _ profile: TasteProfile, weights: [BlockName: Float]? = nil, likeness: Likeness = .cosine
  ) {
    let (layout, prototypes) = (profile.layout, profile.liked + profile.disliked)
    let given = weights.map(layout.weights) ?? profile.weights
    precondition(given.allSatisfy { $0 >= 0 && $0.isFinite }, "weights are finite and not negative")
    let counted = given.indices.map { b in
      prototypes.contains { layout.has(b, $0.direction.span) } ? given[b] : 0
    }
    let text = layout.index(of: .text)
    let statement = profile.statement.flatMap { said in text == nil ? nil : said }
    let total = counted.reduce(statement?.weight ?? 0, +)
    shares = counted.map { total > 0 ? $0 / total : 0 }
    statementShare = total > 0 ? (statement?.weight ?? 0) / total : 0
    let scale = exp2(-min(400, max(-400, (profile.newest - profile.reference) / profile.settings.halfLife)))
    trust = prototypes.map { prototype in
      let mass = prototype.mass * scale
      return profile.settings.trustHalf == 0 ? 1 : mass / (mass + profile.settings.trustHalf)
    }
    self.profile = profile
    self.likeness = likeness

    rowCount = prototypes.count + 1
    let dimension = layout.dimension
    var rows = [Float](repeating: 0, count: dimension * rowCount)
    for (k, prototype) in prototypes.enumerated() {
      for (range, share) in zip(layout.ranges, shares) {
        for i in range { rows[k * dimension + i] = share * prototype.direction[i] }
      }
    }
    if let text, let statement {
      let range = layout.ranges[text]
      precondition(statement.vector.count == range.count, "a statement is a vector of the text block")
      for (i, value) in zip(range, statement.vector) {
        rows[prototypes.count * dimension + i] = statementShare * value
      }
    }
    self.rows = rows
  }

  /// What is liked, taste by taste, largest first: what an index is asked by, so that each taste has candidates.
  package var tastes: [Taste] {
    let total = profile.liked.reduce(0) { $0 + $1.mass }
    return profile.liked.sorted { ($1.mass, $0.id) < ($0.mass, $1.id) }.map { prototype in
      let vectors = profile.layout.ranges.indices.map { b -> [Float]? in
        profile.layout.has(b, prototype.direction.span)
          ? Array(prototype.direction[profile.layout.ranges[b]]) : nil
      }
      return Taste(vectors: vectors, share: Float(prototype.mass / total))
    }
  }

  /// - Parameter signature: the work's.
  package func score(_ signature: Span<Float>) -> TasteScore {
    precondition(signature.count == profile.layout.dimension)
    return score(signature, parts(signature)).score
  }

  /// - Parameter parts: of the signature.
  /// - Returns: the score, and what each prototype's parts are multiplied by.
  func score(_ signature: Span<Float>, _ parts: [[Float]]) -> (score: TasteScore, factors: [Double]) {
    let mix = mix(parts.map { Double($0.reduce(0, +)) })
    let blocks = shares.indices.map { b -> Float in
      var sum = 0.0
      for (part, factor) in zip(parts, mix.factors) { sum += factor * Double(part[b]) }
      return Float(sum)
    }
    let score = TasteScore(blocks: blocks, statement: statementScore(signature), nearest: mix.nearest)
    return (score, mix.factors)
  }

  /// The scores of many works at once.
  ///
  /// - Parameters:
  ///   - signatures: works × dimension numbers, work by work.
  ///   - scores: one a work; what it held is overwritten.
  package func scores(_ signatures: Span<Float>, into scores: inout MutableSpan<Float>) {
    let dimension = profile.layout.dimension
    precondition(signatures.count == scores.count * dimension)
    var room: [Float] = []
    for i in scores.indices {
      scores[i] = brief(signatures.extracting(i * dimension..<(i + 1) * dimension), using: &room).score
    }
  }

  /// The score of one work and `TasteScore.nearest`, without what they consist of: quicker.
  ///
  /// - Parameter room: is used again and again.
  func brief(_ signature: Span<Float>, using room: inout [Float]) -> (score: Float, nearest: Float) {
    guard likeness == .cosine else {
      let score = score(signature)
      return (score.score, score.nearest)
    }
    if room.count != rowCount { room = [Float](repeating: 0, count: rowCount) }
    rowScores(rows.span, signature, into: &room)
    let (likedCount, prototypeCount) = (profile.liked.count, rowCount - 1)
    let liked = softMaximum(room.span, 0..<likedCount)
    let disliked = softMaximum(room.span, likedCount..<prototypeCount)
    var nearest = -Float.infinity
    for k in 0..<likedCount { nearest = max(nearest, room[k]) }
    return (
      Float(liked - profile.settings.dislikedShare * max(0, disliked)) + room[prototypeCount],
      likedCount > 0 ? nearest : 0
    )
  }

  /// `Σ p(k)·κ(k)·s(k)` over some prototypes, without room of its own; 0 where there are none.
  private func softMaximum(_ s: Span<Float>, _ prototypes: Range<Int>) -> Double {
    guard !prototypes.isEmpty else { return 0 }
    var best = -Double.infinity
    for k in prototypes { best = max(best, trust[k] * Double(s[k])) }
    var (sum, total) = (0.0, 0.0)
    for k in prototypes {
      let trusted = trust[k] * Double(s[k])
      let weight = exp(profile.settings.sharpness * (trusted - best))
      sum += weight * trusted
      total += weight
    }
    return sum / total
  }

  /// What each prototype's `s` is multiplied by, so that the products add up to the score without the statement's part.
  func mix(_ s: [Double]) -> (factors: [Double], nearest: Float) {
    let likedCount = profile.liked.count
    let trusted = zip(s, trust).map { $0 * $1 }
    let liked = softShares(trusted[..<likedCount])
    let disliked = softShares(trusted[likedCount...])
    let away = zip(disliked, trusted[likedCount...]).reduce(0) { $0 + $1.0 * $1.1 }
    let share = away > 0 ? -profile.settings.dislikedShare : 0
    let factors = zip(liked + disliked.map { share * $0 }, trust).map { $0 * $1 }
    return (factors, Float(s[..<likedCount].max() ?? 0))
  }

  private func softShares(_ s: ArraySlice<Double>) -> [Double] {
    guard let best = s.max() else { return [] }
    let weights = s.map { exp(profile.settings.sharpness * ($0 - best)) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// For each prototype, liked ones first, `ŵ_b·likeness` of each block.
  func parts(_ signature: Span<Float>) -> [[Float]] {
    let layout = profile.layout
    return (profile.liked + profile.disliked).map { prototype in
      layout.ranges.indices.map { b in
        let range = layout.ranges[b]
        guard shares[b] > 0, layout.has(b, signature) else { return 0 }
        let work = signature.extracting(range)
        switch likeness {
        case .cosine: return shares[b] * dot(prototype.direction.span.extracting(range), work)
        case .dampedDot: return shares[b] * Float(likeness.between(prototype.mean(range).span, work))
        case .euclidean, .pearson:
          return shares[b] * Float(likeness.between(prototype.direction.span.extracting(range), work))
        }
      }
    }
  }

  private func statementScore(_ signature: Span<Float>) -> Float {
    guard statementShare > 0, let said = profile.statement, let text = profile.layout.index(of: .text) else {
      return 0
    }
    return statementShare * dot(said.vector.span, signature.extracting(profile.layout.ranges[text]))
  }
}
