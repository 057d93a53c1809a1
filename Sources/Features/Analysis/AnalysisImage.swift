package import Imaging
import Kernels

/// What the classic features see: the working image at a bounded size, in colour and in grey, derived once and shared.
///
/// A picture with a side over 256 px is averaged over 2 × 2 pixels: it is then measured as a small reproduction would
/// be, and the time an image takes is bounded. A picture with a side under 16 px is repeated pixel by pixel, which
/// changes no distribution and leaves no cell of a layout empty. Owns its buffers: make one for each thread and keep it.
package struct AnalysisImage: Sendable {
  /// Long sides over this are halved.
  package static let fullSide = 256
  /// Both sides are at least this.
  package static let leastSide = 16

  /// In pixels, 16…256.
  package private(set) var width = 0
  /// In pixels, 16…256.
  package private(set) var height = 0
  /// Interleaved 8-bit sRGB, row by row; the first `3 * width * height` values are valid.
  package private(set) var rgb = [UInt8](repeating: 0, count: 3 * fullSide * fullSide)
  /// Luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), rounded as OpenCV's `cvtColor` does, row by row; the first
  /// `width * height` values are valid.
  package private(set) var grey = [UInt8](repeating: 0, count: fullSide * fullSide)

  package init() {}

  /// Pixels.
  package var count: Int { width * height }

  /// Derives from another picture.
  package mutating func load(_ image: WorkingImage) {
    let step = max(image.width, image.height) > Self.fullSide ? 2 : 1
    let columns = (image.width + step - 1) / step
    let rows = (image.height + step - 1) / step
    let repeatX = (Self.leastSide + columns - 1) / columns
    let repeatY = (Self.leastSide + rows - 1) / rows
    width = columns * repeatX
    height = rows * repeatY
    // Spans of two stored properties at once would be overlapping accesses to `self`; inout arguments are not.
    Self.resample(image, step: step, repeatX: repeatX, repeatY: repeatY, rows: height, into: &rgb)
    Self.convert(rgb, count: count, into: &grey)
  }

  private static func convert(_ rgb: [UInt8], count: Int, into grey: inout [UInt8]) {
    var luma = grey.mutableSpan
    Kernels.luma(rgb.span, count: count, into: &luma)
  }

  private static func resample(
    _ image: WorkingImage, step: Int, repeatX: Int, repeatY: Int, rows: Int, into rgb: inout [UInt8]
  ) {
    let source = image.pixels.span
    var target = rgb.mutableSpan
    for y in 0..<rows {
      let row = y / repeatY
      switch (step, repeatX) {
      case (1, 1): copy(row, of: source, width: image.width, to: y, in: &target)
      case (1, _): copy(row, of: source, width: image.width, repeating: repeatX, to: y, in: &target)
      default: average(row, of: source, image.width, image.height, repeating: repeatX, to: y, in: &target)
      }
    }
  }

  private static func copy(
    _ row: Int, of source: Span<UInt8>, width: Int, to y: Int, in target: inout MutableSpan<UInt8>
  ) {
    let (from, to) = (3 * row * width, 3 * y * width)
    for i in 0..<3 * width { target[to &+ i] = source[from &+ i] }
  }

  private static func copy(
    _ row: Int, of source: Span<UInt8>, width: Int, repeating: Int, to y: Int,
    in target: inout MutableSpan<UInt8>
  ) {
    let (from, to) = (3 * row * width, 3 * y * width * repeating)
    for x in 0..<width * repeating {
      for c in 0..<3 { target[to + 3 * x + c] = source[from + 3 * (x / repeating) + c] }
    }
  }

  /// Means of 2 × 2 pixels, rounded; the last column or row of an odd side is averaged with itself.
  private static func average(
    _ row: Int, of source: Span<UInt8>, _ width: Int, _ height: Int, repeating: Int, to y: Int,
    in target: inout MutableSpan<UInt8>
  ) {
    let top = 3 * 2 * row * width
    let bottom = 3 * min(2 * row + 1, height - 1) * width
    let columns = (width + 1) / 2 * repeating
    let to = 3 * y * columns
    for x in 0..<columns {
      let column = 2 * (x / repeating)
      let left = 3 * column
      let right = 3 * min(column + 1, width - 1)
      for c in 0..<3 {
        let sum =
          Int(source[top + left + c]) &+ Int(source[top + right + c]) &+ Int(source[bottom + left + c])
          &+ Int(source[bottom + right + c])
        target[to + 3 * x + c] = UInt8(truncatingIfNeeded: (sum &+ 2) >> 2)
      }
    }
  }
}
