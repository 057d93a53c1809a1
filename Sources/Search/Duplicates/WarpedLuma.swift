/// The luma of one thumbnail, and its slopes, as another sees them through a map, cell by cell.
struct WarpedLuma {
  private static let side = ThumbnailPlane.side

  /// 32 × 32 of luma, slope across, slope down, and 1 where the map leads into the picture, 0 outside (the other three are
  /// then those of the picture's edge).
  let samples: [SIMD4<Float>]

  init(_ picture: ThumbnailPlane, _ map: AffineMap) {
    let side = Self.side
    var samples = [SIMD4<Float>](repeating: .zero, count: side * side)
    var out = samples.mutableSpan
    let source = picture.samples.span
    for row in 0..<side {
      let y = ThumbnailPlane.middle(row, side: side)
      for column in 0..<side {
        let x = ThumbnailPlane.middle(column, side: side)
        let u = map.a * x + map.b * y + map.c
        let v = map.d * x + map.e * y + map.f
        let (i, s) = ThumbnailPlane.place(u, side: side)
        let (j, t) = ThumbnailPlane.place(v, side: side)
        let at = j &* side &+ i
        let upper = source[at] + s * (source[at &+ 1] - source[at])
        let lower = source[at &+ side] + s * (source[at &+ side &+ 1] - source[at &+ side])
        var sample = upper + t * (lower - upper)
        sample.w = abs(u) <= 1 && abs(v) <= 1 ? 1 : 0
        out[row &* side &+ column] = sample
      }
    }
    self.samples = samples
  }
}
