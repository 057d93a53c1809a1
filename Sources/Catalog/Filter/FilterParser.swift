/// Reads the language of `--filter`:
///
///     filter     = term { "or" term }
///     term       = factor { "and" factor }
///     factor     = "not" factor | "(" filter ")" | comparison
///     comparison = column ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" ) value
///                | column [ "not" ] "in" "(" value { "," value } ")"
///
/// `not` binds more tightly than `and`, `and` than `or`. Keywords are recognised in any case. A column is a bare
/// word of letters of any script, digits, `_` and `-`, or any text in backquotes: `` `style of` ``. A value is a
/// bare word (no blanks, quotes, parentheses, commas or operators) or any text in `'` or `"`; within quotes and
/// backquotes the quote itself is written twice. A keyword as a column or value needs its quotes.
package struct FilterParser {
  /// How deeply parentheses and `not` may be nested: what SQLite's parser takes with room to spare.
  package static let depthLimit = 32
  /// How many values a filter may hold: SQLite takes expressions of 1,000 levels, and a chain of `or` has one a term.
  package static let valueLimit = 500

  /// Reads a filter, or throws the first fault with its place.
  package static func parse(_ filter: String) throws(FilterError) -> FilterExpression {
    let tokens = try FilterLexer.tokens(in: filter)
    guard tokens.count > 1 else { throw FilterError(.empty, "the filter is empty", in: filter, at: 0) }
    var parser = FilterParser(filter: filter, tokens: tokens)
    let expression = try parser.disjunction(depth: 0)
    guard parser.current.kind == .end else {
      let isStrayValue = if case .word = parser.current.kind { parser.endsWithBareValue } else { false }
      throw parser.expected(
        isStrayValue
          ? "'and', 'or' or the end (a value of several words needs quotes)" : "'and', 'or' or the end")
    }
    return expression
  }

  private let filter: String
  private let tokens: [FilterToken]
  private var position = 0
  private var values = 0

  private init(filter: String, tokens: [FilterToken]) {
    self.filter = filter
    self.tokens = tokens
  }

  private var current: FilterToken { tokens[position] }

  private var endsWithBareValue: Bool {
    guard position > 0, case .word = tokens[position - 1].kind else { return false }
    return true
  }

  private func expected(_ what: String) -> FilterError {
    let found =
      switch current.kind {
      case .end: "the end"
      case .word(let word): "'\(word)'"
      case .quoted(let text): "the value '\(text)'"
      case .column(let name): "the column `\(name)`"
      case .comparison(let comparison): "'\(comparison.rawValue)'"
      case .open: "'('"
      case .close: "')'"
      case .comma: "','"
      }
    return FilterError(.unexpected, "expected \(what), found \(found)", in: filter, at: current.offset)
  }

  private enum Keyword: String, CaseIterable { case and, or, not, `in` }

  private func keyword(_ token: FilterToken) -> Keyword? {
    guard case .word(let word) = token.kind else { return nil }
    return Keyword(rawValue: word.lowercased())
  }

  private mutating func take(_ word: Keyword) -> Bool {
    guard keyword(current) == word else { return false }
    position += 1
    return true
  }

  private mutating func take(_ kind: FilterToken.Kind) -> Bool {
    guard current.kind == kind else { return false }
    position += 1
    return true
  }

  private mutating func disjunction(depth: Int) throws(FilterError) -> FilterExpression {
    var terms = [try conjunction(depth: depth)]
    while take(.or) { terms.append(try conjunction(depth: depth)) }
    return terms.count == 1 ? terms[0] : .or(terms)
  }

  private mutating func conjunction(depth: Int) throws(FilterError) -> FilterExpression {
    var factors = [try factor(depth: depth)]
    while take(.and) { factors.append(try factor(depth: depth)) }
    return factors.count == 1 ? factors[0] : .and(factors)
  }

  private mutating func factor(depth: Int) throws(FilterError) -> FilterExpression {
    guard depth <= Self.depthLimit else {
      throw FilterError(
        .tooDeep, "more than \(Self.depthLimit) levels of parentheses and 'not'", in: filter,
        at: current.offset)
    }
    if take(.not) { return .not(try factor(depth: depth + 1)) }
    if take(.open) {
      let inner = try disjunction(depth: depth + 1)
      guard take(.close) else { throw expected("'and', 'or' or ')'") }
      return inner
    }
    return try comparison()
  }

  private mutating func comparison() throws(FilterError) -> FilterExpression {
    let column = try column()
    if case .comparison(let comparison) = current.kind {
      position += 1
      return .comparison(column: column, comparison, value: try value())
    }
    if keyword(current) == .not, keyword(tokens[position + 1]) == .in {
      position += 2
      return .not(.membership(column: column, values: try list()))
    }
    if take(.in) { return .membership(column: column, values: try list()) }
    throw expected("'=', '!=', '<', '<=', '>', '>=', '~' or 'in'")
  }

  private mutating func column() throws(FilterError) -> String {
    switch current.kind {
    case .column(let name) where !name.isEmpty:
      position += 1
      return name
    case .word(let name) where keyword(current) == nil:
      if let odd = name.firstIndex(where: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }) {
        throw FilterError(
          .unexpected, "expected a letter, digit, '_' or '-' in a column name; other names go in backquotes",
          in: filter, at: current.offset + name.distance(from: name.startIndex, to: odd))
      }
      position += 1
      return name
    default: throw expected("a column")
    }
  }

  private mutating func list() throws(FilterError) -> [String] {
    guard take(.open) else { throw expected("'('") }
    var list = [try value()]
    while take(.comma) { list.append(try value()) }
    guard take(.close) else { throw expected("',' or ')'") }
    return list
  }

  private mutating func value() throws(FilterError) -> String {
    guard values < Self.valueLimit else {
      throw FilterError(.tooLong, "more than \(Self.valueLimit) values", in: filter, at: current.offset)
    }
    values += 1
    switch current.kind {
    case .quoted(let text):
      position += 1
      return text
    case .word(let text) where keyword(current) == nil:
      position += 1
      return text
    default: throw expected("a value")
    }
  }
}
