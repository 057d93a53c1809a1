/// A SHA-256: of a file's bytes (its identity), or of its working image and original dimensions (a hint that
/// two files show the same picture).
package struct Fingerprint: Hashable, Sendable, Codable {
  /// 32 of them.
  package let bytes: [UInt8]

  /// - Precondition: 32 bytes.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 32, "a SHA-256 has 32 bytes, not \(bytes.count)")
    self.bytes = bytes
  }

  /// - Precondition: 64 hexadecimal digits.
  package init(hexadecimal text: String) {
    let digits = text.compactMap(\.hexDigitValue)
    precondition(digits.count == 64 && text.count == 64, "a SHA-256 has 64 hexadecimal digits")
    bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// 64 lower-case hexadecimal digits.
  package var hexadecimal: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
