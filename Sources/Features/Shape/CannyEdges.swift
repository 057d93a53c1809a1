internal import Kernels

/// Canny's edges (Canny 1986, "A computational approach to edge detection", doi:10.1109/TPAMI.1986.4767851): the maxima of
/// the gradient across itself, kept where they hang together with a strong one.
///
/// As `cv2.Canny(dx, dy, low, high)`: L1 norm, no smoothing beyond Sobel's own. The thresholds may be the picture's own,
/// a quantile of its gradient, so that a faint drawing shows its lines and a busy canvas only its main ones. Edges follow
/// a mirror only nearly, since of two equal neighbours the first counts. Owns its buffers.
package struct CannyEdges: Sendable {
  /// What is strong enough to be an edge, in |dx| + |dy| of `GradientField`: an ideal step of g grey levels gives 4g.
  package enum Thresholds: Sendable {
    /// An edge begins above `high` and goes on above `low`.
    case fixed(low: Int, high: Int)
    /// `high` is that quantile of all pixels' gradients, 0…1, but at least `CannyEdges.leastHigh`; `low` is `ratio` of it.
    case quantile(Double, ratio: Double)
  }

  /// Fainter steps (of 8 grey levels) are noise: a picture without any stronger has no edge.
  package static let leastHigh = 32
  /// What the shape block uses.
  package static let standard = Thresholds.quantile(0.85, ratio: 0.4)
  private static let histogramShift = 1

  /// Of the picture, in pixels.
  package private(set) var width = 0, height = 0
  /// The thresholds used.
  package private(set) var low = 0, high = 0
  /// 1 at an edge, else 0, row by row, with a border of one pixel of 0 around: (width + 2) × (height + 2) are valid.
  package private(set) var map: [UInt8]
  /// y · width + x of the edge pixels in reading order; the first `count` are valid.
  package private(set) var edges: [Int32]
  /// Edge pixels.
  package private(set) var count = 0
  /// |dx| + |dy|; the first `width * height` are valid.
  package private(set) var magnitude: [UInt16]
  /// Pixels by ⌊(|dx| + |dy|) / 2⌋, 0…1,023.
  package private(set) var histogram = [Int32](repeating: 0, count: 1024)
  private var scratch: [UInt16]

  package init() {
    let side = AnalysisImage.fullSide
    map = [UInt8](repeating: 0, count: (side + 2) * (side + 2))
    edges = [Int32](repeating: 0, count: side * side)
    magnitude = [UInt16](repeating: 0, count: side * side)
    scratch = [UInt16](repeating: 0, count: 3 * (side + 2))
  }

  /// Share of the picture's pixels that are edges, 0…1.
  package var density: Float { Float(count) / Float(max(width * height, 1)) }

  /// Finds the edges of another picture from its gradient.
  package mutating func detect(_ gradient: GradientField, width: Int, height: Int, _ thresholds: Thresholds) {
    precondition(width >= AnalysisImage.leastSide && height >= AnalysisImage.leastSide)
    self.width = width
    self.height = height
    Self.measure(gradient, count: width * height, &magnitude, &histogram)
    switch thresholds {
    case .fixed(let low, let high):
      precondition(low >= 0 && high >= low)
      self.low = low
      self.high = high
    case .quantile(let share, let ratio):
      precondition((0...1).contains(share) && (0...1).contains(ratio))
      high = max(quantile(share), Self.leastHigh)
      low = Int(ratio * Double(high))
    }
    count = Self.trace(gradient, magnitude, width, height, low, high, &scratch, &map, &edges)
  }

  /// The least even magnitude that at least this share of the pixels do not exceed by more than 1.
  package func quantile(_ share: Double) -> Int {
    let wanted = share * Double(width * height)
    var sum = 0
    for (bin, pixels) in histogram.enumerated() {
      sum += Int(pixels)
      if Double(sum) >= wanted { return bin << Self.histogramShift }
    }
    return (histogram.count - 1) << Self.histogramShift
  }

  private static func measure(
    _ gradient: GradientField, count: Int, _ magnitude: inout [UInt16], _ histogram: inout [Int32]
  ) {
    var magnitudes = magnitude.mutableSpan
    l1Magnitude(gradient.dx.span, gradient.dy.span, count: count, into: &magnitudes)
    var bins = histogram.mutableSpan
    magnitudeHistogram(magnitudes.span, count: count, shift: histogramShift, into: &bins)
  }

  private static func trace(
    _ gradient: GradientField, _ magnitude: [UInt16], _ width: Int, _ height: Int, _ low: Int, _ high: Int,
    _ scratch: inout [UInt16], _ map: inout [UInt8], _ edges: inout [Int32]
  ) -> Int {
    var rows = scratch.mutableSpan
    var pixels = map.mutableSpan
    var list = edges.mutableSpan
    return canny(
      gradient.dx.span, gradient.dy.span, magnitude.span, width: width, height: height, low: low, high: high,
      scratch: &rows, map: &pixels, edges: &list)
  }
}
