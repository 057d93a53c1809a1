import Catalog
import Foundation
import Model
import Platform
import SystemPackage

/// A catalogue CSV given on the command line.
struct CatalogueFile {
  let path: FilePath
  let table: CSVTable

  /// - Throws: `CommandFailure` that names the file and the line.
  init(_ name: String) throws {
    path = FilePath(name).absolute
    if case .directory? = try? FileKind(at: path) {
      throw CommandFailure("\(name) is a folder, not a CSV file")
    }
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path.string))
    } catch {
      throw CommandFailure("\(name) can't be read: \(error.localizedDescription)")
    }
    do {
      table = try CSVTable(bytes: Array(data))
    } catch {
      throw CommandFailure("\(name): \(error)")
    }
    guard table.header.position(of: "id") != nil || table.header.position(of: "file") != nil else {
      throw CommandFailure("\(name): the header has neither a column 'id' nor a column 'file'")
    }
  }

  var folder: FilePath { path.removingLastComponent() }

  /// Tells people what a report says; JSON has it all.
  static func tellProblems(_ report: ImportReport, in name: String) {
    for note in report.refused { tell("\(name):\(note.line): not taken: \(note.reason)") }
    for note in report.doubts { tell("\(name):\(note.line): \(note.reason)") }
    let shown = 10
    for row in report.unmatched.prefix(shown) {
      tell(
        "\(name):\(row.line): '\(row.file)' is not in the catalogue; the row is kept as \(row.id.rawValue)")
    }
    if report.unmatched.count > shown {
      tell("\(name): \(report.unmatched.count - shown) more rows without an image")
    }
  }
}

/// What an import did, as JSON has it.
struct ImportDocument: Encodable {
  struct Note: Encodable {
    let line: Int
    let reason: String
  }
  struct Unmatched: Encodable {
    let line: Int
    let id, file: String
  }

  let rows, added, changed, unchanged: Int
  let refused, doubts: [Note]
  let unmatched: [Unmatched]

  init(_ report: ImportReport) {
    rows = report.rows
    added = report.added
    changed = report.changed
    unchanged = report.unchanged
    refused = report.refused.map { Note(line: $0.line, reason: $0.reason) }
    doubts = report.doubts.map { Note(line: $0.line, reason: $0.reason) }
    unmatched = report.unmatched.map { Unmatched(line: $0.line, id: $0.id.rawValue, file: $0.file) }
  }

  var sentence: String {
    "\(rows) rows: \(added) works added, \(changed) changed, \(unchanged) unchanged, \(refused.count) not taken, "
      + "\(unmatched.count) without an image"
  }
}
