internal import Foundation
import Kernels

/// Coarseness, contrast and directionality (Tamura, Mori & Yamawaki 1978, doi:10.1109/TSMC.1978.4309999), the three of
/// their measures that people's judgement bears out.
package struct TamuraTexture: Sendable, Equatable {
  /// Mean side in pixels, 2…32, of the windows (2, 4, 8, …) whose means differ most from their neighbours'.
  ///
  /// Only pixels that have all windows within the picture count, of every second row. Small pictures stop at smaller
  /// windows: 2^(k + 1) is at most half the shorter side.
  package var coarseness: Float
  /// Share of the pixels at each of the five windows; they sum to 1.
  package var scaleShares: [Float]
  /// σ / ⁴√kurtosis of the grey values: 0 for one grey, 127.5 for half black and half white.
  package var contrast: Float
  /// 1 for gradients of one orientation, near 0 for gradients spread evenly over all.
  ///
  /// Of the orientations in 16 bins of 180° of the gradients with |dx| + |dy| ≥ 32 (Sobel; the paper's threshold of 12 on
  /// Prewitt's mean), 1 − 12 Σ h d² / (16² + 2), with d the circular distance in bins to the fullest one: the paper
  /// sums about every peak, whose valleys it leaves to a heuristic; one peak is well defined, and the factor makes an
  /// even spread 0. 0 without such gradients.
  package var directionality: Float
  /// Share of the pixels with such gradients.
  package var edgeShare: Float

  /// In the order of declaration, the grey measures last: 9 numbers.
  package var values: [Float] {
    let grey = [log(1 + contrast), directionality, edgeShare.squareRoot()]
    return [log(coarseness)] + scaleShares.map { $0.squareRoot() } + grey
  }
  /// Numbers in `values`.
  package static let count = 9
}

/// Measures `TamuraTexture`. Owns its buffers.
package struct TamuraExtractor: Sendable {
  /// Windows of 2, 4, … pixels.
  package static let octaves = 5
  /// Bins of 180°.
  package static let bins = 16
  /// Least |dx| + |dy| of Sobel's gradient.
  package static let edge = 32

  private var sums: [Int32]
  private var rows: [Float]
  private var bytes: [UInt8]

  package init(side: Int = AnalysisImage.fullSide) {
    sums = [Int32](repeating: 0, count: (side + 1) * (side + 1))
    rows = [Float](repeating: 0, count: 2 * side)
    bytes = [UInt8](repeating: 0, count: side)
  }

  /// - Parameters:
  ///   - plane: at least 4 × 4 values.
  ///   - dx, dy: its gradient.
  ///   - step: every how manieth row is looked at for the coarseness.
  package mutating func measure(
    _ plane: TexturePlane, dx: Span<Int16>, dy: Span<Int16>, step: Int = 2
  ) -> TamuraTexture {
    let counts = Self.coarseness(plane, step, &sums, &rows)
    let total = Float(counts.reduce(0, +))
    var shares = counts.map { Float($0) / max(1, total) }
    let coarseness = shares.enumerated().reduce(Float(0)) { $0 + $1.element * Float(2 << $1.offset) }
    shares += [Float](repeating: 0, count: Self.octaves - shares.count)
    let (directionality, edges) = Self.directionality(plane, dx, dy, &bytes)
    return TamuraTexture(
      coarseness: coarseness, scaleShares: shares, contrast: Self.contrast(plane),
      directionality: directionality, edgeShare: edges)
  }

  /// σ / ⁴√(μ₄ / σ⁴) of the grey values.
  static func contrast(_ plane: TexturePlane) -> Float {
    let counts = Kernels.byteCounts(plane.values.span, count: plane.count)
    let total = Double(max(1, plane.count))
    let mean = counts.enumerated().reduce(0) { $0 + Double($1.offset) * Double($1.element) } / total
    var (second, fourth) = (0.0, 0.0)
    for (grey, count) in counts.enumerated() where count > 0 {
      let square = (Double(grey) - mean) * (Double(grey) - mean)
      second += square * Double(count)
      fourth += square * square * Double(count)
    }
    guard second > 0 else { return 0 }
    let variance = second / total
    let kurtosis = fourth / total / (variance * variance)
    return Float(variance.squareRoot() / kurtosis.squareRoot().squareRoot())
  }

  private static func directionality(
    _ plane: TexturePlane, _ dx: Span<Int16>, _ dy: Span<Int16>, _ bytes: inout [UInt8]
  ) -> (Float, share: Float) {
    var room = bytes.mutableSpan
    let strong = Kernels.strongOrientations(
      dx: dx, dy: dy, width: plane.width, height: plane.height, threshold: edge, bins: bins, room: &room)
    guard strong.total > 0, let largest = strong.counts.max(),
      let peak = strong.counts.firstIndex(of: largest)
    else { return (0, 0) }
    var spread = 0.0
    for (bin, count) in strong.counts.enumerated() {
      let distance = min(abs(bin - peak), bins - abs(bin - peak))
      spread += Double(distance * distance) * Double(count)
    }
    let even = Double(bins * bins + 2) / 12
    let share = Float(strong.total) / Float(plane.count)
    return (Float(1 - spread / Double(strong.total) / even), share)
  }

  private static func coarseness(
    _ plane: TexturePlane, _ step: Int, _ sums: inout [Int32], _ rows: inout [Float]
  ) -> [UInt32] {
    var target = sums.mutableSpan
    Kernels.integralImage(plane.values.span, width: plane.width, height: plane.height, into: &target)
    var octaves = 1
    while octaves < Self.octaves && 8 << octaves <= min(plane.width, plane.height) { octaves += 1 }
    var room = rows.mutableSpan
    return Kernels.coarsenessCounts(
      sums.span, width: plane.width, height: plane.height, octaves: octaves, step: step, room: &room)
  }
}
