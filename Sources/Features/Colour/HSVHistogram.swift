/// How much of which hue, saturation and value: 16 × 4 × 4 soft bins (Swain & Ballard 1991's histograms,
/// doi:10.1007/BF00130487, in HSV), in which greys have no hue.
package struct HSVHistogram: Sendable {
  private static let hues = 16
  private static let saturations = 4
  private static let values = 4
  /// Numbers in the descriptor.
  package static let count = values + hues * (saturations - 1) * values

  private var histogram = ColourHistogram(
    .init(bins: hues, isCircular: true), .init(bins: saturations), .init(bins: values))

  package init() {}

  /// Begins a picture.
  package mutating func reset() { histogram.reset() }

  /// Counts `count` pixels: planes hue in turns, saturation, value.
  package mutating func add(_ planes: Span<Float>, count: Int) { histogram.add(planes, count: count) }

  /// `count` shares that sum to 1: the bins of the lowest saturation summed over hue (which is noise there), by value;
  /// then the others by hue, saturation, value.
  package var shares: [Float] {
    let all = histogram.shares
    let perHue = Self.saturations * Self.values
    var shares = [Float](repeating: 0, count: Self.values)
    shares.reserveCapacity(Self.count)
    for hue in 0..<Self.hues {
      for value in 0..<Self.values { shares[value] += all[hue * perHue + value] }
      shares.append(contentsOf: all[(hue * perHue + Self.values)..<((hue + 1) * perHue)])
    }
    return shares
  }
}
