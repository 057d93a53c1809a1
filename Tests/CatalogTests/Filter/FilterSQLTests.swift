import Catalog
import GRDB
import Model
import Testing

@Suite struct FilterSQLTests {
  private static let works = [
    FilterWork(
      id: "a1",
      texts: ["artist": "Albrecht Dürer", "title": "Young Hare", "date": "1502", "tags": "animal;Hare"],
      years: YearRange(1502), price: 100, attributes: ["Size": "9", "colour": "Rot"],
      files: [.init(width: 800, height: 600, format: "jpeg"), .init(width: 100, height: 80, format: "png")]),
    FilterWork(
      id: "b2", texts: ["artist": "Judith Leyster", "title": "O'Neill", "date": "c. 1630", "tags": "music"],
      years: YearRange(1625...1635), price: 20, attributes: ["Size": "10"],
      files: [.init(width: 1000, height: 600, format: "tiff")]),
    FilterWork(
      id: "c3", texts: ["title": "Unknown", "date": "after 1700"], years: YearRange(1701...),
      attributes: ["Size": "large"]),
    FilterWork(id: "d4", texts: ["artist": "葛飾北斎", "date": "n.d.", "tags": "", "style": "Ukiyo-e"]),
  ]

  @Test(arguments: [
    ("artist = 'albrecht durer'", "a1"), ("artist != 'Albrecht Dürer'", "b2 c3 d4"), ("artist ~ LEY", "b2"),
    ("artist ~ 北", "d4"), ("artist = ''", "c3"), ("artist != ''", "a1 b2 d4"), ("artist ~ ''", "a1 b2 d4"),
    ("artist < k", "a1 b2"), ("artist >= k", "d4"), ("artist in ('Judith Leyster', '葛飾北斎')", "b2 d4"),
    ("artist not in ('Judith Leyster')", "a1 c3 d4"), ("title = 'O''Neill'", "b2"),
    ("title = \"' or 1=1 --\"", ""), ("id = a1", "a1"), ("id = A1", ""), ("id ~ A1", "a1"),
    ("id > b2", "c3 d4"),
    ("tags = hare", "a1"), ("tags = har", ""), ("tags ~ har", "a1"), ("tags = 'animal;hare'", ""),
    ("tags = ''", "c3 d4"), ("tags != music", "a1 c3 d4"), ("tags in (music, HARE)", "a1 b2"),
    ("price = 100", "a1"), ("price < 99.5", "b2"), ("price >= 20", "a1 b2"), ("price != 100", "b2 c3 d4"),
    ("price in (20, 100)", "a1 b2"), ("not price < 50", "a1 c3 d4"),
    ("width >= 800", "a1 b2"), ("width < 200", "a1"), ("width != 800", "b2 c3 d4"), ("format = PNG", "a1"),
    ("width > 900 and format = jpeg", ""), ("not width > 0", "c3 d4"), ("height in (600, 1)", "a1 b2"),
    ("size < 10", "a1"), ("SIZE = 9.0", "a1"), ("size >= 9", "a1 b2 c3"), ("size = LARGE", "c3"),
    ("size != 9", "b2 c3 d4"), ("size = ''", "d4"), ("size ~ 1", "b2"), ("size in (9, large)", "a1 c3"),
    ("colour = rot", "a1"), ("`colour` != rot", "b2 c3 d4"),
    ("date = 1502", "a1"), ("date = '16th century'", "a1"), ("date = 1630–40", "b2"),
    ("date != 1630", "a1 c3"),
    ("date < 1625", "a1"), ("date < 1630", "a1"), ("date <= 1635", "a1 b2"),
    ("date <= '17th century'", "a1 b2"),
    ("date > 1600", "b2 c3"), ("date >= 1630", "c3"), ("date >= 'c. 1630'", "b2 c3"), ("date > 1800", ""),
    ("date = 1900", "c3"), ("date in (1502, 1900)", "a1 c3"), ("date ~ 'C. 16'", "b2"),
    ("not date ~ ''", ""), ("not date = 1502", "b2 c3 d4"), ("date < 'before 1500'", ""),
    ("date <= 'after 1600'", "a1 b2 c3"),
    ("artist ~ d and (price > 50 or date > 1600)", "a1 b2"), ("not (artist ~ d or tags = '')", ""),
  ])
  func finds(filter: String, ids: String) throws {
    let queue = try FilterFixture.database(Self.works)
    let found = try FilterFixture.ids(
      FilterParser.parse(filter), in: queue, attributes: ["Size", "colour"])
    #expect(found.joined(separator: " ") == ids)
  }

  @Test(arguments: [
    ("artits = x", "filter.unknown-column", ["artist"]), ("Styel = x", "filter.unknown-column", ["style"]),
    ("colur = x", "filter.unknown-column", ["colour"]), ("zzzzzz = x", "filter.unknown-column", []),
    ("a = 1 and not (nosuchthing in (1))", "filter.unknown-column", []),
    ("price = cheap", "filter.not-a-number", []), ("price = ''", "filter.not-a-number", []),
    ("width > nan", "filter.not-a-number", []), ("width in (1, two)", "filter.not-a-number", []),
    ("price = 0x10", "filter.not-a-number", []), ("price ~ 1", "filter.unsupported-operator", []),
    ("height ~ 1", "filter.unsupported-operator", []), ("tags < x", "filter.unsupported-operator", []),
    ("date = soon", "filter.not-a-date", []), ("date = ''", "filter.not-a-date", []),
    ("date in (1650, n.d.)", "filter.not-a-date", []),
  ])
  func refuses(filter: String, code: String, suggestions: [String]) throws {
    let expression = try FilterParser.parse(filter)
    let error = #expect(throws: FilterError.self) {
      try expression.sql(knownAttributes: ["colour", "size", "a"])
    }
    #expect(error?.code.rawValue == code)
    // The likest name comes first; others within reach may follow.
    #expect(error?.suggestions.first == suggestions.first)
    #expect(error?.offset == nil)
  }

  @Test func namesNearColumns() throws {
    let error = try #require(throws: FilterError.self) {
      try FilterParser.parse("colur = x").sql(knownAttributes: ["Colour"])
    }
    #expect(error.description == "no artwork has a column 'colur'; did you mean 'Colour'?")
  }

  /// The names of columns and attributes, like values, can't break out of the SQL.
  @Test func bindsWhatItIsGiven() throws {
    let name = "x') OR 1=1 --"
    let queue = try FilterFixture.database([
      FilterWork(id: "a", attributes: [name: "y"]), FilterWork(id: "b"),
    ])
    let filter = "`\(name)` = y"
    #expect(try FilterFixture.ids(FilterParser.parse(filter), in: queue, attributes: [name]) == ["a"])
    let condition = try FilterParser.parse(filter).sql(knownAttributes: [name])
    let (sql, arguments) = try queue.read { try condition.build($0) }
    #expect(!sql.contains("OR 1=1"))
    #expect(!arguments.isEmpty)
  }

  /// SQLite takes the deepest and the longest filter that the parser lets through.
  @Test(arguments: ["a = 1 and (", "a = 1 or (a = 1 and ", "not (", "not (a = 1 or a = 2 and not ("])
  func runsTheLargestFilters(opening: String) throws {
    let queue = try FilterFixture.database([FilterWork(id: "a", attributes: ["a": "1"])])
    var filter = ""
    var deepest: FilterExpression?
    var closing = ""
    while let expression = try? FilterParser.parse(filter + "a = 1" + closing) {
      deepest = expression
      filter += opening
      closing += String(repeating: ")", count: opening.count { $0 == "(" })
    }
    #expect(try FilterFixture.ids(#require(deepest), in: queue, attributes: ["a"]).count <= 1)
    for joiner in ["or", "and"] {
      let chain = Array(repeating: "a = 1", count: FilterParser.valueLimit).joined(separator: " \(joiner) ")
      #expect(try FilterFixture.ids(FilterParser.parse(chain), in: queue, attributes: ["a"]) == ["a"])
    }
    for column in ["a", "tags", "date", "artist", "width", "id"] {
      let values = Array(repeating: "1650", count: FilterParser.valueLimit).joined(separator: ",")
      _ = try FilterFixture.ids(FilterParser.parse("\(column) in (\(values))"), in: queue, attributes: ["a"])
    }
  }
}
