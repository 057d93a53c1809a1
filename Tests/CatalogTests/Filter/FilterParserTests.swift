import Catalog
import Testing
import TestSupport

@Suite struct FilterParserTests {
  private static func equal(_ column: String, _ value: String) -> FilterExpression {
    .comparison(column: column, .equal, value: value)
  }
  private static let a = equal("a", "1")
  private static let b = equal("b", "2")
  private static let c = equal("c", "3")

  private static let sentences: [(String, FilterExpression)] = [
    ("a=1", a), (" a = 1 ", a), ("a = '1'", a), ("a = \"1\"", a), ("`a` = 1", a), ("((a = 1))", a),
    ("a != 1", .comparison(column: "a", .notEqual, value: "1")),
    ("a<1", .comparison(column: "a", .less, value: "1")),
    ("a<=1", .comparison(column: "a", .lessOrEqual, value: "1")),
    ("a>1", .comparison(column: "a", .greater, value: "1")),
    ("a>=1", .comparison(column: "a", .greaterOrEqual, value: "1")),
    ("a~1", .comparison(column: "a", .contains, value: "1")),
    ("a in (1)", .membership(column: "a", values: ["1"])),
    ("a IN (1, 'two words',\"three\")", .membership(column: "a", values: ["1", "two words", "three"])),
    ("a not in (1)", .not(.membership(column: "a", values: ["1"]))),
    ("a = 1 and b = 2", .and([a, b])), ("a = 1 AND b = 2 And c = 3", .and([a, b, c])),
    ("a = 1 or b = 2 and c = 3", .or([a, .and([b, c])])),
    ("a = 1 and b = 2 or c = 3", .or([.and([a, b]), c])),
    ("(a = 1 or b = 2) and c = 3", .and([.or([a, b]), c])),
    ("not a = 1 and b = 2", .and([.not(a), b])), ("not (a = 1 and b = 2)", .not(.and([a, b]))),
    ("NOT not a = 1", .not(.not(a))), ("a = 1 or not b = 2", .or([a, .not(b)])),
    ("artist = 'O''Keeffe'", equal("artist", "O'Keeffe")),
    ("artist = \"O'Keeffe\"", equal("artist", "O'Keeffe")),
    ("title = \"say \"\"hi\"\"\"", equal("title", "say \"hi\"")), ("title = ''", equal("title", "")),
    ("`style of` = x", equal("style of", "x")), ("`a``b` = x", equal("a`b", "x")),
    ("style_of-2 = x", equal("style_of-2", "x")), ("画家 = 北斎", equal("画家", "北斎")),
    ("größe>=10", .comparison(column: "größe", .greaterOrEqual, value: "10")),
    ("date = 1650–55", equal("date", "1650–55")), ("date=c.1650", equal("date", "c.1650")),
    ("price < -1.5e3", .comparison(column: "price", .less, value: "-1.5e3")),
    ("format = image/jpeg", equal("format", "image/jpeg")), ("a = 'and'", equal("a", "and")),
    ("`not` = 1", equal("not", "1")), ("a\n=\t1", a),
  ]

  @Test(arguments: sentences)
  func reads(filter: String, expression: FilterExpression) throws {
    #expect(try FilterParser.parse(filter) == expression)
  }

  @Test(arguments: [
    ("", "filter.empty", 0), ("  ", "filter.empty", 0), ("a", "filter.unexpected", 1),
    ("a =", "filter.unexpected", 3),
    ("= 1", "filter.unexpected", 0), ("a ! 1", "filter.unexpected", 3),
    ("a = 1 b = 2", "filter.unexpected", 6),
    ("artist = Claude Monet", "filter.unexpected", 16), ("a = and b = 1", "filter.unexpected", 4),
    ("(a = 1", "filter.unexpected", 6), ("a = 1)", "filter.unexpected", 5), ("()", "filter.unexpected", 1),
    ("a in 1", "filter.unexpected", 5), ("a in ()", "filter.unexpected", 6),
    ("a in (1", "filter.unexpected", 7),
    ("a in (1,)", "filter.unexpected", 8), ("a in (1 2)", "filter.unexpected", 8),
    ("a not 1", "filter.unexpected", 2),
    ("and = 1", "filter.unexpected", 0), ("not", "filter.unexpected", 3),
    ("a = 1 or", "filter.unexpected", 8),
    ("style.of = 1", "filter.unexpected", 5), ("'a' = 1", "filter.unexpected", 0),
    ("`` = 1", "filter.unexpected", 0),
    ("a = `b`", "filter.unexpected", 4), ("a == 1", "filter.unexpected", 3),
    ("a <> 1", "filter.unexpected", 3),
    ("a = 'x", "filter.unterminated-quote", 4), ("a = \"x''", "filter.unterminated-quote", 4),
    ("`a = 1", "filter.unterminated-quote", 0), ("a = 'x''", "filter.unterminated-quote", 4),
  ])
  func refuses(filter: String, code: String, offset: Int) {
    let error = #expect(throws: FilterError.self) { try FilterParser.parse(filter) }
    #expect(error?.code.rawValue == code)
    #expect(error?.offset == offset)
  }

  @Test func pointsAtTheFault() throws {
    let error = try #require(throws: FilterError.self) { try FilterParser.parse("a = and b = 1") }
    #expect(error.description == "column 5: expected a value, found 'and'\n  a = and b = 1\n      ^")
    let wide = try #require(throws: FilterError.self) { try FilterParser.parse("画家 ! 北斎") }
    #expect(wide.description == "column 5: expected '=' after '!'\n  画家 ! 北斎\n  \u{3000}\u{3000}  ^")
    let hint = try #require(throws: FilterError.self) { try FilterParser.parse("artist = Claude\nMonet") }
    #expect(hint.message.contains("a value of several words needs quotes"))
    #expect(hint.description.hasSuffix("  artist = Claude Monet\n                  ^"))
  }

  @Test func limitsDepthAndLength() {
    func code(_ filter: String) -> FilterError.Code? {
      do throws(FilterError) {
        _ = try FilterParser.parse(filter)
        return nil
      } catch { return error.code }
    }
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "a = 1" + String(repeating: ")", count: depth)
    }
    #expect(code(nested(FilterParser.depthLimit)) == nil)
    #expect(code(nested(FilterParser.depthLimit + 1)) == .tooDeep)
    #expect(code(String(repeating: "(", count: 100_000)) == .tooDeep)
    #expect(code(nested(100_000)) == .tooDeep)
    #expect(code(String(repeating: "not ", count: 100_000) + "a = 1") == .tooDeep)
    let chain = { (count: Int) in Array(repeating: "a = 1", count: count).joined(separator: " or ") }
    #expect(code(chain(FilterParser.valueLimit)) == nil)
    #expect(code(chain(FilterParser.valueLimit + 1)) == .tooLong)
    #expect(code(chain(100_000)) == .tooLong)
  }

  /// Tokens in random order: an expression or an error whose place lies within the filter, never a trap.
  @Test func readsAnyTokens() {
    var random = SeededGenerator(seed: 3)
    let pieces = [
      "a", "`b c`", "=", "!=", "<", "<=", ">", ">=", "~", "in", "not", "and", "or", "(", ")", ",", "'x'",
      "\"y\"", "1",
      "'", "\"", "`", "!", "北", "é", "\u{301}", "\n", "🖼",
    ]
    var read = 0
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...12, using: &random)
      let filter = (0..<length).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined(separator: Bool.random(using: &random) ? " " : "")
      do throws(FilterError) {
        _ = try FilterParser.parse(filter)
        read += 1
      } catch {
        #expect((0...filter.count).contains(error.offset ?? -1))
        #expect(error.description.contains("^"))
      }
    }
    #expect(read > 20)
  }
}
