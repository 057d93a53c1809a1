/// The chunks of a PNG file (ISO/IEC 15948, clause 5).
enum PNGStructure {
  private static let end = 0x4945_4E44  // IEND

  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    var offset = 8
    // A chunk: length, type, data, checksum.
    while let length = bytes.number(at: offset, bytes: 4), let type = bytes.number(at: offset + 4, bytes: 4) {
      if bytes.lacks(12 + length, from: offset) { return .truncated }
      if type == end { return .whole }
      offset += 12 + length
    }
    return .truncated
  }
}
