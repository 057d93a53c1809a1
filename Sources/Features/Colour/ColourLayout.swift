/// Where the colours are: the power sums of a 16 × 16 grid of cells, and the moments of anything that cells add up to.
///
/// The cells are shares of the picture, whatever its aspect. Cell (row, column) holds the sampled pixels
/// `row * height / 16 ..< (row + 1) * height / 16` and likewise for columns (rounded down).
package struct ColourLayout: Sendable {
  /// Cells a side.
  package static let side = 16

  /// The colour that the power sums are taken about.
  private var reference = SIMD3<Float>.zero
  private var cells = [ColourMoments.Sums](repeating: .init(), count: ColourLayout.side * ColourLayout.side)

  package init() {}

  /// Begins a picture. `reference` should be one of its colours.
  package mutating func reset(reference: SIMD3<Float>) {
    self.reference = reference
    for i in cells.indices { cells[i] = ColourMoments.Sums() }
  }

  /// Adds row `y` of `height`: planes L*, a*, b*, each `width` pixels and more. Both sides are at least 16.
  package mutating func add(_ planes: Span<Float>, y: Int, width: Int, height: Int) {
    assert(width >= Self.side && height >= Self.side && y < height)
    // The inverse of the cells' bounds: the last cell that begins at or before y.
    let row = (Self.side * (y + 1) - 1) / height
    for column in 0..<Self.side {
      let range = column * width / Self.side..<(column + 1) * width / Self.side
      cells[row * Self.side + column].add(planes, range, reference: reference)
    }
  }

  /// The moments of cell (`row`, `column`) of a coarser grid of `side` × `side` cells; `side` is 1, 2, 4, 8 or 16.
  package func moments(row: Int, column: Int, side: Int) -> ColourMoments {
    let span = Self.side / side
    assert(span * side == Self.side && row < side && column < side)
    var sums = ColourMoments.Sums()
    for y in row * span..<(row + 1) * span {
      for x in column * span..<(column + 1) * span { sums += cells[y * Self.side + x] }
    }
    return ColourMoments(sums, reference: reference)
  }

  /// The moments of the whole picture.
  package var whole: ColourMoments { moments(row: 0, column: 0, side: 1) }

  /// The statistics of the cells of a grid of `side` × `side`, row by row.
  package func statistics(side: Int) -> [ColourStatistics] {
    (0..<side * side).map { ColourStatistics(moments(row: $0 / side, column: $0 % side, side: side)) }
  }

  /// Mean absolute differences of the means of L*, a*, b* between cells that touch: one below the other, and side by
  /// side.
  package var neighbourContrast: (vertical: SIMD3<Double>, horizontal: SIMD3<Double>) {
    var vertical = SIMD3<Double>.zero
    var horizontal = SIMD3<Double>.zero
    for y in 0..<Self.side {
      for x in 0..<Self.side {
        let here = mean(y, x)
        if y > 0 { vertical += magnitude(here - mean(y - 1, x)) }
        if x > 0 { horizontal += magnitude(here - mean(y, x - 1)) }
      }
    }
    let pairs = Double(Self.side * (Self.side - 1))
    return (vertical / pairs, horizontal / pairs)
  }

  /// The mean of a cell, about the reference.
  private func mean(_ row: Int, _ column: Int) -> SIMD3<Double> {
    let cell = cells[row * Self.side + column]
    return cell.first / cell.count
  }

  private func magnitude(_ x: SIMD3<Double>) -> SIMD3<Double> { x.replacing(with: -x, where: x .< 0) }
}
