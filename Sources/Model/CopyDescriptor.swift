/// What tells copies of one picture from other pictures: small enough to be kept for every file, and enough to be
/// compared without the file.
///
/// A picture has one view or two: the whole, and, where a plain border stands around it (paper, a mat, a scanner's bed),
/// what is inside the border.
package struct CopyDescriptor: Hashable, Sendable, Codable {
  /// Of the method. A descriptor of another version counts as missing.
  package static let version = 1

  /// One or two, the whole picture first.
  package let views: [View]

  package init(views: [View]) { self.views = views }

  /// The hashes and the thumbnail of one part of a picture.
  package struct View: Hashable, Sendable {
    /// Cells of a thumbnail along each side, whatever the picture's aspect.
    package static let side = 32
    /// Cells of the thumbnail's chroma along each side.
    package static let chromaSide = 8
    /// `side * side` bytes of luma and `2 * chromaSide * chromaSide` of chroma.
    package static let thumbnailCount = side * side + 2 * chromaSide * chromaSide

    /// nil where the view is too flat to tell from another flat one: blank paper, one colour, a shaded wall.
    package let hashes: PerceptualHashes?
    /// `thumbnailCount` bytes: luma (0…255, row by row), then a* + 128, then b* + 128 of the chroma's cells.
    package let thumbnail: [UInt8]

    /// - Precondition: the thumbnail has `thumbnailCount` bytes.
    package init(hashes: PerceptualHashes?, thumbnail: [UInt8]) {
      precondition(thumbnail.count == Self.thumbnailCount, "a thumbnail has \(Self.thumbnailCount) bytes")
      self.hashes = hashes
      self.thumbnail = thumbnail
    }
  }
}

/// The 64-bit perceptual hashes of one view.
package struct PerceptualHashes: Hashable, Sendable, Codable {
  /// Windows that have a hash of their own; see `CopyWindow`.
  package static let windowCount = 14

  /// DCT hashes of the windows; the first is the whole view.
  package let windows: [UInt64]
  /// The DCT hash of the view with left and right exchanged.
  package let mirrored: UInt64
  /// The gradient hash of the view.
  package let gradient: UInt64

  /// - Precondition: `windowCount` windows.
  package init(windows: [UInt64], mirrored: UInt64, gradient: UInt64) {
    precondition(windows.count == Self.windowCount, "\(windows.count) windows")
    self.windows = windows
    self.mirrored = mirrored
    self.gradient = gradient
  }
}

/// A thumbnail goes as 64-bit words, an eighth of the numbers.
extension CopyDescriptor.View: Codable {
  private enum CodingKeys: String, CodingKey { case hashes, thumbnail }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let words = try container.decode([UInt64].self, forKey: .thumbnail)
    guard words.count == Self.thumbnailCount / 8 else {
      throw DecodingError.dataCorruptedError(
        forKey: .thumbnail, in: container, debugDescription: "\(words.count) words")
    }
    self.init(
      hashes: try container.decodeIfPresent(PerceptualHashes.self, forKey: .hashes),
      thumbnail: words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(hashes, forKey: .hashes)
    let words = stride(from: 0, to: thumbnail.count, by: 8).map { start in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(thumbnail[start + $1]) << (8 * $1) }
    }
    try container.encode(words, forKey: .thumbnail)
  }
}
