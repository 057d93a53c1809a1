/// What extractors see: the whole picture, upright, sRGB, at most 512 px on its long side, aspect kept.
///
/// Smaller pictures keep their own size. Alpha has been composited on white.
package struct WorkingImage: Sendable, Equatable {
  /// The long side's limit in pixels.
  package static let maximumSide = 512

  /// In pixels, 1…512.
  package let width: Int
  /// In pixels, 1…512.
  package let height: Int
  /// Interleaved 8-bit sRGB, row by row from the top, without padding: `3 * width * height` bytes.
  package let pixels: [UInt8]

  /// - Precondition: `pixels.count == 3 * width * height`, both sides in 1…512.
  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition((1...Self.maximumSide).contains(width) && (1...Self.maximumSide).contains(height))
    precondition(pixels.count == 3 * width * height, "\(pixels.count) bytes for \(width) x \(height) RGB")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
