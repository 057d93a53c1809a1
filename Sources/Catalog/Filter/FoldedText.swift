import Foundation

extension String {
  /// The text as it is compared: case, diacritics and forms of width set aside.
  ///
  /// "Dürer" and "DURER" fold to the same text, as do "Køge" and "Koge", "Ａ" and "A". Compatibility decomposition
  /// (Unicode Standard Annex #15), the combining marks of U+0300…U+036F dropped, letters with a stroke and
  /// ligatures that do not decompose replaced, lower case. Marks of other scripts stay: が is not か.
  package var folded: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
    var scalars = UnicodeScalarView()
    for scalar in decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      if (0x300...0x36F).contains(scalar.value) { continue }
      if let letters = lettersThatDoNotDecompose[scalar] {
        scalars.append(contentsOf: letters.unicodeScalars)
      } else {
        scalars.append(scalar)
      }
    }
    return String(scalars).precomposedStringWithCompatibilityMapping
  }
}

private let lettersThatDoNotDecompose: [Unicode.Scalar: String] = [
  "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
  "ŋ": "n",
]
