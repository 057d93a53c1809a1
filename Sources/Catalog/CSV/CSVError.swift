/// What is wrong with a CSV file, or with one row of it, and on which line.
package struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line of the file to look at, counted from 1: the line on which the row starts, or for a fault of a quoted
  /// field the line on which its quote was opened.
  package let line: Int
  package let reason: Reason

  /// The kinds of fault. The first group spoils the whole table, the second one row only.
  package enum Reason: Hashable, Sendable {
    /// The file holds no header row.
    case missingHeader
    /// The file is UTF-16, as some spreadsheets save "Unicode text".
    case utf16
    /// The header's `column` (counted from 1) has no name.
    case emptyColumnName(column: Int)
    /// Two columns have the same name, compared without regard to case and outer blanks.
    case duplicateColumnName(String)

    /// The row has fewer fields than the header.
    case tooFewFields(expected: Int, found: Int)
    /// The row has more fields than the header.
    case tooManyFields(expected: Int, found: Int)
    /// The file ends within a quoted field.
    case unterminatedQuote
    /// Something other than a delimiter or a line end follows a closing quote; `column` counts from 1.
    case textAfterClosingQuote(column: Int)
    /// The bytes of the field (`column` counts from 1) are not UTF-8.
    case invalidUTF8(column: Int)
    /// The field (`column` counts from 1) holds more than `limit` bytes.
    case fieldTooLong(column: Int, limit: Int)
  }

  /// A stable name of the kind of fault, for programs and logs.
  package var code: String {
    switch reason {
    case .missingHeader: "csv.missing-header"
    case .utf16: "csv.utf-16"
    case .emptyColumnName: "csv.empty-column-name"
    case .duplicateColumnName: "csv.duplicate-column-name"
    case .tooFewFields: "csv.too-few-fields"
    case .tooManyFields: "csv.too-many-fields"
    case .unterminatedQuote: "csv.unterminated-quote"
    case .textAfterClosingQuote: "csv.text-after-closing-quote"
    case .invalidUTF8: "csv.invalid-utf-8"
    case .fieldTooLong: "csv.field-too-long"
    }
  }

  package init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }

  /// The fault as one sentence for people, without a full stop.
  package var description: String {
    "line \(line): \(sentence)"
  }

  /// The fault without the line.
  package var sentence: String {
    switch reason {
    case .missingHeader: "there is no header row"
    case .utf16: "the file is UTF-16; save it as UTF-8"
    case .emptyColumnName(let column): "column \(column) of the header has no name"
    case .duplicateColumnName(let name): "the header names the column '\(name)' twice"
    case .tooFewFields(let expected, let found):
      "the row has \(found) field\(found == 1 ? "" : "s"), the header \(expected)"
    case .tooManyFields(let expected, let found):
      "the row has \(found) fields, the header \(expected); does a field with a delimiter lack its quotes?"
    case .unterminatedQuote: "a quote is opened here and never closed"
    case .textAfterClosingQuote(let column):
      "field \(column) goes on after its closing quote; a quote within a field is written twice"
    case .invalidUTF8(let column): "field \(column) is not UTF-8"
    case .fieldTooLong(let column, let limit): "field \(column) holds more than \(limit) bytes"
    }
  }
}
