import Text

/// What a person types to find works by their words: words, `"words in this order"`, `begin*`, and `-word` or
/// `-"words in this order"` for what must not be there.
package struct WordQuery: Hashable, Sendable {
  /// Each a phrase of at least one word.
  let wanted: [Words.Query]
  let unwanted: [Words.Query]
  /// The wanted words as they were written, where no quotation marks and no * ask for letters; nil otherwise.
  package let meaning: String?

  /// nil where there is no word to look for.
  package init?(_ text: String) {
    var wanted: [Words.Query] = []
    var unwanted: [Words.Query] = []
    for part in Self.parts(of: text) {
      let words = part.isPhrase ? Self.phrase(part.text) : Words.queried(part.text, isPrefix: part.isPrefix)
      if part.isUnwanted { unwanted += words } else { wanted += words }
    }
    guard !wanted.isEmpty else { return nil }
    // "ships in a storm" is about ships and storms; "Who?" is about the word itself.
    let telling = wanted.filter { $0.words.count > 1 || $0.isPrefix || !Words.isStopWord($0.words[0]) }
    self.wanted = telling.isEmpty ? wanted : telling
    self.unwanted = unwanted
    let parts = Self.parts(of: text)
    meaning =
      parts.contains { $0.isPhrase || $0.isPrefix }
      ? nil : parts.filter { !$0.isUnwanted }.map(\.text).joined(separator: " ")
  }

  /// Finds the works that have one of the unwanted words; nil where there are none.
  package var forUnwanted: WordQuery? { unwanted.isEmpty ? nil : WordQuery(wanted: unwanted) }

  private init(wanted: [Words.Query]) {
    self.wanted = wanted
    unwanted = []
    meaning = nil
  }

  /// As FTS5 wants it: works with all of the words, or with any.
  func match(all: Bool) -> String {
    let yes = wanted.map(Self.term).joined(separator: all ? " AND " : " OR ")
    guard !unwanted.isEmpty else { return yes }
    return "(\(yes)) NOT (\(unwanted.map(Self.term).joined(separator: " OR ")))"
  }

  /// Words have letters, digits and marks only: nothing in them has a meaning to FTS5 within quotation marks.
  private static func term(_ query: Words.Query) -> String {
    "\"\(query.words.joined(separator: " "))\"" + (query.isPrefix ? " *" : "")
  }

  private static func phrase(_ text: String) -> [Words.Query] {
    let parts = Words.queried(text)
    // Where characters without spaces stand between others, each run is a phrase of its own: they don't touch in the index.
    guard parts.count > 1, parts.allSatisfy({ $0.words.count == 1 && !$0.isPrefix }) else { return parts }
    return [Words.Query(words: parts.flatMap(\.words), isPrefix: false)]
  }

  private struct Part {
    let text: String
    let isPhrase, isUnwanted, isPrefix: Bool
  }

  private static func parts(of text: String) -> [Part] {
    var parts: [Part] = []
    var rest = text[...]
    while let start = rest.firstIndex(where: { !$0.isWhitespace }) {
      rest = rest[start...]
      let isUnwanted = rest.first == "-"
      if isUnwanted { rest = rest.dropFirst() }
      if rest.first == "\"" {
        rest = rest.dropFirst()
        // A quotation mark that is never closed reaches to the end.
        let end = rest.firstIndex(of: "\"") ?? rest.endIndex
        parts.append(
          Part(text: String(rest[..<end]), isPhrase: true, isUnwanted: isUnwanted, isPrefix: false))
        rest = rest[end...].dropFirst()
      } else {
        let end = rest.firstIndex { $0.isWhitespace || $0 == "\"" } ?? rest.endIndex
        let word = rest[..<end]
        parts.append(
          Part(text: String(word), isPhrase: false, isUnwanted: isUnwanted, isPrefix: word.last == "*"))
        rest = rest[end...]
      }
    }
    return parts
  }
}
