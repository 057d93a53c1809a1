/// The sections of a Photoshop document (Adobe Photoshop File Formats Specification, 2019).
enum PSDStructure {
  private static let headerLength = 26

  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    guard let channels = bytes.number(at: 12, bytes: 2), let height = bytes.number(at: 14, bytes: 4),
      let width = bytes.number(at: 18, bytes: 4), let depth = bytes.number(at: 22, bytes: 2)
    else { return .truncated }
    // Palette, resources and layers, each led by its length; then the flattened picture.
    var offset = headerLength
    for _ in 0..<3 {
      guard let length = bytes.number(at: offset, bytes: 4) else { return .truncated }
      offset += 4 + length
    }
    guard let compression = bytes.number(at: offset, bytes: 2) else { return .truncated }
    offset += 2
    let (rows, isHuge) = height.multipliedReportingOverflow(by: channels)
    if isHuge { return .whole }
    switch compression {
    case 0:
      let (size, isHuge) = rows.multipliedReportingOverflow(by: (width * depth + 7) / 8)
      return !isHuge && bytes.lacks(size, from: offset) ? .truncated : .whole
    case 1: return packedRows(bytes, offset, rows)
    default: return .whole
    }
  }

  /// What can't be decoded rightly, in words: libvips loses the black of CMYK on its way through ImageMagick, and
  /// has no numbers for the other modes. nil for the rest.
  static func unsupportedKind(_ bytes: Span<UInt8>) -> String? {
    guard let depth = bytes.number(at: 22, bytes: 2), let mode = bytes.number(at: 24, bytes: 2) else {
      return nil
    }
    switch mode {
    case 1, 3, 8: return depth == 8 || depth == 16 ? nil : "\(depth)-bit samples"  // grey, RGB, duotone
    case 0: return "a bitmap's single bits"
    case 2: return "a palette"
    case 4: return "CMYK colours"
    case 7: return "several channels and no colours"
    case 9: return "Lab colours"
    default: return nil  // no mode: damaged
    }
  }

  /// A table of every row's length in bytes, then the rows.
  private static func packedRows(_ bytes: Span<UInt8>, _ table: Int, _ rows: Int) -> Completeness {
    guard rows <= bytes.count, !bytes.lacks(2 * rows, from: table) else { return .truncated }
    var end = table + 2 * rows
    for row in 0..<rows { end += bytes.number(at: table + 2 * row, bytes: 2) ?? 0 }
    return end > bytes.count ? .truncated : .whole
  }
}
