/// What a filter says, freed from how it was typed. ``FilterParser`` makes it, ``sql(knownAttributes:years:)``
/// turns it into a condition of the catalogue.
///
/// `and` and `or` hold any number of terms side by side, so that a long chain is wide and not deep.
package indirect enum FilterExpression: Hashable, Sendable {
  /// `column op value`. The column as typed; every value is text, which each column reads in its own way.
  case comparison(column: String, FilterOperator, value: String)
  /// `column in (value, …)`, at least one value.
  case membership(column: String, values: [String])
  case not(FilterExpression)
  /// All of them, at least two.
  case and([FilterExpression])
  /// At least one of them, of at least two.
  case or([FilterExpression])

  /// How many levels of `and`, `or` and `not` stand above the innermost comparison.
  var depth: Int {
    switch self {
    case .comparison, .membership: 0
    case .not(let inner): inner.depth + 1
    case .and(let terms), .or(let terms): (terms.map(\.depth).max() ?? 0) + 1
    }
  }
}

/// How a column is compared with a value.
package enum FilterOperator: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// The text contains the value; case and diacritics do not matter.
  case contains = "~"
}
