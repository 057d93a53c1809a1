/// The RIFF container of a WebP file (RFC 9649, section 2).
enum WebPStructure {
  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    guard let size = bytes.number(at: 4, bytes: 4, .little) else { return .truncated }
    return bytes.lacks(8 + size, from: 0) ? .truncated : .whole
  }
}
