import GRDB
package import SystemPackage

extension Catalog {
  /// Writes a copy of the catalogue as it is at one moment; others read and write meanwhile.
  ///
  /// - Parameter target: a path at which nothing stands.
  package func copy(to target: FilePath) throws(CatalogError) {
    do {
      let copy = try DatabaseQueue(path: target.string)
      try database.backup(to: copy)
      // One file, that needs no other beside it.
      try copy.writeWithoutTransaction { _ = try Row.fetchAll($0, sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    } catch {
      throw CatalogError.wrapping(error, "copying the catalogue", at: target)
    }
  }

  /// What is wrong with a catalogue that is not in use; empty where it is sound.
  package static func faults(at path: FilePath) -> [String] {
    do {
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path.string, configuration: configuration)
      defer { try? queue.close() }
      return try queue.inDatabase {
        try String.fetchAll($0, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      }
    } catch {
      return ["\(error)"]
    }
  }
}
