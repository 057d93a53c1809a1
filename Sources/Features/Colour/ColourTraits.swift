internal import Foundation

/// What people call a picture's colour, in numbers: Itten's contrasts (1961, "Kunst der Farbe") as far as they can be
/// measured, and what lies around them.
package struct ColourTraits: Sendable, Equatable {
  /// Mean L*, 0…100.
  package var lightness: Float
  /// Standard deviation of L*: the contrast of light and dark, 0…50.
  package var lightDarkContrast: Float
  /// Mean chroma, 0…about 100.
  package var chroma: Float
  /// Standard deviation of chroma: the contrast of saturation.
  package var saturationContrast: Float
  /// Mean projection on the axis from blue (-) to orange (+) in the a*b* plane: the balance of cold and warm.
  package var warmth: Float
  /// How many hues there are: the exponential of the entropy of chroma over 12 hues, 1…12; 1 for a picture without chroma.
  package var hueVariety: Float
  /// The part of the chroma that has as much opposite to it on the circle of hues: the complementary contrast, 0…1.
  package var complementaryContrast: Float
  /// The part of pixels with their own colour 5 px away: flat areas against broken colour, 0…1.
  package var flatness: Float
  /// Mean L* of the upper third less that of the lower third.
  package var lightAbove: Float
  /// Mean L* of the middle (half of each side) less that of the rest.
  package var lightWithin: Float

  private static let hues = 12
  /// Where orange lies in the a*b* plane.
  private static let warmAngle: Float = 60 * .pi / 180

  /// - Parameters:
  ///   - points: colours (L*, a*, b*) with their number of pixels; at least one.
  ///   - layout: of the same pixels.
  ///   - flatness: the share of pairs 5 px apart with one colour.
  init(points: [SIMD4<Float>], layout: ColourLayout, flatness: Float) {
    let whole = layout.whole
    var total: Float = 0
    var (sum, squares, warm) = (Float(0), Float(0), Float(0))
    var hues = [Float](repeating: 0, count: Self.hues)
    let (warmA, warmB) = (cos(Self.warmAngle), sin(Self.warmAngle))
    for point in points {
      let chroma = (point.y * point.y + point.z * point.z).squareRoot()
      total += point.w
      sum += point.w * chroma
      squares += point.w * chroma * chroma
      warm += point.w * (point.y * warmA + point.z * warmB)
      // Shared between the two hues around it, so that no colour jumps from one to the next.
      let turn = atan2(point.z, point.y) / (2 * .pi)
      let position = (turn < 0 ? turn + 1 : turn) * Float(Self.hues)
      let first = Int(position)
      hues[first % Self.hues] += point.w * chroma * (1 - (position - Float(first)))
      hues[(first + 1) % Self.hues] += point.w * chroma * (position - Float(first))
    }
    lightness = Float(whole.mean.x)
    lightDarkContrast = Float(whole.deviation.x)
    chroma = sum / total
    saturationContrast = max(squares / total - chroma * chroma, 0).squareRoot()
    warmth = warm / total
    // Below a mean chroma of 1, hue is noise.
    let shares = hues.map { $0 / max(sum, total) }
    let entropy = shares.reduce(Float(0)) { $1 > 0 ? $0 - $1 * log($1) : $0 }
    hueVariety = exp(max(entropy, 0))
    let opposite = Self.hues / 2
    complementaryContrast =
      2 * (0..<opposite).reduce(Float(0)) { $0 + min(shares[$1], shares[$1 + opposite]) }
    self.flatness = flatness
    let lightness = (0..<ColourLayout.side).map { row in
      (0..<ColourLayout.side).map { layout.moments(row: row, column: $0, side: ColourLayout.side).mean.x }
    }
    lightAbove = Float(Self.mean(lightness.prefix(5), 0..<16) - Self.mean(lightness.suffix(5), 0..<16))
    let within = Self.mean(lightness[4..<12], 4..<12)
    // The middle is a quarter of the picture.
    let rest = (4 * Self.mean(lightness[...], 0..<16) - within) / 3
    lightWithin = Float(within - rest)
  }

  private static func mean(_ rows: ArraySlice<[Double]>, _ columns: Range<Int>) -> Double {
    var sum = 0.0
    for row in rows { for column in columns { sum += row[column] } }
    return sum / Double(rows.count * columns.count)
  }
}
