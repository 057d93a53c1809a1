import Foundation

/// Makes one of all ways in which a word may be written: capitals, accents, ligatures and widths.
///
/// Compatibility forms are resolved (Unicode NFKC), letters are lower case, accents of Latin, Greek and Cyrillic letters
/// are left out, and Latin letters that don't come apart are written as their usual transcription (ø as o, ß as ss).
/// Marks of other scripts, which tell words apart, stay: か is not が.
enum LetterFolding {
  private static let accents: ClosedRange<Unicode.Scalar> = "\u{300}"..."\u{36F}"

  /// Letters without a decomposition.
  private static let transcriptions: [Unicode.Scalar: String] = [
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ŋ": "n",
    "ſ": "s", "ς": "σ",
  ]

  static func fold(_ text: String) -> String {
    let whole = text.precomposedStringWithCompatibilityMapping.lowercased()
      .decomposedStringWithCanonicalMapping
    var scalars = String.UnicodeScalarView()
    for scalar in whole.unicodeScalars where !accents.contains(scalar) {
      if let words = transcriptions[scalar] {
        scalars.append(contentsOf: words.unicodeScalars)
      } else {
        scalars.append(scalar)
      }
    }
    return String(scalars).precomposedStringWithCanonicalMapping
  }
}
