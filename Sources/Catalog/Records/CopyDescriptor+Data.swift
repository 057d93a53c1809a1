import Foundation
import Model

extension PerceptualHashes {
  /// Words in the order windows, mirrored, gradient; each 64 bits, little-endian.
  var data: Data {
    Data(
      (windows + [mirrored, gradient]).flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
      })
  }

  /// nil where there are more or fewer bytes than hashes need.
  init?(data: Data) {
    let bytes = Array(data)
    guard bytes.count == 8 * (Self.windowCount + 2) else { return nil }
    let words = stride(from: 0, to: bytes.count, by: 8).map { start in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) }
    }
    self.init(
      windows: Array(words.prefix(Self.windowCount)), mirrored: words[Self.windowCount],
      gradient: words[Self.windowCount + 1])
  }
}

extension CopyDescriptor.View {
  /// nil where the bytes are not those of a view.
  init?(hashes: Data?, thumbnail: Data) {
    guard thumbnail.count == Self.thumbnailCount else { return nil }
    guard let hashes else {
      self.init(hashes: nil, thumbnail: Array(thumbnail))
      return
    }
    guard let read = PerceptualHashes(data: hashes) else { return nil }
    self.init(hashes: read, thumbnail: Array(thumbnail))
  }
}
