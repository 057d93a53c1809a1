import Imaging

/// Finds the plain border around a picture: paper, a mat, a scanner's bed.
///
/// From each side, lines belong to the border as long as nearly all of their pixels have the colour of the outermost
/// line (the median of each channel). What is found inside is looked at once more, for a mat within a plain frame.
struct PlainBorder {
  /// Levels that a pixel's channels may lie off the border's colour.
  private static let tolerance = 12
  /// The part of a line's pixels that may have another colour: dust, a corner of something.
  private static let strangers = 0.02
  /// A border that would be wider, in parts of the side, is no border but a flat picture.
  private static let widest = 0.3
  /// A border that takes less of the picture's area is not worth a view of its own.
  private static let leastArea = 0.015
  /// What is left has at least so many pixels on each side.
  private static let leastSide = 17
  /// A picture that a border has left less of, in parts of its side, is not searched for a second one.
  private static let innerSide = 0.4

  /// What is inside the border; nil where there is none.
  func content(of image: WorkingImage) -> PixelBox? {
    let whole = PixelBox(left: 0, top: 0, right: image.width, bottom: image.height)
    var box = inside(whole, of: image)
    let isLarge =
      Double(box.width) >= Self.innerSide * Double(image.width)
      && Double(box.height) >= Self.innerSide * Double(image.height)
    if box != whole && isLarge { box = inside(box, of: image) }
    guard min(box.width, box.height) >= Self.leastSide,
      Double(box.area) < (1 - Self.leastArea) * Double(whole.area)
    else { return nil }
    return box
  }

  private func inside(_ box: PixelBox, of image: WorkingImage) -> PixelBox {
    let stride = 3 * image.width
    let corner = box.top * stride + 3 * box.left
    let last = (box.bottom - 1) * stride + 3 * (box.right - 1)
    let (rows, columns) = (box.height, box.width)
    let pixels = image.pixels.span
    func border(from start: Int, along step: Int, count: Int, inwards: Int, lines: Int) -> Int {
      Self.border(pixels, Edge(start: start, step: step, count: count, inwards: inwards, lines: lines))
    }
    let top = border(from: corner, along: 3, count: columns, inwards: stride, lines: rows)
    let bottom = border(from: last, along: -3, count: columns, inwards: -stride, lines: rows)
    let left = border(from: corner, along: stride, count: rows, inwards: 3, lines: columns)
    let right = border(from: last, along: -stride, count: rows, inwards: -3, lines: columns)
    return PixelBox(
      left: box.left + left, top: box.top + top, right: box.right - right, bottom: box.bottom - bottom)
  }

  /// One side of a box, as a walk over bytes: lines of `count` pixels, `step` apart, and `inwards` to the next line.
  private struct Edge {
    let start, step, count, inwards, lines: Int
  }

  /// How many lines from the edge inwards are border.
  private static func border(_ pixels: Span<UInt8>, _ edge: Edge) -> Int {
    let limit = Int(widest * Double(edge.lines))
    let allowed = Int(strangers * Double(edge.count))
    guard limit > 0 else { return 0 }
    let colour = median(pixels, edge)
    for line in 0..<limit {
      var different = 0
      var at = edge.start + line * edge.inwards
      for _ in 0..<edge.count {
        let off = max(
          abs(Int(pixels[at]) - colour.0), abs(Int(pixels[at + 1]) - colour.1),
          abs(Int(pixels[at + 2]) - colour.2))
        if off > tolerance {
          different += 1
          if different > allowed { return line }
        }
        at += edge.step
      }
    }
    return 0
  }

  /// The median of each channel along the outermost line.
  private static func median(_ pixels: Span<UInt8>, _ edge: Edge) -> (Int, Int, Int) {
    func median(_ channel: Int) -> Int {
      var counts = InlineArray<256, Int>(repeating: 0)
      for i in 0..<edge.count { counts[Int(pixels[edge.start + i * edge.step + channel])] += 1 }
      var seen = 0
      for level in 0..<256 {
        seen += counts[level]
        if 2 * seen >= edge.count { return level }
      }
      return 255
    }
    return (median(0), median(1), median(2))
  }
}
