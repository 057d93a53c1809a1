/// Walks the boxes that HEIF, AVIF, JPEG 2000 and JPEG XL files are made of (ISO/IEC 14496-12, clause 4.2).
struct ISOBoxes {
  struct Box {
    /// Four letters as a number.
    let type: Int
    /// Its contents, inside the file.
    let body: Range<Int>
    /// Its length is given as "up to the end of the file".
    let isOpenEnded: Bool
  }

  enum Step {
    case box(Box)
    /// No more boxes.
    case end
    /// A box, or its head, goes beyond the end of the range.
    case overrun
    /// What follows is no box.
    case damaged
  }

  private var offset: Int
  private let end: Int

  /// - Parameter range: where the boxes stand, inside the file.
  init(in range: Range<Int>) {
    offset = range.lowerBound
    end = range.upperBound
  }

  mutating func next(_ bytes: Span<UInt8>) -> Step {
    if offset == end { return .end }
    guard offset <= end - 8, let short = bytes.number(at: offset, bytes: 4),
      let type = bytes.number(at: offset + 4, bytes: 4)
    else { return .overrun }
    var (head, length) = (8, short)
    if short == 0 { length = end - offset }
    if short == 1 {
      guard offset <= end - 16, let long = bytes.number(at: offset + 8, bytes: 8) else { return .overrun }
      (head, length) = (16, long)
    }
    guard length >= head else { return .damaged }
    guard length <= end - offset else { return .overrun }
    let body = (offset + head)..<(offset + length)
    offset += length
    return .box(Box(type: type, body: body, isOpenEnded: short == 0))
  }
}
