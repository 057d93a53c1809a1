import Glibc

/// 1 / (1 + a·d^2b): how near two points of a map at a distance d count as, the smooth curve that comes nearest (least squares) to 1 up to
/// `nearest` and exp(−(d − nearest)/spread) beyond (McInnes, Healy and Melville 2018, arXiv:1802.03426, definition 11;
/// `umap.umap_.find_ab_params`).
package struct LayoutCurve: Hashable, Sendable {
  /// Above 0.
  package let a, b: Double

  /// Fits the curve.
  ///
  /// - Parameters:
  ///   - nearest: UMAP's `min_dist`, 0…spread: how near points that belong together may come.
  ///   - spread: above 0: the scale of the map.
  package init(nearest: Double, spread: Double) {
    precondition(spread > 0 && nearest >= 0 && nearest <= spread)
    let samples = (0..<300).map { place -> (x: Double, y: Double) in
      let x = 3 * spread * Double(place) / 299
      return (x, x < nearest ? 1 : exp(-(x - nearest) / spread))
    }
    // Levenberg and Marquardt, from a = b = 1 as SciPy begins.
    var (a, b, damping) = (1.0, 1.0, 1e-3)
    var error = Self.error(samples, a, b)
    for _ in 0..<500 {
      var (aa, ab, bb, ga, gb) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (x, y) in samples where x > 0 {
        let power = pow(x, 2 * b)
        let value = 1 / (1 + a * power)
        let byA = -value * value * power
        let byB = byA * a * 2 * log(x)
        let rest = y - value
        aa += byA * byA
        ab += byA * byB
        bb += byB * byB
        ga += byA * rest
        gb += byB * rest
      }
      let (p, q) = (aa * (1 + damping), bb * (1 + damping))
      let determinant = p * q - ab * ab
      guard determinant > 0 else { break }
      let (stepA, stepB) = ((q * ga - ab * gb) / determinant, (p * gb - ab * ga) / determinant)
      let tried = a + stepA > 0 && b + stepB > 0 ? Self.error(samples, a + stepA, b + stepB) : .infinity
      if tried <= error {
        (a, b, error, damping) = (a + stepA, b + stepB, tried, damping / 3)
        if abs(stepA) + abs(stepB) < 1e-12 { break }
      } else {
        damping *= 4
        if damping > 1e12 { break }
      }
    }
    self.a = a
    self.b = b
  }

  private static func error(_ samples: [(x: Double, y: Double)], _ a: Double, _ b: Double) -> Double {
    samples.reduce(0) { sum, sample in
      let rest = sample.y - 1 / (1 + a * pow(sample.x, 2 * b))
      return sum + rest * rest
    }
  }
}
