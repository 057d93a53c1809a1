/// The luma of one thumbnail as another sees it through a map, cell by cell; with the luma's slopes if asked.
struct WarpedLuma {
  private static let side = ThumbnailPlane.side

  /// 32 × 32; outside the picture the value of its edge.
  private(set) var values = [Float](repeating: 0, count: side * side)
  /// 1 where the map leads into the picture, 0 outside.
  private(set) var isSeen = [Float](repeating: 0, count: side * side)
  /// Slopes of the thumbnail through the map, per unit of its own coordinates; empty unless asked for.
  private(set) var slopesX: [Float] = []
  private(set) var slopesY: [Float] = []

  init(_ picture: ThumbnailPlane, _ map: AffineMap, withSlopes: Bool) {
    let side = Self.side
    if withSlopes {
      slopesX = Array(repeating: 0, count: side * side)
      slopesY = slopesX
    }
    let luma = picture.luma.span
    let perUnit = Float(side) / 2
    for row in 0..<side {
      let y = ThumbnailPlane.middle(row, side: side)
      for column in 0..<side {
        let x = ThumbnailPlane.middle(column, side: side)
        let u = map.a * x + map.b * y + map.c
        let v = map.d * x + map.e * y + map.f
        let (i, s) = ThumbnailPlane.place(u, side: side)
        let (j, t) = ThumbnailPlane.place(v, side: side)
        let at = j &* side &+ i
        let (p, q) = (luma[at], luma[at &+ 1])
        let (r, w) = (luma[at &+ side], luma[at &+ side &+ 1])
        let upper = p + s * (q - p)
        let lower = r + s * (w - r)
        let cell = row &* side &+ column
        values[cell] = upper + t * (lower - upper)
        isSeen[cell] = abs(u) <= 1 && abs(v) <= 1 ? 1 : 0
        if withSlopes {
          // Of a wider stencil than the interpolation's own: smoother, and so leads farther.
          slopesX[cell] = perUnit * Self.slope(luma, i, j, s, t, along: 1, at: i, step: 1)
          slopesY[cell] = perUnit * Self.slope(luma, i, j, s, t, along: side, at: j, step: side)
        }
      }
    }
  }

  /// Central differences at the four cells around a point, interpolated.
  @inline(__always)
  private static func slope(
    _ luma: Span<Float>, _ i: Int, _ j: Int, _ s: Float, _ t: Float, along: Int, at place: Int, step: Int
  ) -> Float {
    @inline(__always) func difference(_ column: Int, _ row: Int) -> Float {
      let cell = row &* side &+ column
      let position = along == 1 ? column : row
      let before = position > 0 ? luma[cell &- step] : luma[cell]
      let after = position < side - 1 ? luma[cell &+ step] : luma[cell]
      return (after - before) / 2
    }
    let upper = difference(i, j) + s * (difference(i + 1, j) - difference(i, j))
    let lower = difference(i, j + 1) + s * (difference(i + 1, j + 1) - difference(i, j + 1))
    return upper + t * (lower - upper)
  }
}
