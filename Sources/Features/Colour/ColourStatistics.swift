internal import Foundation

/// Twelve numbers of comparable spread that say how a set of pixels is coloured, from its moments: the means of L*, a*,
/// b*; log (1 + deviation); the skewness / (1 + deviation), about -1…1; and the covariances La, Lb, ab / the product of
/// both (1 + deviation), -1…1. The 1 (a just visible difference) keeps them calm where a set has one colour.
package struct ColourStatistics: Sendable {
  /// Numbers in `values`.
  package static let count = 12

  /// The four groups of three, one after another.
  package let values: [Float]

  package init(_ moments: ColourMoments) {
    let spread = moments.deviation + 1
    let skewness = moments.skewness / spread
    let spreads = SIMD3(spread.x, spread.x, spread.y) * SIMD3(spread.y, spread.z, spread.z)
    let correlation = moments.covariance / spreads
    values = [
      Float(moments.mean.x), Float(moments.mean.y), Float(moments.mean.z),
      Float(log(spread.x)), Float(log(spread.y)), Float(log(spread.z)),
      Float(skewness.x), Float(skewness.y), Float(skewness.z),
      Float(correlation.x), Float(correlation.y), Float(correlation.z),
    ]
  }

  /// Appends the first `groups` groups of three.
  func append(to raw: inout [Float], groups: Int = 4) { raw.append(contentsOf: values.prefix(3 * groups)) }

  /// Appends the means of the 12 numbers over `cells`, then their deviations.
  static func appendMeansAndDeviations(of cells: [ColourStatistics], to raw: inout [Float]) {
    let n = Float(cells.count)
    let means = (0..<count).map { i in cells.reduce(Float(0)) { $0 + $1.values[i] } / n }
    let deviations = (0..<count).map { i in
      (cells.reduce(Float(0)) { $0 + ($1.values[i] - means[i]) * ($1.values[i] - means[i]) } / n).squareRoot()
    }
    raw.append(contentsOf: means)
    raw.append(contentsOf: deviations)
  }
}
