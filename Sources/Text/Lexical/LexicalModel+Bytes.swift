extension LexicalModel {
  /// What the bytes begin with: the format and its version.
  private static let magic = Array("MORELLI-LSI-1\n".utf8)

  /// To be kept: the magic line; how many words (UInt32); how many bytes the words have (UInt32); the words, a line each; rarities,
  /// directions and mean as float32. Little-endian.
  package var bytes: [UInt8] {
    let words = Array(vocabulary.words.joined(separator: "\n").utf8)
    var bytes = Self.magic
    for count in [vocabulary.words.count, words.count] { bytes += Self.littleEndian(UInt32(count)) }
    bytes += words
    bytes.reserveCapacity(bytes.count + 4 * (directions.count + 2 * vocabulary.words.count))
    for values in [vocabulary.rarities, directions, mean] {
      for value in values { bytes += Self.littleEndian(value.bitPattern) }
    }
    return bytes
  }

  /// - Returns: nil where the bytes are not what `bytes` gives, or hold a number that is not finite.
  package init?(_ bytes: [UInt8]) {
    var place = Self.magic.count
    guard bytes.starts(with: Self.magic), bytes.count >= place + 8 else { return nil }
    func word(_ at: Int) -> UInt32 { (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) } }
    let (count, length) = (Int(word(place)), Int(word(place + 4)))
    place += 8
    let numbers = count * (1 + Self.dimension) + Self.dimension
    guard bytes.count == place + length + 4 * numbers else { return nil }
    let words = String(decoding: bytes[place..<place + length], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    place += length
    guard words.count == count else { return nil }
    let values = (0..<numbers).map { Float(bitPattern: word(place + 4 * $0)) }
    guard values.allSatisfy(\.isFinite) else { return nil }
    self.init(
      vocabulary: Vocabulary(words: words, rarities: Array(values[..<count])),
      directions: Array(values[count..<count * (1 + Self.dimension)]),
      mean: Array(values[(count * (1 + Self.dimension))...]))
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
