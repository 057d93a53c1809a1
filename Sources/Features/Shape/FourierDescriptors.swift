internal import Foundation

/// Fourier descriptors of a closed contour (Zahn & Roskies 1972, doi:10.1109/TC.1972.5008949; on complex coordinates as
/// Granlund 1972, doi:10.1109/TC.1972.5008926).
///
/// The contour is read at 64 places evenly spaced among its points; of the discrete Fourier transform of x + iy the sizes of
/// the harmonics 1, -1, 2, -2, … are kept, divided by the root of the sum of their squares. Leaving harmonic 0 out makes
/// them free of place, the division of scale, the sizes alone of rotation and start; a mirror exchanges k and -k.
/// The literature divides by harmonic 1, which may be 0 (a line followed there and back twice); the sum is not.
package struct FourierDescriptors: Sendable {
  /// Places at which a contour is read.
  package static let samples = 64
  /// Numbers of a contour: the harmonics ±1…±8.
  package static let count = 16

  /// cos and sin of 2πj / 64 at 2j and 2j + 1.
  private let circle: [Float]

  package init() {
    circle = (0..<Self.samples).flatMap { j -> [Float] in
      let angle = 2 * Double.pi * Double(j) / Double(Self.samples)
      return [Float(cos(angle)), Float(sin(angle))]
    }
  }

  /// |c1|, |c-1|, |c2|, |c-2|, …, 0…1, of root mean square sum 1; all zeros for a contour of one place.
  ///
  /// - Parameters:
  ///   - points: x and y by turns.
  ///   - range: the contour's points, at least one.
  package func describe(_ points: Span<Int16>, _ range: Range<Int>) -> [Float] {
    precondition(!range.isEmpty && points.count >= 2 * range.upperBound)
    var sizes = [Float](repeating: 0, count: Self.count)
    let circle = circle.span
    var cosines = InlineArray<16, SIMD2<Float>>(repeating: .zero)
    var sines = InlineArray<16, SIMD2<Float>>(repeating: .zero)
    // About the first point, so that the sums stay small.
    let origin = SIMD2(Float(points[2 * range.lowerBound]), Float(points[2 * range.lowerBound + 1]))
    for j in 0..<Self.samples {
      let at = range.lowerBound + j * range.count / Self.samples
      let z = SIMD2(Float(points[2 * at]), Float(points[2 * at + 1])) - origin
      for k in 1...Self.count / 2 {
        let turn = 2 * (j * k % Self.samples)
        cosines[k - 1] += z * circle[turn]
        sines[k - 1] += z * circle[turn + 1]
      }
    }
    var squares: Float = 0
    for k in 0..<Self.count / 2 {
      let (c, s) = (cosines[k], sines[k])
      // e^-ikt and e^+ikt: (x + iy)(cos ∓ i sin).
      let forth = SIMD2(c.x + s.y, c.y - s.x)
      let back = SIMD2(c.x - s.y, c.y + s.x)
      for (i, value) in [forth, back].enumerated() {
        let square = (value * value).sum()
        sizes[2 * k + i] = square.squareRoot()
        squares += square
      }
    }
    guard squares > 1e-6 else { return [Float](repeating: 0, count: Self.count) }
    let inverse = 1 / squares.squareRoot()
    return sizes.map { $0 * inverse }
  }
}
