import GRDB
package import Model

/// How much the catalogue holds.
package struct CatalogCounts: Sendable, Equatable {
  /// Not removed.
  package let artworks: Int
  package let removed: Int
  /// Not removed, without a file.
  package let withoutFile: Int
  package let files: Int
  /// Files that are not there any more.
  package let missing: Int
  /// Refused files.
  package let quarantined: Int
  /// Files with a block of this name and version, in use or not.
  package let blocks: [BlockDescriptor: Int]
}

extension Catalog {
  /// Counts in one consistent view.
  package func counts(of descriptors: [BlockDescriptor]) throws(CatalogError) -> CatalogCounts {
    try read("counting") { database in
      func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(database, sql: sql, arguments: arguments) ?? 0
      }
      return CatalogCounts(
        artworks: try count("SELECT count(*) FROM artwork WHERE NOT removed"),
        removed: try count("SELECT count(*) FROM artwork WHERE removed"),
        withoutFile: try count(
          "SELECT count(*) FROM artwork WHERE NOT removed AND NOT EXISTS (SELECT 1 FROM file WHERE artworkID = artwork.id)"
        ),
        files: try count("SELECT count(*) FROM file"),
        missing: try count("SELECT count(*) FROM file WHERE missingSince IS NOT NULL"),
        quarantined: try count("SELECT count(*) FROM quarantine"),
        blocks: try descriptors.reduce(into: [:]) {
          $0[$1] = try count(
            """
            SELECT (SELECT count(*) FROM block WHERE name = ?1 AND version = ?2)
              + (SELECT count(*) FROM newBlock WHERE name = ?1 AND version = ?2)
            """, [$1.name.rawValue, $1.version])
        })
    }
  }
}
