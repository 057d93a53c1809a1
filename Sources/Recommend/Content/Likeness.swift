import Foundation

/// How alike two vectors are.
///
/// Rules for what is missing: a vector of zeros is a missing one, and nothing is like it (0). So is a constant vector for `pearson`,
/// which has no direction once its mean is gone.
package enum Likeness: String, CaseIterable, Sendable, Codable {
  /// `u·v / (‖u‖·‖v‖)`, −1…1.
  case cosine
  /// `1 / (1 + ‖u − v‖)`, above 0…1.
  case euclidean
  /// The correlation of the two rows of numbers, −1…1: the cosine once each has lost its mean (Pearson 1895,
  /// doi:10.1098/rspl.1895.0041).
  case pearson
  /// `u·v / √(‖u‖² + ‖v‖²)`: a dot product that a long vector can't win by its length alone, as it is at most the length of the
  /// shorter one; of two vectors of length 1 it is the cosine over √2.
  case dampedDot

  /// - Parameters:
  ///   - u: n finite numbers.
  ///   - v: as many.
  /// - Returns: a finite number; 0 where one of the two is missing.
  package func between(_ u: Span<Float>, _ v: Span<Float>) -> Double {
    precondition(u.count == v.count, "likeness needs two vectors of one length")
    guard !u.isEmpty else { return 0 }
    var (uMean, vMean) = (0.0, 0.0)
    if self == .pearson { (uMean, vMean) = (Self.mean(u), Self.mean(v)) }
    var (uu, vv, uv, apart) = (0.0, 0.0, 0.0, 0.0)
    for i in u.indices {
      let (a, b) = (Double(u[i]) - uMean, Double(v[i]) - vMean)
      uu += a * a
      vv += b * b
      uv += a * b
      apart += (a - b) * (a - b)
    }
    // What rounding leaves of a constant vector is no direction.
    let floor = self == .pearson ? 1e-14 * Double(u.count) : 0
    guard uu > floor * uMean * uMean, vv > floor * vMean * vMean, uu > 0, vv > 0 else { return 0 }
    switch self {
    case .cosine, .pearson: return min(1, max(-1, uv / (uu.squareRoot() * vv.squareRoot())))
    case .euclidean: return 1 / (1 + apart.squareRoot())
    case .dampedDot: return uv / (uu + vv).squareRoot()
    }
  }

  private static func mean(_ v: Span<Float>) -> Double {
    var sum = 0.0
    for i in v.indices { sum += Double(v[i]) }
    return sum / Double(v.count)
  }
}
