import Model

/// Keys with their works, in the order of the keys, as bytes that need no reading before the first question: a million works
/// take some twenty megabytes.
///
/// Little-endian: how many there are (UInt64); the keys (Int64 each); where each work's id ends (UInt32 each); the ids, UTF-8, one
/// after another.
struct OwnerTable: Sendable {
  private static let header = 8

  let bytes: [UInt8]
  let count: Int

  /// - Parameter entries: in ascending order of their keys, each once.
  init(_ entries: [(key: Int64, owner: ArtworkID)]) {
    count = entries.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.header + 24 * entries.count)
    func append(_ word: UInt64, _ size: Int) {
      for shift in 0..<size { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * shift))) }
    }
    append(UInt64(entries.count), 8)
    for entry in entries { append(UInt64(bitPattern: entry.key), 8) }
    var end = 0
    for entry in entries {
      end += entry.owner.rawValue.utf8.count
      append(UInt64(end), 4)
    }
    for entry in entries { bytes += entry.owner.rawValue.utf8 }
    self.bytes = bytes
  }

  /// - Returns: nil where the sizes don't fit one another. What the bytes say is believed: whoever kept them has a checksum.
  init?(bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.count >= Self.header, let count = Int(exactly: Self.word(bytes, at: 0, 8)),
      count <= (bytes.count - Self.header) / 12
    else { return nil }
    self.count = count
    guard Self.header + 12 * count + (count == 0 ? 0 : end(at: count - 1)) == bytes.count else { return nil }
  }

  func key(at place: Int) -> Int64 {
    Int64(bitPattern: Self.word(bytes, at: Self.header + 8 * place, 8))
  }

  func owner(at place: Int) -> ArtworkID {
    let ids = Self.header + 12 * count
    let start = place == 0 ? 0 : end(at: place - 1)
    guard start <= end(at: place), ids + end(at: place) <= bytes.count else { return ArtworkID(rawValue: "") }
    return ArtworkID(rawValue: String(decoding: bytes[ids + start..<ids + end(at: place)], as: UTF8.self))
  }

  /// nil for a key that is not there.
  subscript(key: Int64) -> ArtworkID? {
    guard count > 0 else { return nil }
    var (low, high) = (0, count)
    // Keys mostly follow one another without gaps: it is there or nearby.
    let (first, last) = (self.key(at: 0), self.key(at: count - 1))
    guard first <= key, key <= last else { return nil }
    let share = (Double(key) - Double(first)) / max(1, Double(last) - Double(first))
    let guess = min(count - 1, Int(share * Double(count - 1)))
    let near = self.key(at: guess)
    if near == key { return owner(at: guess) }
    if near < key { low = guess + 1 } else { high = guess }
    while low < high {
      let middle = (low + high) / 2
      if self.key(at: middle) < key { low = middle + 1 } else { high = middle }
    }
    return low < count && self.key(at: low) == key ? owner(at: low) : nil
  }

  private func end(at place: Int) -> Int {
    Int(Self.word(bytes, at: Self.header + 8 * count + 4 * place, 4))
  }

  private static func word(_ bytes: [UInt8], at place: Int, _ size: Int) -> UInt64 {
    var word: UInt64 = 0
    for i in 0..<size { word |= UInt64(bytes[place + i]) << UInt64(8 * i) }
    return word
  }
}
