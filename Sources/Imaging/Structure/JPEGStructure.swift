import Glibc

/// The marker segments of a JPEG file (ITU-T T.81, annex B).
enum JPEGStructure {
  /// Whole from SOI to EOI; what follows the EOI does not count.
  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    var offset = 2
    while let marker = nextMarker(bytes, &offset) {
      switch marker {
      case 0xD9: return .whole
      // Segments with a length. Behind an SOS and its parameters stands entropy-coded data, which, like padding,
      // is passed over in search of the next marker.
      case 0xC0...0xCF, 0xDA...0xFE:
        guard let length = bytes.number(at: offset, bytes: 2) else { return .truncated }
        if length < 2 { return .whole }  // damaged, not cut
        offset += length
      // Stuffing, restart markers, SOI, TEM and reserved codes stand alone.
      default: continue
      }
    }
    return .truncated
  }

  /// The code of the next marker at or behind `offset`, which is then moved past it.
  private static func nextMarker(_ bytes: Span<UInt8>, _ offset: inout Int) -> UInt8? {
    offset += distanceToFF(bytes, from: offset)
    while offset < bytes.count, bytes[offset] == 0xFF { offset += 1 }  // fill bytes
    guard offset < bytes.count else { return nil }
    offset += 1
    return bytes[offset - 1]
  }

  /// How many bytes stand before the next 0xFF: nearly all of a file lies between two of them.
  private static func distanceToFF(_ bytes: Span<UInt8>, from offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      let rest = unsafe UnsafeBufferPointer(rebasing: buffer[offset...])
      guard let start = rest.baseAddress, let found = unsafe memchr(start, 0xFF, rest.count) else {
        return rest.count
      }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(start)
    }
  }
}
