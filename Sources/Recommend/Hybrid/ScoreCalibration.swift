import Foundation

/// Brings the scores of one source over the candidates of one person to a scale that all sources share.
///
/// Sources can't be added as they are: a cosine, a predicted rating and a count of people have other units and other tails.
/// Whatever is told of a candidate is therefore told against the other candidates. 0 is the middle on each scale, and what a
/// source says nothing of stands there.
package enum ScoreCalibration: String, CaseIterable, Sendable, Codable {
  /// The part of the candidates that are worse, equal ones by half, less ½: −½…½. Whatever the tails, but the best ten of a
  /// thousand differ by hundredths.
  case rank
  /// Standard deviations from the mean, cut off at ±4. Distances stay, and one outlier squeezes all others.
  case standard
  /// The normal deviate of the rank (van der Waerden 1952): ranks, with the first places apart. The default.
  case normalRank

  /// - Returns: one a candidate; nil where there was none. All 0 where all scores are equal.
  package func calibrated(_ scores: [Float?]) -> [Float?] {
    switch self {
    case .rank: return Self.ranks(scores) { Float($0 - 0.5) }
    case .normalRank: return Self.ranks(scores) { Float(Self.normalDeviate($0)) }
    case .standard:
      let known = scores.compactMap { $0 }.map(Double.init)
      let mean = known.reduce(0, +) / Double(max(1, known.count))
      let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, known.count))
      let deviation = variance.squareRoot()
      // Rounding is no deviation.
      guard deviation > 1e-7 * max(abs(mean), .leastNormalMagnitude) else {
        return scores.map { $0.map { _ in 0 } }
      }
      return scores.map { $0.map { Float(min(4, max(-4, (Double($0) - mean) / deviation))) } }
    }
  }

  /// `(worse + equal/2) / known`, itself among the equal ones: above 0, below 1.
  ///
  /// - Parameter scale: what becomes of a rank.
  private static func ranks(_ scores: [Float?], scale: (Double) -> Float) -> [Float?] {
    var ordered: [UInt64] = []
    ordered.reserveCapacity(scores.count)
    for (place, score) in scores.enumerated() {
      if let score { ordered.append(ScoreKey.of(score, UInt32(place))) }
    }
    ordered.sort()
    var ranks = [Float?](repeating: nil, count: scores.count)
    var first = 0
    while first < ordered.count {
      var end = first + 1
      while end < ordered.count, ScoreKey.areEqual(ordered[end], ordered[first]) { end += 1 }
      let rank = scale((Double(first) + Double(end - first) / 2) / Double(ordered.count))
      for key in ordered[first..<end] { ranks[Int(ScoreKey.number(key))] = rank }
      first = end
    }
    return ranks
  }

  /// The number below which a standard normal one lies with probability p, to 1.2e-9 of itself (Acklam's rational approximation,
  /// 2003).
  ///
  /// - Parameter p: above 0, below 1.
  static func normalDeviate(_ p: Double) -> Double {
    if p == 0.5 { return 0 }
    // Both halves by one, so that what is as far out on either side is as large.
    if p > 0.5 { return -normalDeviate(1 - p) }
    if p < 0.02425 {
      let q = (-2 * log(p)).squareRoot()
      return polynomial(tailAbove, q) / polynomial(tailBelow, q)
    }
    let q = p - 0.5
    return q * polynomial(middleAbove, q * q) / polynomial(middleBelow, q * q)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    var sum = 0.0
    for coefficient in coefficients { sum = sum * x + coefficient }
    return sum
  }

  // The highest power first.
  private static let middleAbove = [
    -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.383577518672690e2,
    -3.066479806614716e1, 2.506628277459239,
  ]
  private static let middleBelow = [
    -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
    -1.328068155288572e1, 1,
  ]
  private static let tailAbove = [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ]
  private static let tailBelow = [
    7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1,
  ]
}
