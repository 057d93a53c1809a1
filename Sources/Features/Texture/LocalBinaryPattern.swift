internal import Foundation
import Kernels

/// Histograms of uniform local binary patterns (Ojala, Pietikäinen & Mäenpää 2002, doi:10.1109/TPAMI.2002.1017623).
///
/// A pixel's code says which of P neighbours at distance R are not darker than it. Codes that change at most twice going
/// round are uniform. Two mappings, as in `skimage.feature.local_binary_pattern`: every uniform code has its own bin
/// (`nri_uniform`; P (P − 1) + 3 bins), or all with equally many neighbours not darker share one (`uniform`; P + 2 bins);
/// all others share the last bin. The histograms sum to 1.
///
/// Unchanged where grey values change in a way that keeps their order, as long as the neighbours are pixels (interpolation
/// between pixels doesn't keep order exactly). The second mapping is unchanged by quarter turns too, and nearly by others.
/// Against scikit-image: pixels nearer than R to the border are left out, there they are compared with zeros beyond it;
/// interpolation weights are rounded to 2⁻⁸, which moves a few in a thousand pixels to another bin.
package struct LocalBinaryPattern: Sendable {
  /// Neighbours and their distance in pixels.
  package let points: Int
  package let radius: Int
  /// Every how manieth row is looked at.
  package let step: Int
  private let sampling: CircleSampling
  /// The bin of each code in the mapping that keeps rotations apart; empty with more than 16 points.
  private let bins: [UInt8]
  private var codes: [UInt16]
  private var patterns: [UInt8]

  /// - Parameters:
  ///   - points: P, 4…24.
  ///   - radius: R, 1…8.
  ///   - step: 1 for all rows.
  ///   - side: of the largest plane.
  package init(points: Int, radius: Int, step: Int = 1, side: Int = AnalysisImage.fullSide) {
    precondition(points >= 4 && points <= 24 && radius >= 1 && radius <= 8 && step >= 1)
    self.points = points
    self.radius = radius
    self.step = step
    sampling = CircleSampling(
      radius: Double(radius),
      circle: (0..<points).map { p in
        let angle = 2 * Double.pi * Double(p) / Double(points)
        return (cos(angle), sin(angle))
      })
    bins = points <= 16 ? Self.uniformBins(points: points) : []
    codes = [UInt16](repeating: 0, count: points <= 16 ? side * side : 0)
    patterns = [UInt8](repeating: 0, count: side * side)
  }

  /// Bins of the mapping that keeps rotations apart.
  package var uniformCount: Int { points * (points - 1) + 3 }
  /// Bins of the mapping that doesn't.
  package var rotationInvariantCount: Int { points + 2 }

  /// The shares of the `uniformCount` bins; for up to 16 points. All zeros where no pixel is far enough from the border.
  package mutating func uniformShares(_ plane: TexturePlane) -> [Float] {
    precondition(points <= 16)
    let count = sampling.codeCount(width: plane.width, height: plane.height, step: step)
    Self.encode(plane, sampling, step, &codes)
    let counts = Kernels.binCounts(codes.span, count: count, bins: bins.span)
    return Self.shares(counts.prefix(uniformCount), of: count)
  }

  /// The shares of the `rotationInvariantCount` bins.
  package mutating func rotationInvariantShares(_ plane: TexturePlane) -> [Float] {
    let count = sampling.codeCount(width: plane.width, height: plane.height, step: step)
    Self.encode(plane, sampling, step, &patterns)
    let counts = Kernels.byteCounts(patterns.span, count: count)
    return Self.shares(counts.prefix(rotationInvariantCount), of: count)
  }

  /// Adds up the shares of the bins that rotation exchanges: `uniformShares` to `rotationInvariantShares`.
  package static func rotationInvariant(_ uniform: [Float], points: Int) -> [Float] {
    precondition(uniform.count == points * (points - 1) + 3)
    var shares = [uniform[0]]
    for ones in 1..<points {
      shares.append(uniform[1 + (ones - 1) * points..<1 + ones * points].reduce(0, +))
    }
    return shares + uniform.suffix(2)
  }

  /// scikit-image's numbering: no ones is 0; then by the number of ones, and among these by where they begin; all ones;
  /// and last the codes that are not uniform.
  static func uniformBins(points: Int) -> [UInt8] {
    (0..<65_536).map { code in
      guard code < 1 << points else { return 0 }
      let turned = (code >> 1) | ((code & 1) << (points - 1))
      guard (code ^ turned).nonzeroBitCount <= 2 else { return UInt8(points * (points - 1) + 2) }
      let ones = code.nonzeroBitCount
      if ones == 0 { return 0 }
      if ones == points { return UInt8(points * (points - 1) + 1) }
      let first = code.trailingZeroBitCount
      let rotation = first == 0 ? ones - (~code).trailingZeroBitCount : points - first
      return UInt8(1 + (ones - 1) * points + rotation)
    }
  }

  private static func shares(_ counts: ArraySlice<UInt32>, of total: Int) -> [Float] {
    let scale = total > 0 ? 1 / Float(total) : 0
    return counts.map { Float($0) * scale }
  }

  private static func encode(
    _ plane: TexturePlane, _ sampling: CircleSampling, _ step: Int, _ codes: inout [UInt16]
  ) {
    var target = codes.mutableSpan
    Kernels.localBinaryCodes(
      plane.values.span, width: plane.width, height: plane.height, sampling: sampling, step: step,
      into: &target)
  }

  private static func encode(
    _ plane: TexturePlane, _ sampling: CircleSampling, _ step: Int, _ patterns: inout [UInt8]
  ) {
    var target = patterns.mutableSpan
    Kernels.uniformPatterns(
      plane.values.span, width: plane.width, height: plane.height, sampling: sampling, step: step,
      into: &target)
  }
}
