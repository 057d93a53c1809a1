/// JPEG 2000: a codestream (ISO/IEC 15444-1, annex A), bare or in the boxes of a JP2 file (annex I).
enum JPEG2000Structure {
  private static let codestreamBox = 0x6A70_3263  // jp2c

  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    guard !bytes.holds([0xFF, 0x4F]) else { return codestream(bytes, 0..<bytes.count) }
    var boxes = ISOBoxes(in: 0..<bytes.count)
    var hasCodestream = false
    while true {
      switch boxes.next(bytes) {
      case .overrun: return .truncated
      case .damaged: return .whole
      case .end: return hasCodestream ? .whole : .truncated
      case .box(let box) where box.type == codestreamBox:
        hasCodestream = true
        if codestream(bytes, box.body) == .truncated { return .truncated }
      case .box: continue
      }
    }
  }

  /// From SOC over the main header and from tile part to tile part, each of which says its length, to EOC.
  private static func codestream(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Completeness {
    var offset = range.lowerBound + 2
    while offset <= range.upperBound - 2, let marker = bytes.number(at: offset, bytes: 2) {
      switch marker {
      case 0xFFD9: return .whole
      case 0xFF90:  // SOT
        guard let length = bytes.number(at: offset + 6, bytes: 4) else { return .truncated }
        if length == 0 { return endsWithMark(bytes, range) }  // up to EOC
        if length < 14 { return .whole }  // damaged, not cut
        offset += length
      case 0xFF01...0xFFFF:
        guard let length = bytes.number(at: offset + 2, bytes: 2) else { return .truncated }
        offset += 2 + length
      default: return .whole  // damaged, not cut
      }
    }
    return .truncated
  }

  private static func endsWithMark(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Completeness {
    bytes.holds([0xFF, 0xD9], at: range.upperBound - 2) ? .whole : .truncated
  }
}
