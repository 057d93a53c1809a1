import Model

/// How much there is in a thumbnail beside its shading: the deviation of its luma from the best surface of the second
/// order, in levels.
///
/// A blank sheet has next to nothing but the fall of light on it, and the hashes would see that alone: all blank sheets
/// would be copies of one another.
enum Flatness {
  /// Views whose luma deviates less are too flat to tell apart, in levels of 255.
  static let limit = 1.5

  /// Root mean square, in levels. `luma` is 32 × 32.
  static func deviation(_ luma: Span<UInt8>) -> Double {
    let side = CopyDescriptor.View.side
    let count = Double(side * side)
    // 1, x, y, xy, x² and y² less their means: orthogonal on the grid, so that each takes its share out by itself.
    let mean = Double(side * side - 1) / 12
    var sums = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    var norms = (x: 0.0, xy: 0.0, square: 0.0)
    var squares = 0.0
    for row in 0..<side {
      for column in 0..<side {
        let (x, y) = (Double(column) - Double(side - 1) / 2, Double(row) - Double(side - 1) / 2)
        let value = Double(luma[row * side + column])
        squares += value * value
        sums.0 += value
        sums.1 += value * x
        sums.2 += value * y
        sums.3 += value * x * y
        sums.4 += value * (x * x - mean)
        sums.5 += value * (y * y - mean)
        norms.x += x * x
        norms.xy += x * x * y * y
        norms.square += (x * x - mean) * (x * x - mean)
      }
    }
    let shading =
      sums.0 * sums.0 / count + (sums.1 * sums.1 + sums.2 * sums.2) / norms.x + sums.3 * sums.3 / norms.xy
      + (sums.4 * sums.4 + sums.5 * sums.5) / norms.square
    return (max(0, squares - shading) / count).squareRoot()
  }
}
