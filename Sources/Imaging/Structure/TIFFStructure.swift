/// Whether a TIFF file holds the directories and the strips or tiles that it points to.
enum TIFFStructure {
  /// Every picture of the chain and the levels of a pyramid below it, which may be read instead of the first.
  ///
  /// Directories may point at one another in circles, and to the same long tables: the walk ends when it has taken
  /// as many steps as the file has bytes.
  static func completeness(_ bytes: Span<UInt8>) -> Completeness {
    guard let layout = TIFFDirectory.Layout(bytes) else { return bytes.count < 8 ? .truncated : .whole }
    guard var offset = layout.firstDirectory(bytes) else { return .truncated }
    var steps = bytes.count
    while offset != 0 && steps > 0 {  // 0 is the end, or none at all: damaged, not cut
      guard let directory = TIFFDirectory(bytes, at: offset, layout), !dataOverrun(bytes, directory, &steps)
      else { return .truncated }
      for index in 0..<(directory[.subDirectories]?.count ?? 0) where steps > 0 {
        guard
          let level = directory.value(bytes, .subDirectories, at: index).flatMap({
            TIFFDirectory(bytes, at: $0, layout)
          }), !dataOverrun(bytes, level, &steps)
        else { return .truncated }
      }
      offset = directory.next
    }
    return .whole
  }

  private static func dataOverrun(_ bytes: Span<UInt8>, _ directory: TIFFDirectory, _ steps: inout Int)
    -> Bool
  {
    steps -= 1 + directory.entryCount
    return directory.hasFieldsBeyondEnd
      || overrun(bytes, directory, .stripOffsets, .stripByteCounts, &steps)
      || overrun(bytes, directory, .tileOffsets, .tileByteCounts, &steps)
  }

  private static func overrun(
    _ bytes: Span<UInt8>, _ directory: TIFFDirectory, _ offsets: TIFFDirectory.Tag,
    _ counts: TIFFDirectory.Tag,
    _ steps: inout Int
  ) -> Bool {
    let pieces = directory[offsets]?.count ?? 0
    steps -= pieces
    for index in 0..<pieces {
      guard let offset = directory.value(bytes, offsets, at: index) else { return false }
      if bytes.lacks(directory.value(bytes, counts, at: index) ?? 0, from: offset) { return true }
    }
    return false
  }
}
