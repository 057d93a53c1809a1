import Server
import Testing

@Suite struct QueryItemsTests {
  @Test func namesAndValuesArePercentDecoded() throws {
    let items = try QueryItems(parsing: "like=a%20b&like=%E5%A2%A8&text=red+%2B+blue&k=5&diverse=true")
    #expect(items.texts("like") == ["a b", "墨"])
    #expect(try items.text("text") == "red + blue")
    #expect(try items.integer("k", in: 1...10) == 5)
    #expect(try items.flag("diverse"))
    #expect(try items.text("palette") == nil)
  }

  @Test(arguments: [
    "a=%", "a=%2", "a=%zz", "a=%ff", "%C3=1", "a=%00", "a=" + String(repeating: "x", count: 4097),
  ])
  func whatCantBeReadIsRefused(text: String) {
    #expect(throws: Problem.self) { try QueryItems(parsing: text) }
  }

  @Test func oneNameStandsAtMostSoOften() throws {
    let many = Array(repeating: "a=1", count: 64).joined(separator: "&")
    #expect(try QueryItems(parsing: many).texts("a").count == 64)
    #expect(throws: Problem.self) { try QueryItems(parsing: many + "&a=1") }
    #expect(throws: Problem.self) { try QueryItems(parsing: "a=1&a=2").text("a") }
  }

  @Test(arguments: ["0", "11", "+5", "5.0", "0x5", "", "٣", "99999999999999999999", "5 "])
  func numbersAreChecked(text: String) throws {
    let items = try QueryItems(["k": [text]])
    #expect(throws: Problem.self) { try items.integer("k", in: 1...10) }
  }

  @Test(arguments: ["nan", "inf", "0x1p3", "", "1e999", "2"])
  func fractionsAreChecked(text: String) throws {
    let items = try QueryItems(["x": [text]])
    #expect(throws: Problem.self) { try items.number("x", in: -1...1) }
    #expect(try QueryItems(["x": ["-2.5e-1"]]).number("x", in: -1...1) == -0.25)
  }

  @Test func otherNamesAreRefused() throws {
    let items = try QueryItems(parsing: "limit=1&lmit=2")
    #expect(throws: Problem.self) { try items.check(["limit"]) }
    try items.check(["limit", "lmit"])
  }

  private enum Format: String, CaseIterable { case json, csv }

  @Test func choicesAreOfTheirWords() throws {
    #expect(try QueryItems(["f": ["csv"]]).choice("f", of: Format.self) == .csv)
    #expect(try QueryItems().choice("f", of: Format.self) == nil)
    #expect(throws: Problem.self) { try QueryItems(["f": ["xml"]]).choice("f", of: Format.self) }
  }
}
