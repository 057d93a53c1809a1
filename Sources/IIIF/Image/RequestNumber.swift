/// Numbers as IIIF's Image API 3.0 has them in its URIs (4 and 4.7): decimal digits of ASCII and, in the second kind, one point.
enum RequestNumber {
  /// Larger integers count as this one, which is beyond any picture.
  static let largest = 1_000_000_000

  /// A non-negative integer, at most `largest`.
  static func integer(_ text: Substring) -> Int? {
    guard !text.isEmpty else { return nil }
    var value = 0
    for byte in text.utf8 {
      guard let digit = digit(byte) else { return nil }
      value = min(largest, 10 * value + digit)
    }
    return value
  }

  /// A non-negative number, at most `largest`: digits with at most one point, and a digit behind it.
  static func decimal(_ text: Substring) -> Double? {
    var points = 0
    for byte in text.utf8 where digit(byte) == nil {
      guard byte == UInt8(ascii: ".") else { return nil }
      points += 1
    }
    guard points <= 1, let last = text.utf8.last, digit(last) != nil, let value = Double(text) else {
      return nil
    }
    return min(Double(largest), value)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return digits.contains(byte) ? Int(byte - digits.lowerBound) : nil
  }
}
