/// How far two thumbnails' colours are apart where both are seen: what another light or another printing changes, and a
/// copy of the same file does not.
struct ColourDifference {
  /// Mean absolute differences: of luma in levels of 255, of a* and b* in CIELAB's units.
  let luma, chroma: Float

  init(_ template: ThumbnailPlane, _ picture: ThumbnailPlane, _ map: AffineMap) {
    var (sum, count): (Float, Float) = (0, 0)
    for (sample, own) in zip(WarpedLuma(picture, map).samples, template.luma) {
      sum += sample.w * abs(sample.x - own)
      count += sample.w
    }
    luma = sum / max(1, count)
    chroma = Self.chroma(template, picture, map)
  }

  private static func chroma(_ template: ThumbnailPlane, _ picture: ThumbnailPlane, _ map: AffineMap) -> Float
  {
    let side = ThumbnailPlane.chromaSide
    var (sum, count): (Float, Float) = (0, 0)
    for row in 0..<side {
      for column in 0..<side {
        let (x, y) = (
          ThumbnailPlane.middle(column, side: side), ThumbnailPlane.middle(row, side: side)
        )
        let (u, v) = (map.a * x + map.b * y + map.c, map.d * x + map.e * y + map.f)
        guard abs(u) <= 1, abs(v) <= 1 else { continue }
        let (i, s) = ThumbnailPlane.place(u, side: side)
        let (j, t) = ThumbnailPlane.place(v, side: side)
        for channel in 0..<2 {
          let start = channel * side * side
          let at = start + j * side + i
          let plane = picture.chroma
          let upper = plane[at] + s * (plane[at + 1] - plane[at])
          let lower = plane[at + side] + s * (plane[at + side + 1] - plane[at + side])
          sum += abs(upper + t * (lower - upper) - template.chroma[start + row * side + column])
        }
        count += 2
      }
    }
    return sum / max(1, count)
  }
}
