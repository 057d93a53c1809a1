package import GRDB
import Model

extension FilterExpression {
  /// The filter as a condition on a row of `artwork`, for the WHERE of a query in which that table has no alias.
  ///
  /// Values are always bound, never pasted; names of columns come from a fixed table. The connection needs
  /// ``FilterFunctions``. Every comparison is true or false, never NULL, so that `not` is the exact complement:
  ///
  /// - Text (`title`, `artist`, `style`, `genre`, `medium`, `description`, `currency`, `availability`, and any
  ///   attribute) compares without regard to case and diacritics, in the order of Unicode scalars; `id` exactly, but
  ///   for `~`. A missing text and an empty one are the same: `artist = ''` finds works without an artist, and
  ///   `artist != 'X'` finds them too, as a curator expects. `<`, `>`, … and `~` never match a missing text, so that
  ///   `artist ~ ''` finds works that have one.
  /// - An attribute compares as numbers where both sides are numbers.
  /// - `tags = x` means that one of the tags, joined by ";", is x; `tags ~ x` that the tags contain x. Tags have no
  ///   order.
  /// - `price` compares as a number. `price != 10` finds works without a price, `price < 10` does not.
  /// - `width`, `height` and `format` ask whether the artwork has a file with that; `!=` that it has no file with it.
  /// - `date` compares ranges of years, the value read by a `YearReader`: `=` and `in`, they overlap; `!=`, they do
  ///   not; `<`, the work's latest year lies before the value's earliest; `<=`, it does not lie after the value's
  ///   latest; `>` and `>=` the other way round. A work whose date is missing or unreadable matches none of these,
  ///   not even `!=`. `date ~ x` searches the date as written, and `not date ~ ''` finds works without one.
  ///
  /// - Parameters:
  ///   - knownAttributes: the names of all attributes in the catalogue, as in the CSV files' headers. A column is
  ///     looked up without regard to case, first among the columns above, then here.
  ///   - years: how dates are read.
  /// - Throws: ``FilterError`` with ``FilterError/Code/unknownColumn`` and near names,
  ///   ``FilterError/Code/unsupportedOperator``, ``FilterError/Code/notANumber`` or ``FilterError/Code/notADate``.
  package func sql(knownAttributes: Set<String>, years: YearReader = YearReader()) throws(FilterError) -> SQL
  {
    let compiler = FilterCompiler(knownAttributes: knownAttributes, years: years)
    return try compiler.condition(self)
  }
}

/// Turns expressions into SQL, one column at a time.
struct FilterCompiler {
  let knownAttributes: Set<String>
  let years: YearReader

  func condition(_ expression: FilterExpression) throws(FilterError) -> SQL {
    switch expression {
    case .not(let inner): return "(NOT \(try condition(inner)))"
    case .and(let terms): return .joined(try conditions(terms), "AND")
    case .or(let terms): return .joined(try conditions(terms), "OR")
    case .comparison(let name, .notEqual, let value):
      let column = try FilterColumn(name, knownAttributes: knownAttributes)
      let equal = try condition(column, .equal, value)
      if case .date = column.kind { return "(\(SQL.hasDate) AND NOT \(equal))" }
      return "(NOT \(equal))"
    case .comparison(let name, let comparison, let value):
      return try condition(FilterColumn(name, knownAttributes: knownAttributes), comparison, value)
    case .membership(let name, let values):
      let column = try FilterColumn(name, knownAttributes: knownAttributes)
      var conditions: [SQL] = []
      for value in values { conditions.append(try condition(column, .equal, value)) }
      return .joined(conditions, "OR")
    }
  }

  /// The terms' conditions, the most deeply nested first: SQLite's parser keeps whatever stands to the left of an
  /// open parenthesis on a stack of 100 (YYSTACKDEPTH), and the order does not change what the filter means.
  private func conditions(_ terms: [FilterExpression]) throws(FilterError) -> [SQL] {
    var conditions: [SQL] = []
    for (_, term) in terms.enumerated().sorted(by: {
      ($1.element.depth, $0.offset) < ($0.element.depth, $1.offset)
    }) {
      conditions.append(try condition(term))
    }
    return conditions
  }

  /// The condition for any operator but `!=`.
  private func condition(
    _ column: FilterColumn, _ comparison: FilterOperator, _ value: String
  ) throws(FilterError) -> SQL {
    switch column.kind {
    case .exactText(let name):
      let stored: SQL = "artwork.\(identifier: name)"
      if comparison == .contains { return .foldedText(stored, comparison, value) }
      return "COALESCE(\(stored) \(sql: comparison.rawValue) \(value), 0)"
    case .text(let name): return .foldedText("artwork.\(identifier: name)", comparison, value)
    case .tags: return try tags(comparison, value)
    case .number(let name):
      return "COALESCE(artwork.\(identifier: name) \(try numeric(column, comparison, value)), 0)"
    case .fileNumber(let name):
      return .hasFile(where: "file.\(identifier: name) \(try numeric(column, comparison, value))")
    case .fileText(let name):
      return .hasFile(where: .foldedText("file.\(identifier: name)", comparison, value))
    case .date: return try date(comparison, value)
    case .attribute(let names): return attribute(names, comparison, value)
    }
  }

  /// "op number", for a column that holds numbers.
  private func numeric(
    _ column: FilterColumn, _ comparison: FilterOperator, _ value: String
  ) throws(FilterError) -> SQL {
    guard comparison != .contains else {
      throw FilterError(.unsupportedOperator, "'\(column.name)' is a number and cannot be searched with '~'")
    }
    guard let number = FilterNumber.read(value) else {
      throw FilterError(.notANumber, "'\(column.name)' is a number, and '\(value)' is none")
    }
    return "\(sql: comparison.rawValue) \(number)"
  }

  private func tags(_ comparison: FilterOperator, _ value: String) throws(FilterError) -> SQL {
    switch comparison {
    case .contains: return .foldedText("artwork.tags", .contains, value)
    case .equal:
      let tag = value.folded
      if tag.isEmpty { return "(COALESCE(artwork.tags, '') = '')" }
      // No single tag holds the separator.
      if tag.contains(";") { return "0" }
      return "(instr(';' || morelli_folded(COALESCE(artwork.tags, '')) || ';', \(";" + tag + ";")) > 0)"
    default:
      throw FilterError(.unsupportedOperator, "tags have no order: use '=', '!=', 'in' or '~'")
    }
  }

  private func date(_ comparison: FilterOperator, _ value: String) throws(FilterError) -> SQL {
    if comparison == .contains { return .foldedText("artwork.date", .contains, value) }
    guard let range = years.read(value) else {
      throw FilterError(
        .notADate, "'\(value)' cannot be read as a date; try 1650, '1650-1660' or '17th century'")
    }
    let earliest: SQL = "COALESCE(artwork.dateEarliest, \(Int.min))"
    let latest: SQL = "COALESCE(artwork.dateLatest, \(Int.max))"
    let condition: SQL =
      switch comparison {
      case .less: "\(latest) < \(range.lowerBound)"
      case .lessOrEqual: "\(latest) <= \(range.upperBound)"
      case .greater: "\(earliest) > \(range.upperBound)"
      case .greaterOrEqual: "\(earliest) >= \(range.lowerBound)"
      default: "\(earliest) <= \(range.upperBound) AND \(latest) >= \(range.lowerBound)"
      }
    return "(\(SQL.hasDate) AND \(condition))"
  }

  private func attribute(_ names: [String], _ comparison: FilterOperator, _ value: String) -> SQL {
    let own: SQL = "attribute.artworkID = artwork.id AND attribute.name IN \(names)"
    if comparison == .equal, value.isEmpty {
      return "(NOT EXISTS (SELECT 1 FROM attribute WHERE \(own) AND attribute.value <> ''))"
    }
    let asText = SQL.foldedText("attribute.value", comparison, value)
    guard comparison != .contains, let number = FilterNumber.read(value) else {
      return "EXISTS (SELECT 1 FROM attribute WHERE \(own) AND \(asText))"
    }
    let stored: SQL = "morelli_number(attribute.value)"
    return """
      EXISTS (SELECT 1 FROM attribute WHERE \(own) AND CASE WHEN \(stored) IS NULL THEN \(asText) \
      ELSE \(stored) \(sql: comparison.rawValue) \(number) END)
      """
  }
}

extension SQL {
  fileprivate static var hasDate: SQL {
    "(artwork.dateEarliest IS NOT NULL OR artwork.dateLatest IS NOT NULL)"
  }

  fileprivate static func hasFile(where condition: SQL) -> SQL {
    "EXISTS (SELECT 1 FROM file WHERE file.artworkID = artwork.id AND \(condition))"
  }

  /// A text column compared with a text, both folded; true or false, never NULL.
  fileprivate static func foldedText(_ column: SQL, _ comparison: FilterOperator, _ value: String) -> SQL {
    let text: SQL = "COALESCE(\(column), '')"
    let folded = value.folded
    return switch comparison {
    case .equal: "(morelli_folded(\(text)) = \(folded))"
    case .contains: "(\(text) <> '' AND instr(morelli_folded(\(text)), \(folded)) > 0)"
    default: "(\(text) <> '' AND morelli_folded(\(text)) \(sql: comparison.rawValue) \(folded))"
    }
  }

  fileprivate static func joined(_ conditions: [SQL], _ joiner: String) -> SQL {
    "(\(conditions.joined(separator: " \(joiner) ")))"
  }
}
