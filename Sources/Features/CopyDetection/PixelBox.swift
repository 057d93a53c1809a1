/// A rectangle of whole pixels: columns `left..<right`, rows `top..<bottom`.
struct PixelBox: Hashable, Sendable {
  var left, top, right, bottom: Int

  var width: Int { right - left }
  var height: Int { bottom - top }
  var area: Int { width * height }
}
