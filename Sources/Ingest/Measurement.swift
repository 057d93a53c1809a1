package import Catalog
package import Model

/// What one reading of a file gave: its identity, its picture's size, and its signature.
package struct Measurement: Sendable, Codable, Equatable {
  /// The file as it was read.
  package let seen: FileSighting
  /// SHA-256 of the bytes.
  package let contentHash: Fingerprint
  /// SHA-256 of the working image and the original dimensions.
  package let pictureHash: Fingerprint
  /// Such as `jpeg`.
  package let format: String
  /// Upright, of the original, in pixels.
  package let width, height: Int
  package let blocks: [Block]
  package let palette: Palette
  package let copies: CopyDescriptor
}
