import Catalog
import Testing

@Suite struct CSVTableTests {
  /// A row as text for comparing: "line: a|b", or "line! code".
  private func read(_ text: String, limit: Int = CSVTable.defaultFieldLimit) throws -> [String] {
    try read(Array(text.utf8), limit: limit)
  }

  private func read(_ bytes: [UInt8], limit: Int = CSVTable.defaultFieldLimit) throws -> [String] {
    try CSVTable(bytes: bytes, fieldLimit: limit).map { row in
      switch row {
      case .success(let row): "\(row.line): " + row.fields.joined(separator: "|")
      case .failure(let error): "\(error.line)! \(error.code)"
      }
    }
  }

  @Test(arguments: [
    ("id,title\na,x\nb,y\n", ["2: a|x", "3: b|y"]),
    ("id,title\r\na,x\r\nb,y", ["2: a|x", "3: b|y"]),
    ("id,title\ra,x\r\rb,y\r", ["2: a|x", "4: b|y"]),
    ("\u{FEFF}id,title\na,x", ["2: a|x"]),
    ("\n\n  \nid,title\n\na,x\n \t \n\nb,y\n\n", ["6: a|x", "9: b|y"]),
    ("id,title", []),
    ("id,title\n,\n\"\",\"\"", ["2: |", "3: |"]),
    ("id,title\na,\"x, y\"\nb,\"say \"\"hi\"\"\"", ["2: a|x, y", "3: b|say \"hi\""]),
    ("id,title\na,\"one\ntwo\r\nthree\rfour\"\nb,y", ["2: a|one\ntwo\r\nthree\rfour", "6: b|y"]),
    ("id,title\na,5\" tall\nb, \"kept\"", ["2: a|5\" tall", "3: b| \"kept\""]),
    ("id,title\na,\"\"\"\"\nb,\"\"\"x\"\"\"", ["2: a|\"", "3: b|\"x\""]),
    ("id;title\na;x,y", ["2: a|x,y"]),
    ("id\ttitle\n\tx;y\na\t", ["2: |x;y", "3: a|"]),
    ("id;\"a,b,c\"\na;x", ["2: a|x"]),
    ("id\na\n\"\"\n b", ["2: a", "3: ", "4:  b"]),
    ("編號,標題\n一,神奈川沖浪裏", ["2: 一|神奈川沖浪裏"]),
  ])
  func readsWhatIsWellFormed(text: String, rows: [String]) throws {
    #expect(try read(text) == rows)
  }

  @Test(arguments: [
    ("id,title\na\nb,y", ["2! csv.too-few-fields", "3: b|y"]),
    ("id,title\na,x,z\nb,y", ["2! csv.too-many-fields", "3: b|y"]),
    ("id,title\n\"a\"b,x\nc,y", ["2! csv.text-after-closing-quote", "3: c|y"]),
    ("id,title\na,\"The \"Great, Wave\" off\"\nc,y", ["2! csv.text-after-closing-quote", "3: c|y"]),
    // A quote opened on line 3 swallows the file: line 3 is named, lines 4 and 5 are still read.
    ("id,title\na,x\nb,\"y\nc,z\nd,w\n", ["2: a|x", "3! csv.unterminated-quote", "4: c|z", "5: d|w"]),
    ("id,title\na,\"y", ["2! csv.unterminated-quote"]),
    ("id,title\na,\"", ["2! csv.unterminated-quote"]),
    // … or is closed by the quote that opens a later field.
    (
      "id,title\na,\"x\nb,y\nc,\"z, w\"\nd,v",
      ["2! csv.text-after-closing-quote", "3: b|y", "4: c|z, w", "5: d|v"]
    ),
    // The quote is opened on the row's second line, and that line is named.
    ("id,t,u\na,\"1\n2\",\"3\nb,c,d", ["3! csv.unterminated-quote", "4: b|c|d"]),
  ])
  func namesTheFaultyRowAndGoesOn(text: String, rows: [String]) throws {
    #expect(try read(text) == rows)
  }

  @Test func namesInvalidUTF8() throws {
    let bytes = Array("id,title\na,".utf8) + [0xC3, 0x28] + Array("\nb,y\n".utf8)
    #expect(try read(bytes) == ["2! csv.invalid-utf-8", "3: b|y"])
    let error = try #require(CSVTable(bytes: bytes).compactMap { $0.failure }.first)
    #expect(error.reason == .invalidUTF8(column: 2))
    #expect(error.description == "line 2: field 2 is not UTF-8")
  }

  @Test func limitsTheSizeOfAField() throws {
    #expect(
      try read("id,title\na,12345678\nb,123456789\nc,x", limit: 8) == [
        "2: a|12345678", "3! csv.field-too-long", "4: c|x",
      ])
    #expect(
      try read("id,title\na,\"12345678\"\nb,\"123456789\"\nc,\"\"\"1234567\"", limit: 8) == [
        "2: a|12345678", "3! csv.field-too-long", "4: c|\"1234567",
      ])
    // A forgotten quote: the lines after it are read again as rows.
    #expect(
      try read("id,title\na,\"12\nb,xy\nc,zw\n", limit: 8) == [
        "2! csv.field-too-long", "3: b|xy", "4: c|zw",
      ])
  }

  @Test(arguments: [
    ("", "csv.missing-header", 1), ("\n \n", "csv.missing-header", 1),
    ("\u{FEFF}", "csv.missing-header", 1),
    ("id,,title\n", "csv.empty-column-name", 1), ("id, ,x", "csv.empty-column-name", 1),
    ("\n\nid,title,ID\n", "csv.duplicate-column-name", 3),
    ("id, title,Title ", "csv.duplicate-column-name", 1),
    ("id,\"title\na,b", "csv.unterminated-quote", 1),
  ])
  func refusesABadHeader(text: String, code: String, line: Int) {
    let error = #expect(throws: CSVError.self) { try CSVTable(bytes: Array(text.utf8)) }
    #expect(error?.code == code)
    #expect(error?.line == line)
  }

  @Test func tellsUTF16() {
    let error = #expect(throws: CSVError.self) { try CSVTable(bytes: [0xFF, 0xFE, 0x69, 0]) }
    #expect(error?.reason == .utf16)
  }

  @Test func findsColumnsByNameWithoutCase() throws {
    let table = try CSVTable(bytes: Array(" Id , Style of\nA, x".utf8))
    #expect(table.header.names == ["Id", "Style of"])
    let row = try #require(table.first { _ in true }).get()
    #expect(row["ID"] == "A")
    #expect(row["style OF"] == " x")
    #expect(row["genre"] == nil)
  }

  @Test func canBeReadTwice() throws {
    let table = try CSVTable(bytes: Array("id\na\nb".utf8))
    #expect(Array(table).count == 2)
    #expect(Array(table).count == 2)
  }

  /// One forgotten quote must not make reading quadratic: 40,000 lines with every second quote missing.
  @Test func staysLinearOnBrokenQuotes() throws {
    let line = "a,\"" + String(repeating: "x", count: 40) + "\"\"\n"
    let table = try CSVTable(bytes: Array(("id,title\n" + String(repeating: line, count: 40_000)).utf8))
    let duration = ContinuousClock().measure { #expect(table.reduce(0) { n, _ in n + 1 } == 40_000) }
    #expect(duration < .seconds(20))
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let error) = self { error } else { nil }
  }
}
