/// One image file directory of a TIFF file, classic or BigTIFF (TIFF revision 6.0, Adobe 1992, section 2).
struct TIFFDirectory {
  /// Tags that are looked at.
  enum Tag: Int, CaseIterable {
    case newSubfileType = 254
    case bitsPerSample = 258
    case compression = 259
    case photometricInterpretation = 262
    case stripOffsets = 273
    case samplesPerPixel = 277
    case stripByteCounts = 279
    case tileOffsets = 324
    case tileByteCounts = 325
    case subDirectories = 330
    case extraSamples = 338
    case sampleFormat = 339
    case dngVersion = 50706
  }

  /// The values of a tag: where they begin and how many bytes each has.
  struct Field {
    let offset, width, count: Int
  }

  /// How its numbers are written: byte order and the width of offsets, 4 bytes or 8.
  struct Layout {
    let order: ByteOrder
    let isBig: Bool

    var offsetWidth: Int { isBig ? 8 : 4 }
    fileprivate var countWidth: Int { isBig ? 8 : 2 }
    fileprivate var entryWidth: Int { isBig ? 20 : 12 }

    /// nil if the file does not begin like a TIFF.
    init?(_ bytes: Span<UInt8>) {
      if bytes.holds([0x49, 0x49]) {
        order = .little
      } else if bytes.holds([0x4D, 0x4D]) {
        order = .big
      } else {
        return nil
      }
      switch bytes.number(at: 2, bytes: 2, order) {
      case 42: isBig = false
      case 43: isBig = true
      default: return nil
      }
    }

    /// Where the first directory stands; nil if the file ends before it says so.
    func firstDirectory(_ bytes: Span<UInt8>) -> Int? {
      bytes.number(at: isBig ? 8 : 4, bytes: offsetWidth, order)
    }
  }

  private let layout: Layout
  /// Where the next directory stands, 0 if this is the last.
  let next: Int
  /// Of all its fields, also those that are not looked at.
  let entryCount: Int
  /// A field of interest has values beyond the file's end; it is not in `fields`.
  let hasFieldsBeyondEnd: Bool
  private let fields: [Tag: Field]

  /// Reads the directory at `offset`; nil if it is not wholly inside the file.
  init?(_ bytes: Span<UInt8>, at offset: Int, _ layout: Layout) {
    guard let count = bytes.number(at: offset, bytes: layout.countWidth, layout.order),
      count <= bytes.count / layout.entryWidth
    else { return nil }
    let entries = offset + layout.countWidth
    let end = entries + count * layout.entryWidth
    guard let next = bytes.number(at: end, bytes: layout.offsetWidth, layout.order) else { return nil }
    var (fields, isCut) = ([Tag: Field](), false)
    for index in 0..<count {
      let entry = entries + index * layout.entryWidth
      guard let tag = bytes.number(at: entry, bytes: 2, layout.order).flatMap(Tag.init) else { continue }
      if let field = Self.field(bytes, at: entry, layout) {
        fields[tag] = fields[tag] ?? field
      } else {
        isCut = true
      }
    }
    self.layout = layout
    self.next = next
    entryCount = count
    self.fields = fields
    hasFieldsBeyondEnd = isCut
  }

  /// The first directory of a TIFF file, nil if it can't be read.
  init?(firstOf bytes: Span<UInt8>) {
    guard let layout = Layout(bytes), let offset = layout.firstDirectory(bytes) else { return nil }
    self.init(bytes, at: offset, layout)
  }

  subscript(tag: Tag) -> Field? { fields[tag] }

  /// The value of a tag at `index`, from 0; nil if there is none.
  func value(_ bytes: Span<UInt8>, _ tag: Tag, at index: Int = 0) -> Int? {
    guard let field = fields[tag], index < field.count else { return nil }
    return bytes.number(at: field.offset + index * field.width, bytes: field.width, layout.order)
  }

  /// Few values stand in the entry itself, more of them where it points to. nil if they are beyond the end.
  private static func field(_ bytes: Span<UInt8>, at entry: Int, _ layout: Layout) -> Field? {
    guard let type = bytes.number(at: entry + 2, bytes: 2, layout.order),
      let count = bytes.number(at: entry + 4, bytes: layout.offsetWidth, layout.order)
    else { return nil }
    let width = valueWidth(type)
    guard count <= bytes.count else { return nil }
    let place = entry + 4 + layout.offsetWidth
    if count * width <= layout.offsetWidth { return Field(offset: place, width: width, count: count) }
    guard let offset = bytes.number(at: place, bytes: layout.offsetWidth, layout.order),
      !bytes.lacks(count * width, from: offset)
    else { return nil }
    return Field(offset: offset, width: width, count: count)
  }

  private static func valueWidth(_ type: Int) -> Int {
    switch type {
    case 3, 8: 2  // SHORT, SSHORT
    case 4, 9, 11, 13: 4  // LONG, SLONG, FLOAT, IFD
    case 5, 10, 12, 16, 17, 18: 8  // RATIONAL, SRATIONAL, DOUBLE, LONG8, SLONG8, IFD8
    default: 1
    }
  }
}
