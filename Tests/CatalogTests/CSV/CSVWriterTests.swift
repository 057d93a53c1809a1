import Catalog
import Testing
import TestSupport

@Suite struct CSVWriterTests {
  @Test(arguments: [
    (["a", "b"], "a,b\r\n"), (["a, b", "say \"hi\""], "\"a, b\",\"say \"\"hi\"\"\"\r\n"),
    ([""], "\"\"\r\n"), (["", ""], ",\r\n"), ([" a"], "\" a\"\r\n"), (["a\nb"], "\"a\nb\"\r\n"),
  ])
  func writesRFC4180(fields: [String], text: String) {
    var writer = CSVWriter()
    writer.append(fields)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
  }

  /// Whatever fields are written come back, whatever the delimiter, with the line on which each record starts.
  @Test(arguments: [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")], [1, 2, 5])
  func roundTrip(delimiter: UInt8, columns: Int) throws {
    var random = SeededGenerator(seed: UInt64(delimiter) &* 31 &+ UInt64(columns))
    let alphabet = [
      "a", "é", "浪", "\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", " ", "\u{FEFF}", "\0", "🖼",
    ]
    var writer = CSVWriter(delimiter: delimiter)
    var expected: [(line: Int, fields: [String])] = []
    writer.append((0..<columns).map { "column \($0)" })
    for _ in 0..<300 {
      let fields = (0..<columns).map { _ in
        let length = Int.random(in: 0...8, using: &random)
        return (0..<length).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
      }
      expected.append((lineEnds(in: writer.bytes) + 1, fields))
      writer.append(fields)
    }
    let table = try CSVTable(bytes: writer.bytes)
    // A header of one column has no delimiter to detect.
    if columns > 1 { #expect(table.delimiter == delimiter) }
    let rows = try table.map { try $0.get() }
    #expect(rows.map(\.fields) == expected.map(\.fields))
    #expect(rows.map(\.line) == expected.map(\.line))
  }

  private func lineEnds(in bytes: [UInt8]) -> Int {
    var count = 0
    for (index, byte) in bytes.enumerated() {
      if byte == 13 || (byte == 10 && (index == 0 || bytes[index - 1] != 13)) { count += 1 }
    }
    return count
  }

  /// Bytes at random, and a good file cut anywhere, are read to the end without a trap.
  @Test func readsAnyBytes() {
    var random = SeededGenerator(seed: 7)
    let alphabet = Array("ab,;\t\"\"\n\r ".utf8) + [0xC3, 0xFF, 0xE6]
    var faults = 0
    for _ in 0..<5_000 {
      let length = Int.random(in: 0...60, using: &random)
      let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      guard let table = try? CSVTable(bytes: Array("a,b\n".utf8) + bytes, fieldLimit: 12) else { continue }
      for case .failure in table { faults += 1 }
    }
    #expect(faults > 1_000)
  }
}
