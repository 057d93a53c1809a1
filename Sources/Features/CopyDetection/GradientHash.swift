import Model

/// 64 bits of 9 × 8 cells of luma: whether each is lighter than its neighbour to the left (N. Krawetz, *Kind of Like
/// That*, 2013; as the Python package `imagehash` computes `dhash`).
///
/// Any change of tones that keeps their order leaves it as it is. The first bit is the highest; bits go row by row. It
/// departs from `imagehash` in how the picture is shrunk: by area, not by a Lanczos filter.
struct GradientHash: Sendable {
  private static let side = CopyDescriptor.View.side
  private static let columns = 9
  private static let rows = 8

  /// The hash of `luma`, 32 × 32, row by row.
  func callAsFunction(_ luma: Span<UInt8>) -> UInt64 {
    assert(luma.count == Self.side * Self.side)
    var hash: UInt64 = 0
    let height = Self.side / Self.rows
    for row in 0..<Self.rows {
      // Sums down the cells, then ninths of 32 columns in ninths of a column, all in whole numbers.
      var columns = InlineArray<9, Int>(repeating: 0)
      for x in 0..<Self.side {
        var sum = 0
        for y in 0..<height { sum += Int(luma[(row * height + y) * Self.side + x]) }
        let start = Self.columns * x
        let cell = start / Self.side
        let inFirst = min(Self.columns, Self.side * (cell + 1) - start)
        columns[cell] += inFirst * sum
        if inFirst < Self.columns { columns[cell + 1] += (Self.columns - inFirst) * sum }
      }
      for column in 1..<Self.columns { hash = hash << 1 | (columns[column] > columns[column - 1] ? 1 : 0) }
    }
    return hash
  }
}
