/// The words of a text, as they are compared: folded (`LetterFolding`), without punctuation, in order.
///
/// Chinese, Japanese and Korean, which are written without spaces or with endings that hang on, are taken as pairs of
/// neighbouring characters, the usual way where there is no dictionary (Nie, Gao, Zhang & Zhou 2000,
/// doi:10.1145/355214.355235).
package enum Words {
  /// A word of a query.
  package struct Query: Hashable, Sendable {
    /// Words that must stand one after another.
    package let words: [String]
    /// The last of them may go on.
    package let isPrefix: Bool

    package init(words: [String], isPrefix: Bool) {
      self.words = words
      self.isPrefix = isPrefix
    }
  }

  /// What is kept of a text: its words; of 富嶽三十六景 the pairs 富嶽, 嶽三, … and the last character, so that each
  /// character begins a word.
  package static func indexed(_ text: String) -> [String] {
    runs(in: text).flatMap { run -> [String] in
      switch run {
      case .letters(let word): [word]
      case .characters(let characters): pairs(characters) + characters.suffix(1).map { String($0) }
      }
    }
  }

  /// What is looked for: one item for a word, or for all pairs of a run of characters.
  ///
  /// - Parameter isPrefix: the last word may go on.
  package static func queried(_ text: String, isPrefix: Bool = false) -> [Query] {
    let runs = runs(in: text)
    return runs.enumerated().map { number, run in
      let goesOn = isPrefix && number == runs.count - 1
      switch run {
      case .letters(let word): return Query(words: [word], isPrefix: goesOn)
      case .characters(let characters) where characters.count == 1:
        return Query(words: [String(characters[0])], isPrefix: true)
      case .characters(let characters):
        return Query(words: pairs(characters), isPrefix: false)
      }
    }
  }

  /// An article, a preposition or the like: a work that has it need not be about what is looked for.
  package static func isStopWord(_ word: String) -> Bool { StopWords.contains(word) }

  private enum Run {
    case letters(String)
    case characters([Unicode.Scalar])
  }

  private static func runs(in text: String) -> [Run] {
    var runs: [Run] = []
    var letters = String.UnicodeScalarView()
    var characters: [Unicode.Scalar] = []
    func close() {
      if !letters.isEmpty { runs.append(.letters(String(letters))) }
      if !characters.isEmpty { runs.append(.characters(characters)) }
      letters.removeAll()
      characters.removeAll()
    }
    for scalar in LetterFolding.fold(text).unicodeScalars {
      if isWithoutSpaces(scalar) {
        if !letters.isEmpty { close() }
        characters.append(scalar)
      } else if isPartOfWord(scalar) {
        if !characters.isEmpty { close() }
        letters.append(scalar)
      } else {
        close()
      }
    }
    close()
    return runs
  }

  private static func pairs(_ characters: [Unicode.Scalar]) -> [String] {
    zip(characters, characters.dropFirst()).map { "\($0)\($1)" }
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      true
    default: false
    }
  }

  /// Han, kana, Hangul.
  private static func isWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3005...0x3007, 0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x323AF:
      true
    default: false
    }
  }
}
