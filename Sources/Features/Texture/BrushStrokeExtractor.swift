internal import Foundation
import Kernels

/// Structure tensors of a gradient over square windows that don't overlap, of 4, 8, 16 and 32 pixels.
///
/// The tensor is the mean of (dx dx, dx dy, dy dy) over the window, in grey levels a pixel (Sobel's gradient over 8):
/// `skimage.feature.structure_tensor` with a box in place of its Gaussian, at every window's side. Coherence is
/// (λ₁ − λ₂) / (λ₁ + λ₂ + 1): the 1 keeps noise of one grey level from having a direction. What is left at the right and
/// below of a picture is left out. A mirror image changes the sign of `sine`, a quarter turn those of both.
package struct BrushStrokeExtractor: Sendable {
  /// Sobel's gradient is 8 times the slope; its products 64 times.
  private static let slope: Float = 1.0 / 64
  /// Squared grey levels a pixel.
  private static let floor: Float = 1
  private static let side = 4

  private var room: [Int32]
  private var xx, xy, yy: [Float]
  private var tensors: [Float]
  private var measures: [Float]
  private var columns = 0
  private var rows = 0
  /// Pixels a side of the windows that `tensors` holds.
  private var window = 0

  package init(side: Int = AnalysisImage.fullSide) {
    room = [Int32](repeating: 0, count: 3 * side)
    let count = (side / Self.side) * (side / Self.side)
    xx = [Float](repeating: 0, count: count)
    xy = xx
    yy = xx
    tensors = [Float](repeating: 0, count: 3 * count)
    measures = [Float](repeating: 0, count: 5 * count)
  }

  /// Windows of 4 × 4 pixels of another gradient; both sides at least 4.
  package mutating func load(dx: Span<Int16>, dy: Span<Int16>, width: Int, height: Int) {
    columns = width / Self.side
    rows = height / Self.side
    window = Self.side
    Self.sum(dx, dy, width, height, &room, &xx, &xy, &yy)
    gather()
    measure()
  }

  /// Joins 2 × 2 windows into one; false, and nothing done, where there are too few.
  package mutating func coarsen() -> Bool {
    guard columns >= 2, rows >= 2 else { return false }
    let (c, r) = (columns / 2, rows / 2)
    for part in 0..<3 {
      for y in 0..<r {
        for x in 0..<c {
          let i = part * columns * rows + 2 * y * columns + 2 * x
          // Written at or before where it is read from.
          let top = tensors[i] + tensors[i + 1]
          tensors[part * c * r + y * c + x] = top + tensors[i + columns] + tensors[i + columns + 1]
        }
      }
    }
    (columns, rows, window) = (c, r, 2 * window)
    measure()
    return true
  }

  /// Of the windows of the present size.
  package var statistics: StrokeStatistics {
    let count = columns * rows
    let m = measures.span
    let energy = Kernels.meanAndDeviation(m.extracting(0..<count))
    let coherence = Kernels.meanAndDeviation(m.extracting(count..<2 * count))
    let cosine = Kernels.meanAndDeviation(m.extracting(2 * count..<3 * count)).mean
    let sine = Kernels.meanAndDeviation(m.extracting(3 * count..<4 * count)).mean
    var product: Float = 0
    for i in 0..<count { product += m[i] * m[count + i] }
    let covariance = Double(product) / Double(count) - energy.mean * coherence.mean
    return StrokeStatistics(
      orientations: orientations(), coherence: Float(coherence.mean),
      coherenceDeviation: Float(coherence.deviation), energy: Float(energy.mean),
      energyDeviation: Float(energy.deviation), cosine: Float(cosine), sine: Float(sine),
      covariance: Float(covariance), differences: differences())
  }

  private func orientations() -> [Float] {
    let (count, bins) = (columns * rows, StrokeStatistics.bins)
    var histogram = [Float](repeating: 0, count: bins)
    var sum: Float = 0
    let m = measures.span
    for i in 0..<count {
      // Turns of the doubled angle are half turns of the orientation.
      let position = m[4 * count + i] * Float(bins) - 0.5
      let below = position.rounded(.down)
      let share = position - below
      let bin = Int(below)
      let weight = m[count + i]
      histogram[(bin + bins) % bins] += weight * (1 - share)
      histogram[(bin + 1) % bins] += weight * share
      sum += weight
    }
    return histogram.map { sum > 1e-6 ? $0 / sum : 0 }
  }

  private func differences() -> [Float] {
    var sums = [Float](repeating: 0, count: 6)
    let count = columns * rows
    let m = measures.span
    for (part, plane) in [2, 3, 0].enumerated() {
      var (across, down): (Float, Float) = (0, 0)
      for y in 0..<rows {
        for x in 0..<columns {
          let i = plane * count + y * columns + x
          if x > 0 { across += abs(m[i] - m[i - 1]) }
          if y > 0 { down += abs(m[i] - m[i - columns]) }
        }
      }
      sums[2 * part] = across / Float(max(1, rows * (columns - 1)))
      sums[2 * part + 1] = down / Float(max(1, columns * (rows - 1)))
    }
    return sums
  }

  private mutating func gather() {
    let count = columns * rows
    for i in 0..<count {
      tensors[i] = xx[i]
      tensors[count + i] = xy[i]
      tensors[2 * count + i] = yy[i]
    }
  }

  private mutating func measure() {
    let scale = Self.slope / Float(window * window)
    Self.measure(tensors, columns * rows, scale, &measures)
  }

  private static func measure(_ tensors: [Float], _ count: Int, _ scale: Float, _ measures: inout [Float]) {
    var target = measures.mutableSpan
    Kernels.tensorMeasures(tensors.span, count: count, scale: scale, floor: floor, into: &target)
  }

  private static func sum(
    _ dx: Span<Int16>, _ dy: Span<Int16>, _ width: Int, _ height: Int, _ room: inout [Int32],
    _ xx: inout [Float], _ xy: inout [Float], _ yy: inout [Float]
  ) {
    var space = room.mutableSpan
    var a = xx.mutableSpan
    var b = xy.mutableSpan
    var c = yy.mutableSpan
    Kernels.tensorBlocks(
      dx: dx, dy: dy, width: width, height: height, side: side, room: &space, xx: &a, xy: &b, yy: &c)
  }
}
