/// Whether a TIFF file holds the directories and the strips or tiles that it points to.
enum TIFFStructure {
  /// As many directories as are followed. A chain may run in a circle.
  private static let longestChain = 4096

  /// The first picture's data and the chain of directories; other pictures' data are never read.
  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    guard let layout = TIFFDirectory.Layout(bytes) else { return bytes.count < 8 ? .truncated : .whole }
    guard let start = layout.firstDirectory(bytes) else { return .truncated }
    if start == 0 { return .whole }  // damaged, not cut
    guard let first = TIFFDirectory(bytes, at: start, layout), !dataOverrun(bytes, first) else {
      return .truncated
    }
    var offset = first.next
    for _ in 0..<longestChain where offset != 0 {
      guard let next = TIFFDirectory.next(bytes, after: offset, layout) else { return .truncated }
      offset = next
    }
    return .whole
  }

  private static func dataOverrun(_ bytes: Span<UInt8>, _ directory: TIFFDirectory) -> Bool {
    directory.hasFieldsBeyondEnd
      || overrun(bytes, directory, .stripOffsets, .stripByteCounts)
      || overrun(bytes, directory, .tileOffsets, .tileByteCounts)
  }

  private static func overrun(
    _ bytes: Span<UInt8>, _ directory: TIFFDirectory, _ offsets: TIFFDirectory.Tag,
    _ counts: TIFFDirectory.Tag
  ) -> Bool {
    for index in 0..<(directory[offsets]?.count ?? 0) {
      guard let offset = directory.value(bytes, offsets, at: index) else { return false }
      if bytes.lacks(directory.value(bytes, counts, at: index) ?? 0, from: offset) { return true }
    }
    return false
  }
}
