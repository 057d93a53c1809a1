/// How much of which CIELAB colour: 8 × 6 × 6 soft bins, over the range that paint and paper mostly stay in. Colours
/// beyond count for the outermost bins.
package struct LabHistogram: Sendable {
  /// Numbers in the descriptor.
  package static let count = 8 * 6 * 6

  private var histogram = ColourHistogram(
    .init(bins: 8, low: 0, high: 100), .init(bins: 6, low: -40, high: 40), .init(bins: 6, low: -40, high: 56))

  package init() {}

  /// Begins a picture.
  package mutating func reset() { histogram.reset() }

  /// Counts colours (L*, a*, b*, number of pixels).
  package mutating func add(_ points: [SIMD4<Float>]) {
    for point in points { histogram.add(point, weight: UInt64(point.w)) }
  }

  /// `count` shares that sum to 1, by L*, a*, b*.
  package var shares: [Float] { histogram.shares }
}
