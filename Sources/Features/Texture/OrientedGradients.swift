import Kernels

/// Histograms of oriented gradients (Dalal & Triggs 2005, doi:10.1109/CVPR.2005.177) over a coarse grid of cells that are
/// shares of the picture.
///
/// The orientation of the gradient modulo 180°, from 0° (towards the right) and downwards, weighted by its magnitude. Soft
/// binning shares a pixel between the two bins whose centres lie about its orientation. With hard binning, central
/// differences for the gradient and cells of whole pixels this is `skimage.feature.hog`, whose sums are divided by the
/// cell's area; here it is fed Sobel's gradient, and the blocks are normalised as its `L2` (ε = 10⁻⁵) or by the square
/// root of shares. Unchanged by an offset of grey; normalised blocks hardly change with contrast.
package struct OrientedGradients: Sendable {
  /// Cells a side, and bins of 180°.
  package let side, bins: Int
  /// Whether a pixel is shared between two bins.
  package let isSoft: Bool
  private var room: [Float]
  /// Sums of magnitudes: cell by cell, row by row, `bins` each.
  package private(set) var histograms: [Float]

  package init(side: Int, bins: Int, isSoft: Bool = true, width: Int = AnalysisImage.fullSide) {
    precondition(side >= 1 && bins >= 2)
    self.side = side
    self.bins = bins
    self.isSoft = isSoft
    room = [Float](repeating: 0, count: (bins + 2) * width)
    histograms = [Float](repeating: 0, count: side * side * bins)
  }

  /// Measures a gradient of `width` × `height`.
  package mutating func load(dx: Span<Int16>, dy: Span<Int16>, width: Int, height: Int) {
    Self.measure(dx, dy, width, height, side, bins, isSoft, &room, &histograms)
  }

  /// Sums of neighbouring cells: the histograms of a grid with `coarse` cells a side, which divides `side`. Where cells
  /// differ in size by a row or column of pixels, so do these.
  package func pooled(side coarse: Int) -> [Float] {
    precondition(side.isMultiple(of: coarse))
    let span = side / coarse
    var sums = [Float](repeating: 0, count: coarse * coarse * bins)
    for y in 0..<side {
      for x in 0..<side {
        let target = ((y / span) * coarse + x / span) * bins
        let source = (y * side + x) * bins
        for b in 0..<bins { sums[target + b] += histograms[source + b] }
      }
    }
    return sums
  }

  /// Blocks of 2 × 2 cells, one for every inner corner of the grid, each of Euclidean length 1 (`L2` of scikit-image):
  /// (side − 1)² × 4 × bins numbers in its order. All zeros for a block without gradients.
  package static func blocks(_ histograms: [Float], side: Int, bins: Int) -> [Float] {
    precondition(histograms.count == side * side * bins)
    var blocks: [Float] = []
    blocks.reserveCapacity(max(0, side - 1) * max(0, side - 1) * 4 * bins)
    for y in 0..<max(0, side - 1) {
      for x in 0..<side - 1 {
        let cells = [y * side + x, y * side + x + 1, (y + 1) * side + x, (y + 1) * side + x + 1]
        let block = cells.flatMap { histograms[$0 * bins..<($0 + 1) * bins] }
        let norm = (block.reduce(0) { $0 + $1 * $1 } + 1e-10).squareRoot()
        for value in block { blocks.append(value / norm) }
      }
    }
    return blocks
  }

  /// The square root of each orientation's share of its cell, 0…1. `floor` is the sum below which a cell counts as flat.
  package static func rootShares(_ histograms: [Float], bins: Int, floor: Float) -> [Float] {
    precondition(histograms.count.isMultiple(of: bins) && floor > 0)
    var roots = [Float](repeating: 0, count: histograms.count)
    for cell in stride(from: 0, to: histograms.count, by: bins) {
      var sum = floor
      for b in cell..<cell + bins { sum += histograms[b] }
      for b in cell..<cell + bins { roots[b] = (histograms[b] / sum).squareRoot() }
    }
    return roots
  }

  private static func measure(
    _ dx: Span<Int16>, _ dy: Span<Int16>, _ width: Int, _ height: Int, _ side: Int, _ bins: Int,
    _ isSoft: Bool, _ room: inout [Float], _ histograms: inout [Float]
  ) {
    var space = room.mutableSpan
    var target = histograms.mutableSpan
    Kernels.orientationHistograms(
      dx: dx, dy: dy, width: width, height: height, columns: side, rows: side, bins: bins, soft: isSoft,
      room: &space, into: &target)
  }
}
