/// The blocks of a GIF file (GIF89a specification, CompuServe 1990).
enum GIFStructure {
  private static let headerLength = 13

  /// Whole from the header to the trailer; what follows that does not count.
  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    guard !bytes.lacks(headerLength, from: 0) else { return .truncated }
    var offset = headerLength + colourTableLength(flags: bytes[10])
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x3B: return .whole
      case 0x21: offset += 2  // extension and its label
      case 0x2C:
        guard !bytes.lacks(11, from: offset) else { return .truncated }
        offset += 10 + colourTableLength(flags: bytes[offset + 9]) + 1  // descriptor, table, code size
      default: return .whole  // no block: damaged, not cut
      }
      skipSubBlocks(bytes, &offset)
    }
    return .truncated
  }

  /// Width and height of the canvas in pixels, on which a frame may cover only a part.
  static func canvas(_ bytes: Span<UInt8>) -> (width: Int, height: Int)? {
    guard let width = bytes.number(at: 6, bytes: 2, .little),
      let height = bytes.number(at: 8, bytes: 2, .little)
    else { return nil }
    return (width, height)
  }

  private static func colourTableLength(flags: UInt8) -> Int {
    flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1)
  }

  /// Past the sub-blocks and the empty one that ends them; the offset may end up beyond the file.
  private static func skipSubBlocks(_ bytes: Span<UInt8>, _ offset: inout Int) {
    while offset < bytes.count {
      let length = Int(bytes[offset])
      offset += 1 + length
      if length == 0 { return }
    }
  }
}
