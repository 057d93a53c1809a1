/// What a picture may ask for before it is refused unread.
package struct ImagingLimits: Equatable, Sendable, Codable {
  /// Width × height as stored.
  package var pixels: Int
  /// The longer side as stored, in pixels.
  package var side: Int
  /// Of the file.
  package var bytes: Int
  /// That decoding may take, in bytes, by the picture's header. What a decoder really takes is watched from
  /// outside its process.
  package var memory: Int
  /// The formats that are decoded; any other is `unsupported`.
  package var formats: Set<ImageFormat>

  package init(
    pixels: Int = 500_000_000, side: Int = 65_535, bytes: Int = 4 << 30, memory: Int = 2 << 30,
    formats: Set<ImageFormat> = ImageFormat.allowedByDefault
  ) {
    self.pixels = pixels
    self.side = side
    self.bytes = bytes
    self.memory = memory
    self.formats = formats
  }
}

extension ImagingLimits {
  /// Throws unless a picture of `width` × `height` stored pixels is within the limits.
  func check(_ width: Int, _ height: Int) throws(ImagingError) {
    guard width > 0 && height > 0 else {
      throw ImagingError(.corrupt, "the header says \(width) x \(height) pixels")
    }
    guard max(width, height) <= side else {
      throw ImagingError(.tooLarge, "\(width) x \(height) pixels, the limit of a side is \(side)")
    }
    guard width * height <= pixels else {
      throw ImagingError(.tooLarge, "\(width) x \(height) pixels, the limit is \(pixels) in all")
    }
  }
}
