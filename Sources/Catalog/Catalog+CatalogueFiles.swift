import GRDB
package import SystemPackage

/// Catalogue files that are imported whenever they change.
extension Catalog {
  /// The file as it was when it was last imported; nil for one that never was.
  package func importedSighting(of path: FilePath) throws(CatalogError) -> FileSighting? {
    try read("looking up an imported catalogue file") { database in
      try Row.fetchOne(database, sql: "SELECT * FROM catalogueFile WHERE path = ?", arguments: [path.data])
        .flatMap(FileSighting.init(row:))
    }
  }

  /// Notes that a catalogue file was imported as it is here.
  package func noteImported(_ path: FilePath, _ seen: FileSighting) throws(CatalogError) {
    try write("noting an imported catalogue file") { database in
      try database.execute(
        sql: """
          INSERT OR REPLACE INTO catalogueFile (path, size, modified, changed, inode) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [path.data, seen.size, seen.modified, seen.changed, Int64(bitPattern: seen.inode)])
    }
  }
}
