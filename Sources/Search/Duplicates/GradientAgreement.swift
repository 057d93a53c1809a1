/// How well the normalised gradient fields of two thumbnails agree where both are seen; see `CopyRegistration`.
struct GradientAgreement {
  /// Of the mean slope, and levels a cell: slopes well below are noise, and count for little.
  private static let floorShare: Float = 0.25
  private static let floor: Float = 1

  /// -1…1; 1 for equal pictures.
  let value: Float

  init(_ template: ThumbnailPlane, _ picture: ThumbnailPlane, _ map: AffineMap) {
    let side = ThumbnailPlane.side
    let warped = WarpedLuma(picture, map, withSlopes: false)
    let seen = Self.inner(warped.isSeen)
    let count = max(1, seen.reduce(0, +))
    var outside: Float = 0
    var total: Float = 0
    for i in warped.values.indices {
      outside += warped.isSeen[i] * warped.values[i]
      total += warped.isSeen[i]
    }
    // Cells that the picture does not show must not make an edge.
    let mean = outside / max(1, total)
    let values = zip(warped.values, warped.isSeen).map { $1 > 0 ? $0 : mean }
    let one = Self.field(template.luma, seen, count)
    let other = Self.field(values, seen, count)
    var (product, squares, otherSquares): (Float, Float, Float) = (0, 0, 0)
    for i in 0..<(side * side) {
      let w = seen[i]
      product += w * (one.x[i] * other.x[i] + one.y[i] * other.y[i])
      squares += w * (one.x[i] * one.x[i] + one.y[i] * one.y[i])
      otherSquares += w * (other.x[i] * other.x[i] + other.y[i] * other.y[i])
    }
    value = product / (max(squares, otherSquares) + 1e-6)
  }

  /// Cells all of whose neighbours are seen too.
  private static func inner(_ isSeen: [Float]) -> [Float] {
    let side = ThumbnailPlane.side
    return isSeen.indices.map { i in
      let (row, column) = i.quotientAndRemainder(dividingBy: side)
      for y in max(0, row - 1)...min(side - 1, row + 1) {
        for x in max(0, column - 1)...min(side - 1, column + 1) where isSeen[y * side + x] == 0 { return 0 }
      }
      return 1
    }
  }

  /// Central differences over their own length, with the floor added.
  private static func field(_ luma: [Float], _ seen: [Float], _ count: Float) -> (x: [Float], y: [Float]) {
    let side = ThumbnailPlane.side
    var x = [Float](repeating: 0, count: side * side)
    var y = x
    var sum: Float = 0
    for row in 0..<side {
      for column in 0..<side {
        let i = row &* side &+ column
        let (left, right) = (column > 0 ? i - 1 : i, column < side - 1 ? i + 1 : i)
        let (above, below) = (row > 0 ? i - side : i, row < side - 1 ? i + side : i)
        x[i] = (luma[right] - luma[left]) / 2
        y[i] = (luma[below] - luma[above]) / 2
        sum += seen[i] * (x[i] * x[i] + y[i] * y[i]).squareRoot()
      }
    }
    let least = floorShare * sum / count + floor
    for i in x.indices {
      let factor = 1 / (x[i] * x[i] + y[i] * y[i] + least * least).squareRoot()
      x[i] *= factor
      y[i] *= factor
    }
    return (x, y)
  }
}
