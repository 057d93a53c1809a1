/// The id of an artwork: never changes, never means another work.
///
/// The catalogue's own where a row gives one, else minted from the bytes of the work's first image.
package struct ArtworkID: RawRepresentable, Hashable, Sendable, Codable, Comparable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  /// The longest id that a catalogue may give, in characters.
  package static let maximumLength = 200

  /// An id as a catalogue gives it; nil if it is empty, too long, holds control characters, or could be
  /// taken for an option or for "standard input" on a command line.
  package init?(catalogue text: String) {
    guard (1...Self.maximumLength).contains(text.count), !text.hasPrefix("-"),
      text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else { return nil }
    rawValue = text
  }

  /// The first `length` base-32 digits (Crockford's alphabet, lower case: no i, l, o, u) of a SHA-256.
  ///
  /// 12 digits are 60 bits: among a million works the chance of any two alike is under one in two million,
  /// and whoever finds one taken asks for a longer id.
  ///
  /// - Precondition: `hash` is 32 bytes, `length` in 1…51.
  package init(mintedFrom hash: [UInt8], length: Int = 12) {
    precondition(hash.count == 32 && (1...51).contains(length))
    let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    rawValue = String(
      (0..<length).map { digit in
        let bit = 5 * digit
        let pair = UInt16(hash[bit / 8]) << 8 | UInt16(bit / 8 + 1 < 32 ? hash[bit / 8 + 1] : 0)
        return alphabet[Int(pair >> (11 - UInt16(bit % 8))) & 31]
      })
  }

  package static func < (a: ArtworkID, b: ArtworkID) -> Bool { a.rawValue < b.rawValue }
}
