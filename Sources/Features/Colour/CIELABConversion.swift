/// sRGB to CIELAB under D65 and the 2° observer (CIE 15:2004; sRGB of IEC 61966-2-1:1999).
///
/// Same constants as scikit-image's `rgb2lab`, with which it agrees to about 10⁻³. The linearisation is a table of
/// the 256 byte values; the cube root is interpolated in a table, several times faster than `cbrt`.
package struct CIELABConversion: Sendable {
  /// Linear light, 0…1, of each 8-bit sRGB value.
  private let linear: [Float]
  /// The CIE's f(t) at t = i / `steps`; one entry more than the last t needs, so that i + 1 always exists.
  private let root: [Float]
  /// Fine enough for an error below 10⁻⁶ where f bends most, at t = 0.008856.
  private static let steps = 16_384

  package init() {
    linear = (0...255).map { byte in
      let c = Double(byte) / 255
      return Float(c <= 0.04045 ? c / 12.92 : Self.power((c + 0.055) / 1.055, 12, over: 5))
    }
    root = (0...Self.steps + 1).map { i in
      let t = Double(i) / Double(Self.steps)
      return Float(t > 0.008856 ? Self.power(t, 1, over: 3) : 7.787 * t + 16.0 / 116)
    }
  }

  /// Writes the CIELAB of `count` pixels: L* in 0…100, a* about -86…98, b* about -108…95.
  ///
  /// - Parameters:
  ///   - rgb: interleaved 8-bit sRGB, at least `3 * count` values.
  ///   - count: how many pixels, at most a third of `planes`.
  ///   - planes: three planes of equal length, one after another, for L*, a* and b*; each is filled from its start.
  package func convert(_ rgb: Span<UInt8>, count: Int, into planes: inout MutableSpan<Float>) {
    let stride = planes.count / 3
    precondition(rgb.count >= 3 * count && stride >= count)
    let linear = linear.span
    let root = root.span
    let scale = Float(Self.steps)
    @inline(__always) func f(_ t: Float) -> Float {
      let position = t * scale
      let i = Int(position)
      let low = root[i]
      return low + (root[i + 1] - low) * (position - Float(i))
    }
    for i in 0..<count {
      let red = linear[Int(rgb[3 * i])]
      let green = linear[Int(rgb[3 * i + 1])]
      let blue = linear[Int(rgb[3 * i + 2])]
      // The rows of the matrix are divided by the white point 0.95047, 1, 1.08883.
      let x = f((0.412453 / 0.95047) * red + (0.357580 / 0.95047) * green + (0.180423 / 0.95047) * blue)
      let y = f(0.212671 * red + 0.715160 * green + 0.072169 * blue)
      let z = f((0.019334 / 1.08883) * red + (0.119193 / 1.08883) * green + (0.950227 / 1.08883) * blue)
      planes[i] = 116 * y - 16
      planes[i + stride] = 500 * (x - y)
      planes[i + 2 * stride] = 200 * (y - z)
    }
  }

  /// `x` to the power `p / q` for 0 ≤ x ≤ 1, by Newton's method: only used to fill the tables, and no libm is needed.
  private static func power(_ x: Double, _ p: Int, over q: Int) -> Double {
    guard x > 0 else { return 0 }
    var target = 1.0
    for _ in 0..<p { target *= x }
    var y = 1.0
    // From above, Newton's steps for yᵠ = target fall monotonically; the bound is far beyond what they need.
    for _ in 0..<200 {
      var below = 1.0
      for _ in 1..<q { below *= y }
      let next = y - (below * y - target) / (Double(q) * below)
      if next >= y { break }
      y = next
    }
    return y
  }
}
