import Catalog
import Model
import Testing
import TestSupport

/// Random filters over random works: SQLite finds what the meaning, written out in Swift, finds.
@Suite struct FilterPropertyTests {
  private static let values = ["", "a", "Á", "ab", "B", "1", "2", "10", "x;y", "é'", "%", "_"]
  private static let dates = [
    "1650", "c. 1650", "17th century", "before 1640", "after 1660", "3rd century BC",
  ]
  private static let textColumns = ["artist", "title", "style", "genre", "tags", "size", "format", "id"]
  private static let numberColumns = ["price", "width", "height"]

  private static func one(_ list: [String], _ random: inout SeededGenerator) -> String {
    list.randomElement(using: &random) ?? ""
  }

  private static func work(_ index: Int, _ random: inout SeededGenerator) -> FilterWork {
    var work = FilterWork(id: one(["", "A", "b"], &random) + "\(index)")
    for column in ["artist", "title", "style", "genre"] where Bool.random(using: &random) {
      work.texts[column] = one(values, &random)
    }
    if Bool.random(using: &random) { work.texts["tags"] = one(["", "a", "Á;ab", "x;y;1", "ab"], &random) }
    if Bool.random(using: &random) {
      let date = one(dates + ["n.d."], &random)
      work.texts["date"] = date
      work.years = YearReader().read(date)
    }
    if Bool.random(using: &random) { work.price = Double(Int.random(in: 0...10, using: &random)) }
    if Bool.random(using: &random) { work.attributes["size"] = one(values, &random) }
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      work.files.append(
        .init(
          width: Int.random(in: 0...3, using: &random), height: Int.random(in: 0...3, using: &random),
          format: one(["a", "AB", ""], &random)))
    }
    return work
  }

  private static func expression(_ depth: Int, _ random: inout SeededGenerator) -> FilterExpression {
    switch Int.random(in: 0...(depth > 0 ? 7 : 4), using: &random) {
    case 5: return .not(expression(depth - 1, &random))
    case 6, 7:
      let terms = (0..<Int.random(in: 2...3, using: &random)).map { _ in expression(depth - 1, &random) }
      return Bool.random(using: &random) ? .and(terms) : .or(terms)
    case 0:
      return comparison(
        "date", dates, [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual], &random)
    case 1:
      return comparison(
        one(numberColumns, &random), ["0", "1", "2", "3.5", "-1", "1e1"],
        [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual], &random)
    case 2:
      return .comparison(column: one(textColumns + ["date"], &random), .contains, value: one(values, &random))
    default:
      let column = one(textColumns, &random)
      let operators: [FilterOperator] =
        column == "tags"
        ? [.equal, .notEqual] : [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
      return comparison(column, values, operators, &random)
    }
  }

  private static func comparison(
    _ column: String, _ values: [String], _ operators: [FilterOperator], _ random: inout SeededGenerator
  ) -> FilterExpression {
    if Int.random(in: 0...4, using: &random) == 0 {
      return .membership(column: column, values: (0..<2).map { _ in one(values, &random) })
    }
    return .comparison(
      column: column, operators.randomElement(using: &random) ?? .equal, value: one(values, &random))
  }

  @Test func sqlFindsWhatTheMeaningFinds() throws {
    var random = SeededGenerator(seed: 2026)
    let works = (0..<60).map { Self.work($0, &random) }
    let queue = try FilterFixture.database(works)
    var total = 0
    for _ in 0..<2_000 {
      let expression = Self.expression(3, &random)
      let found = try FilterFixture.ids(expression, in: queue, attributes: ["size"])
      let expected = works.filter { FilterEvaluator(work: $0).matches(expression) }.map(\.id).sorted()
      #expect(Set(found) == Set(expected), "\(expression)")
      total += found.count
    }
    // Neither all nor nothing: the filters tell works apart.
    #expect(total > 20_000 && total < 100_000)
  }
}
