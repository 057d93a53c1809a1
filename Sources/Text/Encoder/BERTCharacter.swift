/// What BERT's normaliser and splitter make of one character.
///
/// As the reference implementation has it (Hugging Face's `tokenizers`, by which the published models are used): its tables
/// are those of Unicode 8, so what is younger counts as unassigned: it is kept, and neither a mark nor punctuation.
enum BERTCharacter {
  // What has changed its category since Unicode 8.
  private static let onceMarks: Set<UInt32> = [0x1734, 0x1171E]
  private static let onceNoMarks: Set<UInt32> = [0x1885, 0x1886, 0xA9BD, 0x111C9]
  private static let oncePunctuation: Set<UInt32> = [0x166D, 0x111C9]

  /// Left out: control characters, formats, private use, and U+FFFD.
  static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: return false
    case 0x20...0x7E: return false
    case 0xFFFD: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .privateUse: return true
    case .format: return isOldEnough(scalar)
    default: return false
    }
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? scalar.value == 0x20 || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
  }

  /// Han characters, which are words of their own; kana and Hangul are written as words are.
  static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  /// Marks that stand above or below a letter.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    if scalar.properties.generalCategory == .nonspacingMark {
      return isOldEnough(scalar) && !onceNoMarks.contains(scalar.value)
    }
    return onceMarks.contains(scalar.value)
  }

  /// All of ASCII that is no letter, digit, space or control character, and Unicode's punctuation.
  static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
    case 0...0x7F: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return isOldEnough(scalar)
    default: return oncePunctuation.contains(scalar.value)
    }
  }

  private static func isOldEnough(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.age.map { $0.major <= 8 } ?? false
  }
}
