import Foundation
import GRDB
package import Model
package import Text

/// What makes the text blocks of a catalogue, as it is kept.
package struct StoredTextModel: Sendable, Equatable {
  package let method: TextModel.Method
  /// The block that it makes.
  package let descriptor: BlockDescriptor
  /// How many works it was fitted on.
  package let works: Int

  package init(method: TextModel.Method, descriptor: BlockDescriptor, works: Int) {
    self.method = method
    self.descriptor = descriptor
    self.works = works
  }

  package var version: Int { descriptor.version }
}

extension Catalog {
  /// What is known of the text model without reading its numbers; nil before the first fit.
  package func storedTextModel() throws(CatalogError) -> StoredTextModel? {
    try read("reading what makes the text block") { database in
      try Row.fetchOne(database, sql: "SELECT method, version, dimension, works FROM textModel").flatMap {
        row in
        TextModel.Method(rawValue: row["method"]).map {
          StoredTextModel(
            method: $0,
            descriptor: BlockDescriptor(name: .text, version: row["version"], dimension: row["dimension"]),
            works: row["works"])
        }
      }
    }
  }

  /// The numbers of the text model.
  package func textModelBytes() throws(CatalogError) -> [UInt8]? {
    try read("reading what makes the text block") { database in
      try Data.fetchOne(database, sql: "SELECT data FROM textModel").map(Array.init)
    }
  }

  /// Puts a text model in the place of another. All text blocks are then to be made anew; those of the old version stay until they are.
  package func store(_ model: TextModel, fittedOn works: Int) throws(CatalogError) {
    let bytes = model.bytes
    try write("keeping what makes the text block") { database in
      try database.execute(
        sql:
          "INSERT OR REPLACE INTO textModel (id, method, version, dimension, works, data) VALUES (1, ?, ?, ?, ?, ?)",
        arguments: [
          model.method.rawValue, model.descriptor.version, model.descriptor.dimension, works, Data(bytes),
        ])
    }
  }

  /// What the entries of all works that are not removed say, in the order of their ids; works of which nothing is said are left out.
  package func texts() throws(CatalogError) -> [ArtworkText] {
    try read("reading texts") { database in
      try Artwork.fetchAll(database, sql: "SELECT * FROM artwork WHERE NOT removed ORDER BY id")
        .map(ArtworkText.init).filter { !$0.fields.isEmpty }
    }
  }

  /// Works, removed ones left out, of which something is said and whose text block of this version is still to be made.
  package func countOfUnreadTexts(version: Int) throws(CatalogError) -> Int {
    try read("looking for changed texts") { database in
      try Int.fetchOne(database, sql: "SELECT count(*) \(Self.unread)", arguments: [version]) ?? 0
    }
  }

  /// Such works, with what is said of them.
  package func unreadTexts(version: Int, limit: Int) throws(CatalogError) -> [(
    id: ArtworkID, text: ArtworkText
  )] {
    try read("looking for changed texts") { database in
      try Artwork.fetchAll(
        database, sql: "SELECT artwork.* \(Self.unread) LIMIT ?", arguments: [version, limit]
      )
      .map { ($0.id, ArtworkText($0)) }
    }
  }

  /// Keeps text blocks, unless a text has changed since it was read.
  ///
  /// - Parameter blocks: of each work what it was read as, and its vector, nil where it says nothing.
  package func store(
    _ blocks: [(id: ArtworkID, text: ArtworkText, vector: [Float]?)], version: Int
  ) throws(CatalogError) {
    try write("keeping text blocks") { database in
      for block in blocks {
        guard let artwork = try Artwork.fetchOne(database, key: block.id), ArtworkText(artwork) == block.text
        else { continue }
        try database.execute(
          sql: "INSERT OR REPLACE INTO textBlock (artworkID, version, vector) VALUES (?, ?, ?)",
          arguments: [block.id, version, VectorCoding.data(block.vector ?? [])])
      }
    }
  }

  private static let unread = """
    FROM artwork LEFT JOIN textBlock ON artworkID = artwork.id
    WHERE NOT removed AND version IS NOT ?
      AND coalesce(title, artist, style, genre, medium, description, tags) IS NOT NULL
    """
}

extension ArtworkText {
  package init(_ artwork: Artwork) {
    self.init(
      title: artwork.title, artist: artwork.artist, style: artwork.style, genre: artwork.genre,
      medium: artwork.medium,
      tags: artwork.tags, description: artwork.description)
  }
}
