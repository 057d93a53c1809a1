import Foundation

/// A picture by formula as an uncompressed TIFF, for tests that need pictures of their own.
enum PlainTIFF {
  /// 8-bit RGB; `level(x, y, channel)` is 0…255.
  static func bytes(width: Int, height: Int, _ level: (Int, Int, Int) -> Int) -> Data {
    var pixels = Data()
    for y in 0..<height {
      for x in 0..<width { for channel in 0..<3 { pixels.append(UInt8(level(x, y, channel))) } }
    }
    // Tag, type (3 short, 4 long), count, value; the three bits per sample stand behind the pixels.
    let bitsAt = 8 + pixels.count
    let entries: [(UInt16, UInt16, UInt32, Int)] = [
      (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, bitsAt), (259, 3, 1, 1), (262, 3, 1, 2),
      (273, 4, 1, 8), (277, 3, 1, 3), (278, 4, 1, height), (279, 4, 1, pixels.count),
    ]
    var file = Data("II*\0".utf8) + little(UInt32(bitsAt + 6)) + pixels
    for _ in 0..<3 { file += little(UInt16(8)) }
    file += little(UInt16(entries.count))
    for (tag, type, count, value) in entries {
      file += little(tag) + little(type) + little(count) + little(UInt32(value))
    }
    return file + little(UInt32(0))
  }

  private static func little<T: FixedWidthInteger>(_ value: T) -> Data {
    Data((0..<(T.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }
}
