internal import Kernels

/// Which directions of the gradient stand beside which: the drawing of lines, corners, curves and hatchings.
///
/// The gradient local auto-correlation of second order (Kobayashi & Otsu 2008, "Image feature extraction using gradient
/// local auto-correlations", doi:10.1007/978-3-540-88682-2_27): for pairs of pixels at a small displacement, the lesser of
/// both gradients' strengths, summed by their directions, here 8 (a line's two sides differ, so the full circle is kept).
/// The paper shares a gradient among two directions; here it goes to the nearest, and faint ones are left out. The
/// statistic at a displacement is that of Haralick's co-occurrence matrices. Owns its buffers.
package struct DirectionCooccurrence: Sendable {
  /// Directions: nearest multiples of 45°, from towards the right, turning downwards.
  package static let directions = 8
  /// Displacements: to the right, below, below to the right, below to the left.
  package static let displacements = 4
  /// Numbers: displacement by displacement 8 × 8, direction of the pixel × direction at the displacement.
  package static let count = displacements * directions * directions
  /// In pixels.
  package static let distance = 2
  /// Gradients up to this, √(dx² + dy²) in `GradientField`'s unit, say nothing: steps up to 8 grey levels.
  package static let least = 32

  private var bins = [UInt8](repeating: 0, count: AnalysisImage.fullSide * AnalysisImage.fullSide)
  private var strengths = [UInt16](repeating: 0, count: AnalysisImage.fullSide * AnalysisImage.fullSide)
  private var scratch = [Int32](repeating: 0, count: AnalysisImage.fullSide)
  private var sums = [UInt32](repeating: 0, count: count)

  package init() {}

  /// Measures another picture.
  package mutating func measure(_ gradient: GradientField, width: Int, height: Int) {
    Self.measure(gradient, width, height, &bins, &strengths, &scratch, &sums)
  }

  /// `count` shares: the 64 of each displacement sum to 1, or are all 0 where no two gradients meet.
  package var shares: [Float] {
    var shares: [Float] = []
    shares.reserveCapacity(Self.count)
    for start in stride(from: 0, to: Self.count, by: 64) {
      var total: UInt64 = 0
      for i in start..<start + 64 { total += UInt64(sums[i]) }
      let factor = total > 0 ? 1 / Float(total) : 0
      for i in start..<start + 64 { shares.append(Float(sums[i]) * factor) }
    }
    return shares
  }

  private static func measure(
    _ gradient: GradientField, _ width: Int, _ height: Int, _ bins: inout [UInt8],
    _ strengths: inout [UInt16], _ scratch: inout [Int32], _ sums: inout [UInt32]
  ) {
    var directions = bins.mutableSpan
    var lengths = strengths.mutableSpan
    Kernels.directions(
      gradient.dx.span, gradient.dy.span, count: width * height, least: least, bins: &directions,
      strengths: &lengths)
    var active = scratch.mutableSpan
    var out = sums.mutableSpan
    directionCooccurrence(
      directions.span, lengths.span, width: width, height: height, distance: distance, scratch: &active,
      sums: &out)
  }
}
