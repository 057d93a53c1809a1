/// A CSV file with a header row, read one record at a time (RFC 4180, Shafranovich 2005).
///
/// Encoding is UTF-8 with or without a byte order mark; lines end in CRLF, LF or CR; blank lines are skipped. The
/// delimiter is `,`, `;` or tab, whichever the header row has most of (outside quotes; none or a tie: the comma).
/// Column names lose their outer blanks and are compared without regard to case. A quote within an unquoted field
/// is taken as it stands (`5" tall`), which the RFC leaves open.
///
/// A fault in a row is an error of that row, with its line, and reading goes on with the next one. Where a faulty
/// quoted field ran over several lines, the next row is looked for on the line after the one that opened the
/// quote, so that one forgotten quote does not swallow the rest of the file unsaid.
///
/// Why not a package: SwiftCSV, the usual one, tells neither the line of a row nor the fault of a row — it fails
/// the whole file or pads short rows — and an import must name every row that it could not take, and take the rest.
///
///     let table = try CSVTable(bytes: bytes)
///     for row in table {
///       switch row {
///       case .success(let row): use(row["title"], row.line)
///       case .failure(let error): report(error)
///       }
///     }
package struct CSVTable: Sequence, Sendable {
  /// A field may hold 1 MiB: a longer one is a quote that was never closed, not a description.
  package static let defaultFieldLimit = 1 << 20

  package let header: CSVHeader
  /// The byte between fields: `,`, `;` or tab.
  package let delimiter: UInt8
  private let body: CSVScanner

  /// Reads the header row of a file given whole, and throws what is wrong with it.
  /// - Parameter fieldLimit: the most bytes that one field may hold, at least 1.
  package init(bytes: [UInt8], fieldLimit: Int = defaultFieldLimit) throws(CSVError) {
    precondition(fieldLimit > 0, "a field limit is at least 1")
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw CSVError(line: 1, reason: .utf16)
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var scanner = CSVScanner(
      bytes: bytes, position: start, delimiter: Self.delimiter(ofHeaderIn: bytes[start...]),
      fieldLimit: fieldLimit)
    switch scanner.nextRecord() {
    case nil: throw CSVError(line: 1, reason: .missingHeader)
    case .failure(let error): throw error
    case .success(let record): header = try CSVHeader(fields: record.fields, line: record.line)
    }
    delimiter = scanner.delimiter
    body = scanner
  }

  package func makeIterator() -> Iterator { Iterator(header: header, scanner: body) }

  /// The rows below the header, in the order of the file.
  package struct Iterator: IteratorProtocol {
    let header: CSVHeader
    var scanner: CSVScanner

    package mutating func next() -> Result<CSVRow, CSVError>? {
      guard let record = scanner.nextRecord() else { return nil }
      return record.flatMap { record in
        let expected = header.names.count
        let found = record.fields.count
        guard found == expected else {
          let reason: CSVError.Reason =
            found < expected
            ? .tooFewFields(expected: expected, found: found)
            : .tooManyFields(expected: expected, found: found)
          return .failure(CSVError(line: record.line, reason: reason))
        }
        return .success(CSVRow(line: record.line, fields: record.fields, header: header))
      }
    }
  }

  /// The candidate that occurs most in the first line that is not blank, outside quotes.
  private static func delimiter(ofHeaderIn bytes: ArraySlice<UInt8>) -> UInt8 {
    let candidates: [UInt8] = [.comma, .semicolon, .tab]
    var counts = [0, 0, 0]
    var quoted = false
    var blank = true
    for byte in bytes {
      if byte == .quote { quoted.toggle() }
      if !quoted, byte == .lineFeed || byte == .carriageReturn {
        if !blank { break }
      } else {
        blank = false
      }
      if !quoted, let candidate = candidates.firstIndex(of: byte) { counts[candidate] += 1 }
    }
    var best = 0
    for candidate in candidates.indices where counts[candidate] > counts[best] { best = candidate }
    return candidates[best]
  }
}

extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")
}
