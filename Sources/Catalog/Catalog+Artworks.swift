package import Foundation
import GRDB
package import Model
package import SystemPackage

/// An artwork with all that the catalogue knows of it.
package struct ArtworkRecord: Sendable, Equatable {
  package let artwork: Artwork
  /// Columns of an imported catalogue that Morelli gives no meaning to.
  package let attributes: [String: String]
  /// In the order in which they came.
  package let files: [ArtworkFile]
  /// By file number.
  package let palettes: [Int64: Palette]
  /// Files that catalogue rows claim for it, seen or not. Absolute.
  package let claims: [FilePath]
  /// Ids that it had before a catalogue named it.
  package let aliases: [ArtworkID]
}

extension Catalog {
  /// The artwork with this id, or with this id as another name; nil if there is none.
  package func artwork(_ id: ArtworkID) throws(CatalogError) -> ArtworkRecord? {
    try read("looking up '\(id.rawValue)'") { database in
      guard let artwork = try Self.artwork(id, in: database) else { return nil }
      return try Self.record(of: artwork, in: database)
    }
  }

  /// The artworks with these ids, without their files. Unknown ids are left out.
  package func artworks(_ ids: [ArtworkID]) throws(CatalogError) -> [ArtworkID: Artwork] {
    try read("looking up \(ids.count) artworks") { database in
      // SQLite takes 32,766 values a statement.
      try stride(from: 0, to: ids.count, by: 10_000).reduce(into: [:]) { found, start in
        let part = ids[start..<min(start + 10_000, ids.count)]
        for artwork in try Artwork.fetchAll(database, keys: part) { found[artwork.id] = artwork }
      }
    }
  }

  /// Calls `body` with every artwork in the order of the ids, removed ones included.
  package func forEachArtwork(_ body: (ArtworkRecord) throws -> Void) throws(CatalogError) {
    try read("reading all artworks") { database in
      let artworks = try Artwork.order(Column("id")).fetchCursor(database)
      while let artwork = try artworks.next() { try body(Self.record(of: artwork, in: database)) }
    }
  }

  /// Ids that begin like this text, for suggestions.
  package func artworkIDs(startingWith text: String, limit: Int) throws(CatalogError) -> [ArtworkID] {
    try read("looking for ids like '\(text)'") { database in
      try ArtworkID.fetchAll(
        database, sql: "SELECT id FROM artwork WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT ?2",
        arguments: [text, limit])
    }
  }

  /// Takes artworks out of every answer, or back in. Their files stay known.
  ///
  /// - Returns: the ids that were not as asked before; ids that no artwork has are in `unknown`.
  package func setRemoved(
    _ removed: Bool, _ ids: [ArtworkID], at time: Date = Date()
  ) throws(CatalogError) -> (changed: [ArtworkID], unknown: [ArtworkID]) {
    try write(removed ? "removing artworks" : "restoring artworks") { database in
      var changed: [ArtworkID] = []
      var unknown: [ArtworkID] = []
      for id in ids {
        guard var artwork = try Self.artwork(id, in: database) else {
          unknown.append(id)
          continue
        }
        guard artwork.removed != removed else { continue }
        artwork.removed = removed
        artwork.updatedAt = time
        try artwork.update(database)
        changed.append(artwork.id)
      }
      return (changed, unknown)
    }
  }

  static func artwork(_ id: ArtworkID, in database: Database) throws -> Artwork? {
    if let artwork = try Artwork.fetchOne(database, key: id) { return artwork }
    return try Artwork.fetchOne(
      database, sql: "SELECT artwork.* FROM alias JOIN artwork ON artwork.id = artworkID WHERE alias = ?",
      arguments: [id])
  }

  private static func record(of artwork: Artwork, in database: Database) throws -> ArtworkRecord {
    // A statement is understood once, not for each of many works.
    func rows(_ sql: String) throws -> [Row] {
      try Row.fetchAll(database.cachedStatement(sql: sql), arguments: [artwork.id])
    }
    let attributes = try rows("SELECT name, value FROM attribute WHERE artworkID = ?")
    let files = try rows("SELECT * FROM file WHERE artworkID = ? ORDER BY id").map(ArtworkFile.init)
    let palettes = try rows(
      "SELECT fileID, swatches FROM palette WHERE fileID IN (SELECT id FROM file WHERE artworkID = ?)")
    return ArtworkRecord(
      artwork: artwork,
      attributes: attributes.reduce(into: [:]) { $0[$1["name"]] = $1["value"] },
      files: files,
      palettes: palettes.reduce(into: [:]) { $0[$1["fileID"]] = Palette(data: $1["swatches"]) },
      claims: try rows("SELECT path FROM claim WHERE artworkID = ? ORDER BY path").map {
        FilePath(data: $0[0])
      },
      aliases: try rows("SELECT alias FROM alias WHERE artworkID = ? ORDER BY alias").map { $0[0] })
  }
}
