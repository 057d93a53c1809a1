package import Foundation
import GRDB
package import SystemPackage

extension Catalog {
  /// Which rows of a file an import takes.
  package enum ImportScope: Sendable {
    case everyRow
    /// Only rows with an id: they can be taken before their images are seen, so that these are never named
    /// after their bytes first.
    case rowsWithID
  }

  /// Takes a catalogue file, in one transaction: all good rows, or after a failure of the database none.
  ///
  /// Faulty rows are left out and named in the report. A row changes only the columns that the file has; an
  /// empty cell clears; importing the same file again changes nothing.
  ///
  /// - Parameters:
  ///   - table: the parsed file.
  ///   - folder: where the file stands; its rows' paths are relative to it.
  ///   - dryRun: tell what would change, and change nothing.
  package func importTable(
    _ table: CSVTable, relativeTo folder: FilePath, scope: ImportScope = .everyRow, dryRun: Bool = false,
    at time: Date = Date()
  ) throws(CatalogError) -> ImportReport {
    do {
      return try database.writeWithoutTransaction { database in
        var report = ImportReport()
        try database.inTransaction {
          var take = CatalogueImport(database: database, time: time, folder: folder)
          try take.take(table, rows: scope == .rowsWithID ? .withID : .all)
          report = take.report
          return dryRun ? .rollback : .commit
        }
        return report
      }
    } catch {
      throw CatalogError.wrapping(error, "importing a catalogue", at: path)
    }
  }
}
