/// How well the normalised gradient fields of two thumbnails agree where both are seen; see `CopyRegistration`.
struct GradientAgreement {
  /// Of the mean slope, and levels a cell: slopes well below are noise, and count for little.
  private static let floorShare: Float = 0.25
  private static let floor: Float = 1

  /// Cells on each side that the middle leaves out.
  private static let rim = 4
  /// A middle with less in it (a cell with a strong slope counts 1) proves nothing.
  private static let leastInMiddle: Float = 16

  /// -1…1; 1 for equal pictures. It has to hold in the middle as well: pictures on one kind of mat, in one kind of
  /// frame, agree very well around it.
  let value: Float

  init(_ template: ThumbnailPlane, _ picture: ThumbnailPlane, _ map: AffineMap) {
    let side = ThumbnailPlane.side
    let samples = WarpedLuma(picture, map).samples
    let seen = Self.inner(samples.map(\.w))
    let count = max(1, seen.reduce(0, +))
    let sums = samples.reduce(SIMD2<Float>.zero) { $0 + SIMD2($1.x, 1) * $1.w }
    // Cells that the picture does not show must not make an edge.
    let mean = sums.x / max(1, sums.y)
    let values = samples.map { $0.w > 0 ? $0.x : mean }
    let one = Self.field(template.luma, seen, count)
    let other = Self.field(values, seen, count)
    var (whole, middle) = (Sums(), Sums())
    for row in 0..<side {
      for column in 0..<side {
        let i = row * side + column
        guard seen[i] > 0 else { continue }
        whole.add(SIMD2(one.x[i], one.y[i]), SIMD2(other.x[i], other.y[i]))
        let inner = Self.rim..<(side - Self.rim)
        guard inner.contains(row), inner.contains(column) else { continue }
        middle.add(SIMD2(one.x[i], one.y[i]), SIMD2(other.x[i], other.y[i]))
      }
    }
    value = middle.largest < Self.leastInMiddle ? whole.agreement : min(whole.agreement, middle.agreement)
  }

  private struct Sums {
    private var product: Float = 0
    private var squares = SIMD2<Float>.zero

    mutating func add(_ a: SIMD2<Float>, _ b: SIMD2<Float>) {
      product += (a * b).sum()
      squares += SIMD2((a * a).sum(), (b * b).sum())
    }

    var largest: Float { squares.max() }
    var agreement: Float { product / (squares.max() + 1e-6) }
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
