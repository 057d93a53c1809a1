/// Why a filter cannot be used, with what a person needs to put it right.
package struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of fault.
  package enum Code: String, Hashable, Sendable {
    /// The filter holds nothing but blanks.
    case empty = "filter.empty"
    /// Something else was expected at this place.
    case unexpected = "filter.unexpected"
    /// A quoted value or column name is not closed.
    case unterminatedQuote = "filter.unterminated-quote"
    /// Parentheses and `not` are nested more deeply than ``FilterParser/depthLimit``.
    case tooDeep = "filter.too-deep"
    /// There are more values than ``FilterParser/valueLimit``.
    case tooLong = "filter.too-long"
    /// No work has such a column.
    case unknownColumn = "filter.unknown-column"
    /// The column cannot be compared in this way.
    case unsupportedOperator = "filter.unsupported-operator"
    /// The value is compared with a number, and is none.
    case notANumber = "filter.not-a-number"
    /// The value is compared with a date, and cannot be read as one.
    case notADate = "filter.not-a-date"
  }

  package let code: Code
  /// What is wrong, as one sentence without a full stop.
  package let message: String
  /// The filter as typed; empty where the fault lies in the meaning and not at one place.
  package let filter: String
  /// Where in the filter, counted in characters from 0.
  package let offset: Int?
  /// Names like the unknown one, the likest first, at most three.
  package let suggestions: [String]

  init(
    _ code: Code, _ message: String, in filter: String = "", at offset: Int? = nil, suggestions: [String] = []
  ) {
    self.code = code
    self.message = message
    self.filter = filter
    self.offset = offset
    self.suggestions = suggestions
  }

  /// The message, and where there is a place, the filter with a caret under it:
  ///
  ///     column 10: expected a value
  ///       artist = and style = Baroque
  ///                ^
  package var description: String {
    guard let offset else { return message }
    let line = filter.map { $0.isNewline || $0 == "\t" ? " " : $0 }
    // A terminal shows Chinese and Japanese two columns wide, and so the ideographic space.
    let margin = line.prefix(offset).map { $0.isWide ? "\u{3000}" : " " }.joined()
    return "column \(offset + 1): \(message)\n  \(String(line))\n  \(margin)^"
  }
}

extension Character {
  /// Whether East Asian typography gives the character a full square (Unicode Standard Annex #11, main blocks).
  fileprivate var isWide: Bool {
    guard let value = unicodeScalars.first?.value else { return false }
    return (0x1100...0x115F).contains(value) || (0x2E80...0xA4CF).contains(value)
      || (0xAC00...0xD7A3).contains(value) || (0xF900...0xFAFF).contains(value)
      || (0xFE30...0xFE6F).contains(value) || (0xFF00...0xFF60).contains(value)
      || (0x20000...0x3FFFD).contains(value)
  }
}
