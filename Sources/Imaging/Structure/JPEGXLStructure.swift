/// The boxes of a JPEG XL file (ISO/IEC 18181-2, clause 9). The codestream itself has no lengths to walk by.
enum JPEGXLStructure {
  private static let codestreamBox = 0x6A78_6C63  // jxlc
  private static let partialCodestreamBox = 0x6A78_6C70  // jxlp

  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    guard !bytes.holds([0xFF, 0x0A]) else { return .untold }
    var boxes = ISOBoxes(in: 0..<bytes.count)
    var verdict = Completeness.truncated
    while true {
      switch boxes.next(bytes) {
      case .overrun: return .truncated
      case .damaged: return .whole
      case .end: return verdict
      case .box(let box) where box.type == codestreamBox || isLastPart(bytes, box):
        verdict = box.isOpenEnded ? .untold : .whole
      case .box: continue
      }
    }
  }

  /// A part begins with its number; the last one's has its top bit set.
  private static func isLastPart(_ bytes: Span<UInt8>, _ box: ISOBoxes.Box) -> Bool {
    guard box.type == partialCodestreamBox, box.body.count >= 4 else { return false }
    return bytes[box.body.lowerBound] & 0x80 != 0
  }
}
