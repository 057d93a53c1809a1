/// Which byte of a number comes first.
enum ByteOrder {
  case big, little
}

extension Span<UInt8> {
  /// The unsigned number of `width` bytes at `offset`; nil where it isn't wholly inside the file.
  ///
  /// One of 8 bytes that is too large for an `Int` becomes `Int.max`, which lies beyond the end of any file.
  func number(at offset: Int, bytes width: Int, _ order: ByteOrder = .big) -> Int? {
    assert((0...8).contains(width))
    guard offset >= 0, offset <= count - width else { return nil }
    var value: UInt64 = 0
    for index in 0..<width {
      value = value << 8 | UInt64(self[order == .big ? offset + index : offset + width - 1 - index])
    }
    return Int(clamping: value)
  }

  /// Whether `length` bytes from `offset` on are not all inside the file. Never overflows.
  func lacks(_ length: Int, from offset: Int) -> Bool {
    offset < 0 || length < 0 || offset > count || length > count - offset
  }

  /// Whether the bytes at `offset` are those of `mark`.
  func holds(_ mark: [UInt8], at offset: Int = 0) -> Bool {
    guard !lacks(mark.count, from: offset) else { return false }
    return mark.indices.allSatisfy { self[offset + $0] == mark[$0] }
  }
}
