import Foundation
import GRDB
package import Model
package import SystemPackage

/// The visual blocks of one file, as far as it has them in the asked versions.
package struct StoredSignature: Sendable {
  package let fileID: Int64
  package let artworkID: ArtworkID
  package let path: FilePath
  /// One vector for each descriptor asked for; nil where the block is missing, damaged or of another version.
  package let vectors: [[Float]?]
}

extension Catalog {
  /// The signatures of all files that are there and whose artwork is not removed, in the order of the file numbers.
  ///
  /// - Parameters:
  ///   - descriptors: the blocks to read. One of another version or dimension counts as missing:
  ///     versions are never mixed.
  ///   - change: only what may have changed after this change number.
  package func forEachSignature(
    of descriptors: [BlockDescriptor], changedAfter change: Int64 = .min,
    _ body: (StoredSignature) throws -> Void
  ) throws(CatalogError) {
    try read("reading signatures") { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT file.id AS fileID, artworkID, path, block.name AS name, version, vector
          FROM file JOIN artwork ON artwork.id = artworkID AND NOT removed
          LEFT JOIN block ON block.fileID = file.id
          WHERE missingSince IS NULL AND \(Self.isChanged("file.id", after: change))
          ORDER BY file.id
          """)
      var pending: StoredSignature?
      while let row = try rows.next() {
        let fileID: Int64 = row["fileID"]
        var vectors: [[Float]?] = Array(repeating: nil, count: descriptors.count)
        if let same = pending, same.fileID == fileID {
          vectors = same.vectors
        } else if let done = pending {
          try body(done)
        }
        if let name: String = row["name"],
          let slot = descriptors.firstIndex(where: {
            $0.name.rawValue == name && $0.version == row["version"]
          }),
          let vector = VectorCoding.values(row["vector"]), vector.count == descriptors[slot].dimension
        {
          vectors[slot] = vector
        }
        pending = StoredSignature(
          fileID: fileID, artworkID: row["artworkID"], path: FilePath(data: row["path"]), vectors: vectors)
      }
      if let done = pending { try body(done) }
    }
  }

  /// In SQL: a key that may have changed after a change number; any for the least. No condition of both forms: SQLite would look
  /// at every row.
  static func isChanged(_ key: String, after change: Int64) -> String {
    change == .min ? "true" : "\(key) IN (SELECT key FROM signatureChange WHERE change > \(change))"
  }

  /// The palettes of all files, or of those that may have changed after a change number, by file number.
  package func palettes(changedAfter change: Int64 = .min) throws(CatalogError) -> [Int64: Palette] {
    try read("reading palettes") { database in
      let rows = try Row.fetchCursor(
        database,
        sql: "SELECT fileID, swatches FROM palette WHERE \(Self.isChanged("fileID", after: change))")
      var palettes: [Int64: Palette] = [:]
      while let row = try rows.next() { palettes[row[0]] = Palette(data: row[1]) }
      return palettes
    }
  }

  /// The text blocks of all works that are not removed and of which anything is said.
  ///
  /// - Parameter change: only of works with a signature that may have changed after this change number.
  package func textVectors(
    _ descriptor: BlockDescriptor, changedAfter change: Int64 = .min
  ) throws(CatalogError) -> [ArtworkID: [Float]] {
    let isOfChanged =
      change == .min
      ? "true"
      : """
      artworkID IN (
        SELECT artworkID FROM signatureChange JOIN file ON file.id = key WHERE change > \(change)
        UNION SELECT artworkID FROM signatureChange JOIN wordsRow ON wordsRow.id = -key WHERE change > \(change))
      """
    return try read("reading text blocks") { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT artworkID, vector FROM textBlock JOIN artwork ON id = artworkID
          WHERE NOT removed AND version = ? AND \(isOfChanged)
          """, arguments: [descriptor.version])
      var vectors: [ArtworkID: [Float]] = [:]
      while let row = try rows.next() {
        if let vector = VectorCoding.values(row[1]), vector.count == descriptor.dimension {
          vectors[row[0]] = vector
        }
      }
      return vectors
    }
  }

  /// The text block of one work; nil where nothing is said of it.
  package func textVector(of id: ArtworkID, _ descriptor: BlockDescriptor) throws(CatalogError) -> [Float]? {
    try read("reading the text block of '\(id.rawValue)'") { database in
      try Data.fetchOne(
        database, sql: "SELECT vector FROM textBlock WHERE artworkID = ? AND version = ?",
        arguments: [id, descriptor.version]
      ).flatMap(VectorCoding.values).flatMap { $0.count == descriptor.dimension ? $0 : nil }
    }
  }

  /// The signatures of one artwork's files, removed or not.
  package func signatures(of id: ArtworkID, _ descriptors: [BlockDescriptor]) throws(CatalogError)
    -> [StoredSignature]
  {
    try read("reading the signature of '\(id.rawValue)'") { database in
      let files = try Row.fetchAll(
        database, sql: "SELECT id, path FROM file WHERE artworkID = ? ORDER BY id", arguments: [id])
      return try files.map { file in
        let fileID: Int64 = file["id"]
        let vectors = try descriptors.map { try Self.vector(of: fileID, $0, in: database) }
        return StoredSignature(
          fileID: fileID, artworkID: id, path: FilePath(data: file["path"]), vectors: vectors)
      }
    }
  }

  /// The signature of a file with these bytes, if one is known: the same bytes need not be measured twice.
  package func signature(
    ofBytes hash: Fingerprint, _ descriptors: [BlockDescriptor]
  ) throws(CatalogError) -> StoredSignature? {
    let owner = try read("looking for known bytes") { database in
      try ArtworkFile.filter(Column("contentHash") == Data(hash.bytes)).order(Column("id")).fetchOne(database)
    }
    guard let owner else { return nil }
    return try signatures(of: owner.artworkID, descriptors).first { $0.fileID == owner.id }
  }
}
