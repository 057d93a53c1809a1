internal import Foundation
internal import Kernels

/// How much the grey changes, and in which orientations, in 8 × 8 cells of a picture at three sizes: its own, half and
/// quarter.
///
/// The orientations' distribution in a cell is kept as its circular moments (Mardia & Jupp 1999, "Directional Statistics",
/// ISBN 978-0-471-95333-3), of which histograms of any number of bins follow, without their steps. Owns its buffers.
package struct OrientationPyramid: Sendable {
  /// Cells in a row and rows of cells.
  package static let side = 8
  /// Sizes at which the picture is looked at.
  package static let scales = 3
  /// Numbers of a cell: the means of m, m cos 2θ, m sin 2θ, m cos 4θ, m sin 4θ, m cos 6θ and m sin 6θ.
  package static let moments = 7
  /// Bins of `strengths`.
  package static let strengthBins = 16

  /// By scale: 64 cells in rows × 7 moments, in grey levels: an ideal step of g levels gives m = g at the pixels along it.
  package private(set) var cells: [[Float]]
  /// By scale: the shares of pixels with ⌊2 log2 (|dx| / 4 + |dy| / 4 + 1)⌋ = 0…15.
  package private(set) var strengths: [[Float]]
  private var grey: [[UInt8]]
  private var dx, dy: [Int16]
  private var magnitude: [UInt16]
  private var histogram = [Int32](repeating: 0, count: 1024)
  private var scratch = [Float](repeating: 0, count: moments * AnalysisImage.fullSide)
  /// The bin of `strengths` for a bin of `histogram`.
  private let strengthBin: [Int]

  package init() {
    let empty = [Float](repeating: 0, count: Self.side * Self.side * Self.moments)
    cells = [[Float]](repeating: empty, count: Self.scales)
    strengths = [[Float]](repeating: [Float](repeating: 0, count: Self.strengthBins), count: Self.scales)
    let quarter = AnalysisImage.fullSide * AnalysisImage.fullSide / 4
    grey = [[UInt8]](repeating: [UInt8](repeating: 0, count: quarter), count: Self.scales - 1)
    dx = [Int16](repeating: 0, count: quarter)
    dy = dx
    magnitude = [UInt16](repeating: 0, count: quarter)
    strengthBin = (0..<1024).map { min(Int(2 * log2(Float($0) / 2 + 1)), Self.strengthBins - 1) }
  }

  /// Measures another picture; `edges` are those of `image`.
  package mutating func measure(_ image: AnalysisImage, _ gradient: GradientField, _ edges: CannyEdges) {
    var (width, height) = (image.width, image.height)
    Self.cells(gradient.dx, gradient.dy, width, height, &scratch, &cells[0])
    Self.shares(edges.histogram, width * height, strengthBin, &strengths[0])
    for scale in 1..<Self.scales {
      Self.halve(scale == 1 ? image.grey : grey[scale - 2], width, height, &grey[scale - 1])
      width /= 2
      height /= 2
      Self.gradient(grey[scale - 1], width, height, &dx, &dy, &magnitude, &histogram)
      Self.cells(dx, dy, width, height, &scratch, &cells[scale])
      Self.shares(histogram, width * height, strengthBin, &strengths[scale])
    }
  }

  /// A cell's mean gradient in grey levels.
  package func energy(scale: Int, cell: Int) -> Float { cells[scale][Self.moments * cell] }

  /// The means of the moments in `group` × `group` cells, (8 / group)² × 7 numbers.
  package func pooled(scale: Int, group: Int) -> [Float] {
    let coarse = Self.side / group
    var sums = [Float](repeating: 0, count: coarse * coarse * Self.moments)
    for cell in 0..<Self.side * Self.side {
      let target = (cell / Self.side / group * coarse + cell % Self.side / group) * Self.moments
      for k in 0..<Self.moments { sums[target + k] += cells[scale][Self.moments * cell + k] }
    }
    return sums.map { $0 / Float(group * group) }
  }

  private static func halve(_ source: [UInt8], _ width: Int, _ height: Int, _ target: inout [UInt8]) {
    var half = target.mutableSpan
    Kernels.halve(source.span, width: width, height: height, into: &half)
  }

  private static func gradient(
    _ grey: [UInt8], _ width: Int, _ height: Int, _ dx: inout [Int16], _ dy: inout [Int16],
    _ magnitude: inout [UInt16], _ histogram: inout [Int32]
  ) {
    var right = dx.mutableSpan
    var down = dy.mutableSpan
    sobel(grey.span, width: width, height: height, dx: &right, dy: &down)
    var magnitudes = magnitude.mutableSpan
    l1Magnitude(right.span, down.span, count: width * height, into: &magnitudes)
    var bins = histogram.mutableSpan
    magnitudeHistogram(magnitudes.span, count: width * height, shift: 1, into: &bins)
  }

  private static func cells(
    _ dx: [Int16], _ dy: [Int16], _ width: Int, _ height: Int, _ scratch: inout [Float],
    _ cells: inout [Float]
  ) {
    var sums = scratch.mutableSpan
    var out = cells.mutableSpan
    orientationCells(
      dx.span, dy.span, width: width, height: height, side: side, scratch: &sums, cells: &out)
  }

  private static func shares(
    _ histogram: [Int32], _ count: Int, _ bins: [Int], _ shares: inout [Float]
  ) {
    for i in shares.indices { shares[i] = 0 }
    for (i, pixels) in histogram.enumerated() { shares[bins[i]] += Float(pixels) }
    for i in shares.indices { shares[i] /= Float(count) }
  }
}
