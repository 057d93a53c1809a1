internal import Foundation

/// The sums of x^p y^q over a set of points, p + q ≤ 3, about an origin of one's choice.
package struct PointMoments: Sendable, Equatable {
  var m00 = 0.0
  var m10 = 0.0, m01 = 0.0
  var m20 = 0.0, m11 = 0.0, m02 = 0.0
  var m30 = 0.0, m21 = 0.0, m12 = 0.0, m03 = 0.0

  package init() {}

  /// Adds a point.
  @inline(__always)
  package mutating func add(_ x: Double, _ y: Double) {
    let (xx, yy) = (x * x, y * y)
    m00 += 1
    m10 += x
    m01 += y
    m20 += xx
    m11 += x * y
    m02 += yy
    m30 += xx * x
    m21 += xx * y
    m12 += x * yy
    m03 += yy * y
  }

  /// The points' centre; the origin where there are none.
  package var centre: SIMD2<Double> { m00 > 0 ? SIMD2(m10, m01) / m00 : .zero }
}

/// Hu's seven moments (Hu 1962, "Visual pattern recognition by moment invariants", doi:10.1109/TIT.1962.1057692) of a set
/// of points that weigh 1 each, as `cv2.HuMoments` computes them from `cv2.moments` of the binary picture of the points.
///
/// They stay the same when the set is moved, turned or (where a set is a filled region) scaled; a mirror changes the sign of
/// the seventh only. A line's mass grows with its length, not its area: the first moment of a line falls with 1 / scale.
package struct HuMoments: Sendable, Equatable {
  /// Where the logarithmic scale begins: less counts as nothing.
  package static let floor = 1e-12

  /// h1…h7; all zeros for no points.
  package let values: [Double]

  package init(_ m: PointMoments) {
    guard m.m00 > 0 else {
      values = [Double](repeating: 0, count: 7)
      return
    }
    let (x, y) = (m.m10 / m.m00, m.m01 / m.m00)
    let second = 1 / (m.m00 * m.m00)
    let third = second / m.m00.squareRoot()
    let n20 = (m.m20 - x * m.m10) * second
    let n11 = (m.m11 - x * m.m01) * second
    let n02 = (m.m02 - y * m.m01) * second
    let n30 = (m.m30 - x * (3 * m.m20 - 2 * x * m.m10)) * third
    let n21 = (m.m21 - x * (2 * m.m11 - x * m.m01) - y * (m.m20 - x * m.m10)) * third
    let n12 = (m.m12 - y * (2 * m.m11 - y * m.m10) - x * (m.m02 - y * m.m01)) * third
    let n03 = (m.m03 - y * (3 * m.m02 - 2 * y * m.m01)) * third
    let (a, b) = (n30 + n12, n21 + n03)
    let (c, d) = (n30 - 3 * n12, 3 * n21 - n03)
    let difference = n20 - n02
    values = [
      n20 + n02,
      difference * difference + 4 * n11 * n11,
      c * c + d * d,
      a * a + b * b,
      c * a * (a * a - 3 * b * b) + d * b * (3 * a * a - b * b),
      difference * (a * a - b * b) + 4 * n11 * a * b,
      d * a * (a * a - 3 * b * b) - c * b * (3 * a * a - b * b),
    ]
  }

  /// Each moment's sign times the decades that its size lies above `floor`: 0 for nothing, 12 for 1.
  ///
  /// The usual sign · log10 |h| leaps from one end to the other where a moment passes zero; this one does not.
  package var signedLog: [Float] {
    values.map { value in
      let decades = log10(max(abs(value), Self.floor) / Self.floor)
      return Float(value < 0 ? -decades : decades)
    }
  }
}
