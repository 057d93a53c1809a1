/// The boxes of HEIF and AVIF files and the places of their items (ISO/IEC 23008-12; 14496-12, clause 8.11).
enum HEIFStructure {
  private static let meta = 0x6D65_7461
  private static let itemLocations = 0x696C_6F63  // iloc

  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    var boxes = ISOBoxes(in: 0..<bytes.count)
    var hasMeta = false
    while true {
      switch boxes.next(bytes) {
      case .overrun: return .truncated
      case .damaged: return .whole
      case .end: return hasMeta ? .whole : .truncated
      case .box(let box) where box.type == meta && box.body.count >= 4:
        hasMeta = true
        if itemsOverrun(bytes, meta: (box.body.lowerBound + 4)..<box.body.upperBound) { return .truncated }
      case .box: continue
      }
    }
  }

  private static func itemsOverrun(_ bytes: Span<UInt8>, meta: Range<Int>) -> Bool {
    var boxes = ISOBoxes(in: meta)
    while case .box(let box) = boxes.next(bytes) {
      if box.type == itemLocations, extentsOverrun(bytes, at: box.body.lowerBound) { return true }
    }
    return false
  }

  /// Whether an extent of an item that lies in this file goes beyond its end.
  private static func extentsOverrun(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    var cursor = start
    func take(_ width: Int) -> Int? {
      defer { cursor += width }
      return bytes.number(at: cursor, bytes: width)
    }
    guard let version = take(1), take(3) != nil, let sizes = take(1), let moreSizes = take(1) else {
      return false
    }
    let (offsetSize, lengthSize, baseSize) = (sizes >> 4, sizes & 15, moreSizes >> 4)
    let indexSize = version == 0 ? 0 : moreSizes & 15
    guard max(offsetSize, lengthSize, baseSize, indexSize) <= 8, let items = take(version < 2 ? 2 : 4)
    else { return false }
    // Extents of no bytes at all could be listed without end.
    guard offsetSize + lengthSize > 0 else { return false }
    for _ in 0..<items {
      guard take(version < 2 ? 2 : 4) != nil, let method = version == 0 ? 0 : take(2),
        let otherFile = take(2),
        let base = take(baseSize), let extents = take(2)
      else { return false }
      for _ in 0..<extents {
        guard take(indexSize) != nil, let offset = take(offsetSize), let length = take(lengthSize)
        else { return false }
        guard method & 15 == 0 && otherFile == 0 else { continue }
        let (first, isHuge) = base.addingReportingOverflow(offset)
        // A length of 0 means up to the end.
        if isHuge || bytes.lacks(max(length, 1), from: first) { return true }
      }
    }
    return false
  }
}
