/// A score and a number in one whole number, so that sorting is comparing whole numbers: keys rise with the score, and those of equal
/// scores with the number.
enum ScoreKey {
  /// - Parameter score: not NaN; 0 and −0 are equal.
  @inline(__always)
  static func of(_ score: Float, _ number: UInt32) -> UInt64 {
    // Adding 0 makes 0 of −0.
    let bits = (score + 0).bitPattern
    let rising = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
    return UInt64(rising) << 32 | UInt64(number)
  }

  @inline(__always)
  static func number(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key) }

  @inline(__always)
  static func areEqual(_ a: UInt64, _ b: UInt64) -> Bool { a >> 32 == b >> 32 }
}

/// Places of scores, the highest first; equal ones in their order.
///
/// - Parameter scores: none of them NaN, fewer than 2³².
func descendingOrder(_ scores: [Float]) -> [Int] {
  var keys = scores.indices.map { ScoreKey.of(scores[$0], ~UInt32($0)) }
  keys.sort { $1 < $0 }
  return keys.map { Int(~ScoreKey.number($0)) }
}
