package import GRDB

/// The functions that the conditions of a filter call within SQLite.
package enum FilterFunctions {
  /// Makes them known to one connection. Every connection that runs a filter needs this: call it in
  /// `Configuration.prepareDatabase`.
  package static func install(in database: Database) {
    database.add(function: folded)
    database.add(function: number)
  }

  /// `morelli_folded(text)`: the text as ``Swift/String/folded`` has it, NULL for NULL.
  private static let folded = DatabaseFunction("morelli_folded", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0])?.folded
  }

  /// `morelli_number(text)`: its value if the text is a number in decimal digits, else NULL.
  private static let number = DatabaseFunction("morelli_number", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).flatMap(FilterNumber.read)
  }
}

/// Numbers as people type them into a filter or a table.
enum FilterNumber {
  /// The value of a text such as "12", "-0.5" or "1e3", outer blanks aside; nil for any other ("12 cm", "nan").
  static func read(_ text: String) -> Double? {
    let trimmed = text.utf8.drop { $0 == .space }.reversed().drop { $0 == .space }.reversed()
    let isDecimal = trimmed.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-.eE".utf8.contains($0)
    }
    guard isDecimal, let value = Double(String(decoding: Array(trimmed), as: UTF8.self)), value.isFinite
    else { return nil }
    return value
  }
}
