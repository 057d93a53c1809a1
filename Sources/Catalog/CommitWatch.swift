import GRDB
import SystemPackage

/// Tells whether anything was committed to a catalogue, by this process or another, without looking at what.
///
/// Used by one thread at a time.
package final class CommitWatch: Sendable {
  private let queue: DatabaseQueue
  private let path: FilePath

  /// - Throws: `CatalogError`.
  package init(_ catalog: Catalog) throws(CatalogError) {
    path = catalog.path
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "commits"
    do {
      queue = try DatabaseQueue(path: catalog.path.string, configuration: configuration)
    } catch {
      throw CatalogError.wrapping(error, "watching the catalogue", at: path)
    }
  }

  /// Another number after each commit, as SQLite's `data_version` is to a connection that never writes.
  package func mark() throws(CatalogError) -> Int64 {
    do {
      return try queue.inDatabase { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    } catch {
      throw CatalogError.wrapping(error, "watching the catalogue", at: path)
    }
  }
}
