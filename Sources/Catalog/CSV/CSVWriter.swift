/// Writes records as RFC 4180 has them: UTF-8, CRLF line ends, quotes only where needed, inner quotes doubled.
///
/// Whatever is written is read back by ``CSVTable`` unchanged. Values are never altered, not even those that a
/// spreadsheet would take for a formula.
package struct CSVWriter: Sendable {
  /// The file so far, without a byte order mark.
  package private(set) var bytes: [UInt8] = []
  private let delimiter: UInt8

  /// - Parameter delimiter: the byte between fields: `,`, `;` or tab.
  package init(delimiter: UInt8 = UInt8(ascii: ",")) {
    precondition([.comma, .semicolon, .tab].contains(delimiter), "a delimiter is a comma, semicolon or tab")
    self.delimiter = delimiter
  }

  /// Adds one record.
  /// - Parameter fields: at least one field.
  package mutating func append(_ fields: [String]) {
    precondition(!fields.isEmpty, "a record has at least one field")
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(delimiter) }
      // An only field that is empty would read as a blank line.
      append(field, quoted: needsQuotes(field) || (fields.count == 1 && field.isEmpty))
    }
    bytes.append(contentsOf: [.carriageReturn, .lineFeed])
  }

  private mutating func append(_ field: String, quoted: Bool) {
    guard quoted else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(.quote)
    for byte in field.utf8 {
      if byte == .quote { bytes.append(.quote) }
      bytes.append(byte)
    }
    bytes.append(.quote)
  }

  private func needsQuotes(_ field: String) -> Bool {
    let utf8 = field.utf8
    guard let first = utf8.first, let last = utf8.last else { return false }
    // Outer blanks survive most readers only in quotes; a leading byte order mark would pass for the file's own.
    if first == .space || first == .tab || last == .space || last == .tab || first == 0xEF { return true }
    return utf8.contains {
      $0 == .quote || $0 == .carriageReturn || $0 == .lineFeed || $0 == .comma || $0 == .semicolon
        || $0 == .tab
    }
  }
}
