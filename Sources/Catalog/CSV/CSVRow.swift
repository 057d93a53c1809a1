/// The columns of a table: their names in the order of the header, and where each stands.
package struct CSVHeader: Hashable, Sendable {
  /// The names as the header has them, without outer blanks.
  package let names: [String]
  private let positions: [String: Int]

  /// Throws ``CSVError/Reason/emptyColumnName(column:)`` or ``CSVError/Reason/duplicateColumnName(_:)``.
  init(fields: [String], line: Int) throws(CSVError) {
    var names: [String] = []
    var positions: [String: Int] = [:]
    for (index, field) in fields.enumerated() {
      let name = field.trimmingBlanks()
      guard !name.isEmpty else { throw CSVError(line: line, reason: .emptyColumnName(column: index + 1)) }
      guard positions.updateValue(index, forKey: name.lowercased()) == nil else {
        throw CSVError(line: line, reason: .duplicateColumnName(name))
      }
      names.append(name)
    }
    self.names = names
    self.positions = positions
  }

  /// Where the column stands in a row, from 0; nil where the table has no such column. Case does not matter.
  package func position(of column: String) -> Int? { positions[column.lowercased()] }

  package static func == (a: CSVHeader, b: CSVHeader) -> Bool { a.names == b.names }
  package func hash(into hasher: inout Hasher) { hasher.combine(names) }
}

/// One row of a table, with as many fields as the header has names.
package struct CSVRow: Hashable, Sendable {
  /// The line of the file on which the row starts, counted from 1.
  package let line: Int
  /// The fields in the order of the header, unquoted, otherwise as written.
  package let fields: [String]
  package let header: CSVHeader

  /// The field of a column, found without regard to case; nil where the table has no such column.
  /// An empty cell is the empty string.
  package subscript(column: String) -> String? {
    header.position(of: column).map { fields[$0] }
  }
}

extension String {
  /// Without the spaces and tabs at both ends.
  fileprivate func trimmingBlanks() -> String {
    func isBlank(_ c: Character) -> Bool { c == " " || c == "\t" || c == "\u{A0}" }
    guard let first = firstIndex(where: { !isBlank($0) }),
      let last = lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}
