import Catalog
import Model

/// What a filter means, said a second time and plainly in Swift, to hold the SQL against.
struct FilterEvaluator {
  let work: FilterWork

  func matches(_ expression: FilterExpression) -> Bool {
    switch expression {
    case .not(let inner): !matches(inner)
    case .and(let terms): terms.allSatisfy(matches)
    case .or(let terms): terms.contains(where: matches)
    case .membership(let column, let values): values.contains { compare(column, .equal, $0) }
    case .comparison(let column, .notEqual, let value):
      column == "date"
        ? work.years != nil && !compare(column, .equal, value) : !compare(column, .equal, value)
    case .comparison(let column, let comparison, let value): compare(column, comparison, value)
    }
  }

  private func compare(_ column: String, _ comparison: FilterOperator, _ value: String) -> Bool {
    switch column {
    case "price":
      guard let price = work.price, let number = Double(value) else { return false }
      return holds(price, comparison, number)
    case "width": return work.files.contains { holds(Double($0.width), comparison, Double(value) ?? .nan) }
    case "height": return work.files.contains { holds(Double($0.height), comparison, Double(value) ?? .nan) }
    case "format": return work.files.contains { text($0.format, comparison, value) }
    case "date" where comparison != .contains: return date(comparison, value)
    case "tags" where comparison == .equal:
      let tags = (work.texts["tags"] ?? "").split(separator: ";").map(String.init)
      return value.isEmpty ? tags.isEmpty : tags.contains { $0.folded == value.folded }
    case "id" where comparison != .contains: return holds(Array(work.id.utf8), comparison, Array(value.utf8))
    case "id": return text(work.id, comparison, value)
    case "size":
      let stored = work.attributes["size"] ?? ""
      if comparison != .contains, let a = Double(stored), let b = Double(value) {
        return holds(a, comparison, b)
      }
      return text(stored, comparison, value)
    default: return text(work.texts[column] ?? "", comparison, value)
    }
  }

  private func date(_ comparison: FilterOperator, _ value: String) -> Bool {
    guard let own = work.years, let other = YearReader().read(value) else { return false }
    return switch comparison {
    case .less: own.upperBound < other.lowerBound
    case .lessOrEqual: own.upperBound <= other.upperBound
    case .greater: own.lowerBound > other.upperBound
    case .greaterOrEqual: own.lowerBound >= other.lowerBound
    default: own.overlaps(other)
    }
  }

  private func text(_ stored: String, _ comparison: FilterOperator, _ value: String) -> Bool {
    if comparison == .equal { return stored.folded == value.folded }
    guard !stored.isEmpty else { return false }
    if comparison == .contains { return value.isEmpty || stored.folded.contains(value.folded) }
    return holds(Array(stored.folded.utf8), comparison, Array(value.folded.utf8))
  }

  private func holds(_ a: Double, _ comparison: FilterOperator, _ b: Double) -> Bool {
    switch comparison {
    case .equal: a == b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    default: false
    }
  }

  private func holds(_ a: [UInt8], _ comparison: FilterOperator, _ b: [UInt8]) -> Bool {
    let isLess = a.lexicographicallyPrecedes(b)
    return switch comparison {
    case .equal: a == b
    case .less: isLess
    case .lessOrEqual: isLess || a == b
    case .greater: !isLess && a != b
    case .greaterOrEqual: !isLess
    default: false
    }
  }
}
