/// A piece of a filter, and where it starts.
struct FilterToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A bare word: a column, a keyword or a value.
    case word(String)
    /// A value in quotes, unquoted.
    case quoted(String)
    /// A column in backquotes, unquoted.
    case column(String)
    case comparison(FilterOperator)
    case open, close, comma
    case end
  }
  let kind: Kind
  /// Counted in characters from 0.
  let offset: Int
}

enum FilterLexer {
  /// Cuts a filter into tokens, the last of them `end`.
  static func tokens(in filter: String) throws(FilterError) -> [FilterToken] {
    let characters = Array(filter)
    var tokens: [FilterToken] = []
    var index = 0
    while index < characters.count {
      let start = index
      let character = characters[index]
      index += 1
      let kind: FilterToken.Kind
      switch character {
      case _ where character.isWhitespace: continue
      case "(": kind = .open
      case ")": kind = .close
      case ",": kind = .comma
      case "~": kind = .comparison(.contains)
      case "=": kind = .comparison(.equal)
      case "!":
        guard take("=", from: characters, at: &index) else {
          throw FilterError(.unexpected, "expected '=' after '!'", in: filter, at: index)
        }
        kind = .comparison(.notEqual)
      case "<": kind = .comparison(take("=", from: characters, at: &index) ? .lessOrEqual : .less)
      case ">": kind = .comparison(take("=", from: characters, at: &index) ? .greaterOrEqual : .greater)
      case "'", "\"", "`":
        guard let text = quoted(by: character, in: characters, at: &index) else {
          throw FilterError(.unterminatedQuote, "this quote is not closed", in: filter, at: start)
        }
        kind = character == "`" ? .column(text) : .quoted(text)
      default:
        while index < characters.count, isBare(characters[index]) { index += 1 }
        kind = .word(String(characters[start..<index]))
      }
      tokens.append(FilterToken(kind: kind, offset: start))
    }
    tokens.append(FilterToken(kind: .end, offset: characters.count))
    return tokens
  }

  private static func take(_ character: Character, from characters: [Character], at index: inout Int) -> Bool
  {
    guard index < characters.count, characters[index] == character else { return false }
    index += 1
    return true
  }

  /// The text up to the closing quote, a doubled quote standing for one; nil if it is not closed.
  private static func quoted(
    by quote: Character, in characters: [Character], at index: inout Int
  ) -> String? {
    var text = ""
    while index < characters.count {
      let character = characters[index]
      index += 1
      if character != quote {
        text.append(character)
      } else if !take(quote, from: characters, at: &index) {
        return text
      } else {
        text.append(quote)
      }
    }
    return nil
  }

  /// Whether a bare word goes on with the character.
  private static func isBare(_ character: Character) -> Bool {
    !character.isWhitespace && !"()=!<>~,'\"`".contains(character)
  }
}
