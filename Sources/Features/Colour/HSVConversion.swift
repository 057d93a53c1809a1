/// sRGB to hue, saturation and value (Smith 1978, doi:10.1145/800248.807361), as OpenCV and scikit-image define them.
package struct HSVConversion: Sendable {
  /// 1 / i for i in 1…255, and 0 at 0, which makes the hue and the saturation of black and of greys 0.
  private let reciprocal: [Float]

  package init() { reciprocal = [0] + (1...255).map { 1 / Float($0) } }

  /// Writes the HSV of `count` pixels: hue in turns (0 ≤ h < 1, red at 0), saturation and value in 0…1.
  ///
  /// - Parameters:
  ///   - rgb: interleaved 8-bit sRGB, at least `3 * count` values.
  ///   - count: how many pixels, at most a third of `planes`.
  ///   - planes: three planes of equal length, one after another, for h, s and v; each is filled from its start.
  package func convert(_ rgb: Span<UInt8>, count: Int, into planes: inout MutableSpan<Float>) {
    let stride = planes.count / 3
    precondition(rgb.count >= 3 * count && stride >= count)
    let reciprocal = reciprocal.span
    for i in 0..<count {
      let red = Int(rgb[3 * i])
      let green = Int(rgb[3 * i + 1])
      let blue = Int(rgb[3 * i + 2])
      let high = max(red, max(green, blue))
      let range = high &- min(red, min(green, blue))
      // Sixths of a turn, times the range: exact in integers, so that the wrap at red is too.
      var sixths: Int
      if high == red {
        sixths = green &- blue
        if sixths < 0 { sixths &+= 6 &* range }
      } else if high == green {
        sixths = blue &- red &+ 2 &* range
      } else {
        sixths = red &- green &+ 4 &* range
      }
      planes[i] = Float(sixths) * reciprocal[range] * (1 / 6)
      planes[i + stride] = Float(range) * reciprocal[high]
      planes[i + 2 * stride] = Float(high) * (1 / 255)
    }
  }
}
