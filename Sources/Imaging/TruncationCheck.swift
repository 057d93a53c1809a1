/// Tells from a file's structure that its end is missing.
///
/// Decoders differ in what they forgive: some fill in grey without a word. What each format says of its own
/// length is cheap to check and the same for all.
enum TruncationCheck {
  /// The file's own structure says that bytes are missing. Never true for a whole file.
  static func isTruncated(_ bytes: Span<UInt8>, as format: ImageFormat) -> Bool {
    switch format {
    case .png: pngLacksEnd(bytes)
    case .webp: bytes.count >= 8 && 8 + Int(littleEndian32(bytes, at: 4)) > bytes.count
    case .heif, .avif: boxesOverrun(bytes)
    case .jp2: startsWith([0xFF, 0x4F], bytes) ? false : boxesOverrun(bytes)
    case .jxl: startsWith([0xFF, 0x0A], bytes) ? false : boxesOverrun(bytes)
    case .jpeg, .tiff, .gif, .psd, .svg: false
    }
  }

  /// The mark that ends a picture of this format is nowhere near the file's end. True for some whole files
  /// too, so it only names an error that the decoder has found.
  static func lacksEnd(_ bytes: Span<UInt8>, of format: ImageFormat) -> Bool {
    switch format {
    case .jpeg: !contains([0xFF, 0xD9], inLast: 4096, of: bytes)
    case .jp2: !contains([0xFF, 0xD9], inLast: 64, of: bytes)
    case .gif: bytes.count == 0 || bytes[bytes.count - 1] != 0x3B
    case .tiff: true
    case .jxl, .psd: true
    case .png, .webp, .heif, .avif, .svg: false
    }
  }

  private static func pngLacksEnd(_ bytes: Span<UInt8>) -> Bool {
    var offset = 8
    while offset + 12 <= bytes.count {
      if bigEndian32(bytes, at: offset + 4) == 0x4945_4E44 { return false }  // IEND
      let next = offset + 12 + Int(bigEndian32(bytes, at: offset))
      if next > bytes.count { return true }
      offset = next
    }
    return true
  }

  /// ISO base media and JPEG 2000 boxes: a box that reaches beyond the file's end.
  private static func boxesOverrun(_ bytes: Span<UInt8>) -> Bool {
    var offset = 0
    while offset + 8 <= bytes.count {
      var length = Int(bigEndian32(bytes, at: offset))
      if length == 0 { return false }  // to the end of the file, whatever that is
      if length == 1 {
        guard offset + 16 <= bytes.count else { return true }
        let high = Int(bigEndian32(bytes, at: offset + 8))
        guard high < 1 << 16 else { return true }
        length = high << 32 | Int(bigEndian32(bytes, at: offset + 12))
      }
      guard length >= 8 else { return false }  // no box: damaged, not cut
      if length > bytes.count - offset { return true }
      offset += length
    }
    return false
  }

  private static func startsWith(_ mark: [UInt8], _ bytes: Span<UInt8>) -> Bool {
    bytes.count >= mark.count && mark.indices.allSatisfy { bytes[$0] == mark[$0] }
  }

  private static func contains(_ mark: [UInt8], inLast count: Int, of bytes: Span<UInt8>) -> Bool {
    let first = max(0, bytes.count - count)
    guard bytes.count - first >= mark.count else { return false }
    for start in first...(bytes.count - mark.count)
    where mark.indices.allSatisfy({ bytes[start + $0] == mark[$0] }) { return true }
    return false
  }

  private static func bigEndian32(_ bytes: Span<UInt8>, at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[offset + $1]) }
  }

  private static func littleEndian32(_ bytes: Span<UInt8>, at offset: Int) -> UInt32 {
    bigEndian32(bytes, at: offset).byteSwapped
  }
}
