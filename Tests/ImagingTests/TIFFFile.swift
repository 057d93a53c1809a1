/// Writes small little-endian TIFF files of one directory, field by field.
struct TIFFFile {
  /// Values of one tag: of 2 bytes (SHORT) or 4 (LONG).
  enum Values {
    case shorts([UInt16])
    case longs([UInt32])
  }

  /// By tag.
  var fields: [UInt16: Values]
  /// One strip.
  var strip: [UInt8]
  /// Where the directory says that the next one is; 0 for none.
  var next: UInt32 = 0

  /// A picture of one strip. `sampleFormat`: 1 unsigned, 2 signed, 3 floating-point.
  init(
    width: Int, height: Int, bits: Int, channels: Int, sampleFormat: UInt16 = 1, orientation: UInt16 = 1,
    strip: [UInt8]
  ) {
    let isGrey = channels < 3
    fields = [
      256: .longs([UInt32(width)]), 257: .longs([UInt32(height)]),
      258: .shorts(Array(repeating: UInt16(bits), count: channels)), 259: .shorts([1]),
      262: .shorts([isGrey ? 1 : 2]), 274: .shorts([orientation]), 277: .shorts([UInt16(channels)]),
      278: .longs([UInt32(height)]), 284: .shorts([1]),
      339: .shorts(Array(repeating: sampleFormat, count: channels)),
    ]
    if channels == 2 || channels == 4 { fields[338] = .shorts([2]) }
    self.strip = strip
  }

  /// Header, strip, directory, values that don't fit the directory.
  var bytes: [UInt8] {
    var fields = fields
    fields[273] = fields[273] ?? .longs([8])
    fields[279] = fields[279] ?? .longs([UInt32(strip.count)])
    let directory = 8 + strip.count + strip.count % 2
    var out: [UInt8] = [0x49, 0x49, 42, 0] + Self.little(UInt32(directory)) + strip
    out += Array(repeating: 0, count: directory - out.count) + Self.little(UInt16(fields.count))
    var overflow: [UInt8] = []
    let overflowStart = directory + 2 + 12 * fields.count + 4
    for (tag, values) in fields.sorted(by: { $0.key < $1.key }) {
      let (type, count, data) = Self.encode(values)
      out += Self.little(tag) + Self.little(type) + Self.little(UInt32(count))
      if data.count <= 4 {
        out += data + Array(repeating: 0, count: 4 - data.count)
      } else {
        out += Self.little(UInt32(overflowStart + overflow.count))
        overflow += data
      }
    }
    return out + Self.little(next) + overflow
  }

  /// The bytes of a number, the lowest first.
  static func little(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<(type(of: number).bitWidth / 8)).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func encode(_ values: Values) -> (type: UInt16, count: Int, data: [UInt8]) {
    switch values {
    case .shorts(let shorts): (3, shorts.count, shorts.flatMap { little($0) })
    case .longs(let longs): (4, longs.count, longs.flatMap { little($0) })
    }
  }
}
