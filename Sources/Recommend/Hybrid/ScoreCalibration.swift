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
    case .rank: return Self.ranks(scores).map { $0.map { Float($0 - 0.5) } }
    case .normalRank: return Self.ranks(scores).map { $0.map { Float(Self.normalDeviate($0)) } }
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
  private static func ranks(_ scores: [Float?]) -> [Double?] {
    let known = scores.indices.compactMap { i in scores[i].map { (score: $0, place: i) } }
      .sorted { ($0.score, $0.place) < ($1.score, $1.place) }
    var ranks = [Double?](repeating: nil, count: scores.count)
    var first = 0
    while first < known.count {
      var end = first + 1
      while end < known.count, known[end].score == known[first].score { end += 1 }
      for item in known[first..<end] {
        ranks[item.place] = (Double(first) + Double(end - first) / 2) / Double(known.count)
      }
      first = end
    }
    return ranks
  }

  /// The number below which a standard normal one lies with probability p, to 1.2e-9 of itself (Acklam's rational approximation,
  /// 2003).
  ///
  /// - Parameter p: above 0, below 1.
  static func normalDeviate(_ p: Double) -> Double {
    func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
      coefficients.reduce(0) { $0 * x + $1 }
    }
    let a = [
      -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.383577518672690e2,
      -3.066479806614716e1, 2.506628277459239,
    ]
    let b = [
      -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
      -1.328068155288572e1, 1,
    ]
    let c = [
      -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
      4.374664141464968, 2.938163982698783,
    ]
    let d = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1]
    if p == 0.5 { return 0 }
    // Both halves by one, so that what is as far out on either side is as large.
    if p > 0.5 { return -normalDeviate(1 - p) }
    if p < 0.02425 {
      let q = (-2 * log(p)).squareRoot()
      return polynomial(c, q) / polynomial(d, q)
    }
    let q = p - 0.5
    return q * polynomial(a, q * q) / polynomial(b, q * q)
  }
}
