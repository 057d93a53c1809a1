/// How a layout is brought to 0…65535: turned so that it is widest from left to right, its middle in the middle, its aspect kept.
///
/// A few points far out would leave the rest a speck. So what is more than a tenth of the layout's width beyond the 0.1st or the 99.9th
/// percentile (of either axis) is drawn in to there.
package struct MapFrame {
  private static let tail = 0.001
  private static let margin: Float = 0.1

  /// Frames a layout.
  ///
  /// - Parameters:
  ///   - coordinates: n × 2 finite numbers.
  ///   - isTurned: whether the layout may be turned.
  package static func places(_ coordinates: [Float], isTurned: Bool) -> [MapPlace] {
    let count = coordinates.count / 2
    guard count > 0 else { return [] }
    var (xs, ys) = ([Float](), [Float]())
    (xs, ys) = ((0..<count).map { coordinates[2 * $0] }, (0..<count).map { coordinates[2 * $0 + 1] })
    if isTurned { turn(&xs, &ys) }
    let (wide, high) = (limits(xs), limits(ys))
    let (width, height) = (wide.upperBound - wide.lowerBound, high.upperBound - high.lowerBound)
    let side = max(width, height)
    guard side > 0 else { return [MapPlace](repeating: .centre, count: count) }
    let scale = 65_535 / side
    func scaled(_ value: Float, _ limits: ClosedRange<Float>) -> UInt16 {
      let middle = (limits.lowerBound + limits.upperBound) / 2
      let inside = min(max(value, limits.lowerBound), limits.upperBound)
      return UInt16(min(65_535, max(0, ((inside - middle) * scale + 32_767.5).rounded())))
    }
    return (0..<count).map { MapPlace(x: scaled(xs[$0], wide), y: scaled(ys[$0], high)) }
  }

  private static func limits(_ values: [Float]) -> ClosedRange<Float> {
    let sorted = values.sorted()
    let (least, most) = (sorted[0], sorted[sorted.count - 1])
    let cut = Int(tail * Double(sorted.count))
    let (low, high) = (sorted[cut], sorted[sorted.count - 1 - cut])
    let margin = margin * (high - low)
    // Where most points are in one place, nothing tells what is far out.
    guard high > low else { return least...most }
    return max(least, low - margin)...min(most, high + margin)
  }

  /// Turns about the middle, so that the first principal axis is the horizontal one.
  private static func turn(_ xs: inout [Float], _ ys: inout [Float]) {
    let n = Double(xs.count)
    let (mx, my) = (xs.reduce(0.0) { $0 + Double($1) } / n, ys.reduce(0.0) { $0 + Double($1) } / n)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(xs, ys) {
      let (dx, dy) = (Double(x) - mx, Double(y) - my)
      xx += dx * dx
      xy += dx * dy
      yy += dy * dy
    }
    // The eigenvector of [[xx, xy], [xy, yy]] with the larger value.
    let spread = ((xx - yy) * (xx - yy) + 4 * xy * xy).squareRoot()
    var (c, s) = xx >= yy ? (xx - yy + spread, 2 * xy) : (2 * xy, yy - xx + spread)
    let length = (c * c + s * s).squareRoot()
    guard length > 0 else { return }
    c /= length
    s /= length
    if c < 0 { (c, s) = (-c, -s) }
    for i in xs.indices {
      let (dx, dy) = (Double(xs[i]) - mx, Double(ys[i]) - my)
      xs[i] = Float(c * dx + s * dy)
      ys[i] = Float(c * dy - s * dx)
    }
  }
}
