import Foundation
import GRDB
package import Model

/// What is shown of a work where many are shown: its entry, and one of its reproductions.
package struct ArtworkCard: Sendable, Equatable {
  package let artwork: Artwork
  /// The one that was asked for, else the first that is there; nil where there is none.
  package let file: ArtworkFile?
  /// Of that file.
  package let palette: Palette?

  package init(artwork: Artwork, file: ArtworkFile?, palette: Palette?) {
    self.artwork = artwork
    self.file = file
    self.palette = palette
  }
}

extension Catalog {
  /// The cards of many works, read at once. Works that there are none of (any more) are left out.
  ///
  /// - Parameter wanted: by the work's own id, the file that is to be shown, or nil for the first.
  package func cards(_ wanted: [ArtworkID: Int64?]) throws(CatalogError) -> [ArtworkID: ArtworkCard] {
    guard !wanted.isEmpty else { return [:] }
    return try read("looking up \(wanted.count) artworks") { database in
      let ids = try Self.list(wanted.keys.map(\.rawValue))
      let artworks = try Artwork.fetchAll(
        database.cachedStatement(
          sql: "SELECT * FROM artwork WHERE id IN (SELECT value FROM json_each(?))"), arguments: [ids])
      let files = try ArtworkFile.fetchCursor(
        database.cachedStatement(
          sql: """
            SELECT * FROM file WHERE artworkID IN (SELECT value FROM json_each(?)) AND missingSince IS NULL
            ORDER BY id
            """), arguments: [ids])
      var shown: [ArtworkID: ArtworkFile] = [:]
      while let file = try files.next() {
        if shown[file.artworkID] == nil || file.id == wanted[file.artworkID] { shown[file.artworkID] = file }
      }
      let numbers = try Self.list(shown.values.compactMap(\.id))
      let palettes = try Row.fetchAll(
        database.cachedStatement(
          sql: "SELECT fileID, swatches FROM palette WHERE fileID IN (SELECT value FROM json_each(?))"),
        arguments: [numbers]
      ).reduce(into: [Int64: Palette]()) { $0[$1[0]] = Palette(data: $1[1]) }
      return artworks.reduce(into: [:]) { cards, artwork in
        let file = shown[artwork.id]
        cards[artwork.id] = ArtworkCard(
          artwork: artwork, file: file, palette: file?.id.flatMap { palettes[$0] })
      }
    }
  }

  /// As a statement takes many values in the place of one.
  static func list(_ values: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
  }
}

extension Catalog {
  /// A reproduction that is there, of a work that may be in an answer; nil for any other number.
  package func shownFile(_ id: Int64) throws(CatalogError) -> ArtworkFile? {
    try read("looking up the file \(id)") { database in
      try ArtworkFile.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT file.* FROM file JOIN artwork ON artwork.id = artworkID
            WHERE file.id = ? AND missingSince IS NULL AND \(Self.isShown)
            """), arguments: [id])
    }
  }

  /// The names of all columns that no meaning is given to, with how many works have each.
  package func attributeNames() throws(CatalogError) -> [String] {
    try read("listing columns") { database in
      try String.fetchAll(database, sql: "SELECT DISTINCT name FROM attribute ORDER BY name")
    }
  }

  /// The work that an id means, in an answer or not; nil where there is none.
  package func canonicalID(_ id: ArtworkID) throws(CatalogError) -> ArtworkID? {
    try read("looking up '\(id.rawValue)'") { database in
      try ArtworkID.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT id FROM artwork WHERE id = :id
            UNION ALL SELECT artworkID FROM alias WHERE alias = :id LIMIT 1
            """), arguments: ["id": id])
    }
  }
}
