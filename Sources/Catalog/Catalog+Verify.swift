import Foundation
import GRDB
package import Model
package import SystemPackage

/// Something in the catalogue that should not be.
package struct CatalogFault: Sendable, Equatable {
  /// What kind of fault; raw values are stable.
  package enum Kind: String, Sendable {
    /// SQLite's own integrity check failed.
    case damagedDatabase = "damaged-database"
    /// A row points at nothing.
    case danglingReference = "dangling-reference"
    /// A vector is not finite, not of unit length, or not of its dimension.
    case badVector = "bad-vector"
    /// A file has no signature of the current version.
    case missingSignature = "missing-signature"
    /// A minted artwork of which nothing is known any more: neither file nor catalogue row.
    case emptyArtwork = "empty-artwork"
  }

  package let kind: Kind
  package let detail: String
  /// The file that measuring again would mend; nil where that would not help.
  package let file: FilePath?
}

extension Catalog {
  /// Proves the database against itself.
  ///
  /// - Parameter descriptors: the blocks that every file should have.
  package func faults(_ descriptors: [BlockDescriptor]) throws(CatalogError) -> [CatalogFault] {
    try read("verifying the catalogue") { database in
      var faults = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        .map { CatalogFault(kind: .damagedDatabase, detail: $0, file: nil) }
      faults += try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map {
        CatalogFault(
          kind: .danglingReference, detail: "a row of \($0["table"] as String) points at nothing", file: nil)
      }
      faults += try Self.vectorFaults(descriptors, in: database)
      faults += try Self.filesLackingCopyDescriptor(in: database).map {
        CatalogFault(kind: .missingSignature, detail: "\($0) has no sound copy descriptor", file: $0)
      }
      faults += try ArtworkID.fetchAll(
        database,
        sql: """
          SELECT id FROM artwork WHERE isMinted AND NOT removed
          AND NOT EXISTS (SELECT 1 FROM file WHERE artworkID = artwork.id)
          AND NOT EXISTS (SELECT 1 FROM claim WHERE artworkID = artwork.id)
          """
      ).map {
        CatalogFault(kind: .emptyArtwork, detail: "'\($0.rawValue)' has neither a file nor a row", file: nil)
      }
      return faults
    }
  }

  private static func vectorFaults(_ descriptors: [BlockDescriptor], in database: Database) throws
    -> [CatalogFault]
  {
    var faults: [CatalogFault] = []
    for descriptor in descriptors {
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT path, vector FROM file
          LEFT JOIN block ON fileID = file.id AND block.name = ? AND version = ?
          """,
        arguments: [descriptor.name.rawValue, descriptor.version])
      while let row = try rows.next() {
        let path = FilePath(data: row["path"])
        guard let data: Data = row["vector"] else {
          let detail = "\(path) has no \(descriptor.name.rawValue) block of version \(descriptor.version)"
          faults.append(CatalogFault(kind: .missingSignature, detail: detail, file: path))
          continue
        }
        if let fault = vectorFault(data, descriptor) {
          let detail = "the \(descriptor.name.rawValue) block of \(path) \(fault)"
          faults.append(CatalogFault(kind: .badVector, detail: detail, file: path))
        }
      }
    }
    return faults
  }

  private static func vectorFault(_ data: Data, _ descriptor: BlockDescriptor) -> String? {
    guard let vector = VectorCoding.values(data), vector.count == descriptor.dimension else {
      return "has \(data.count) bytes, not \(4 * descriptor.dimension)"
    }
    let norm = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard norm.isFinite else { return "is not finite" }
    return !descriptor.isUnit || norm == 0 || abs(norm - 1) < 1e-3 ? nil : "has the length \(norm), not 1"
  }

  /// Every file with its hash and sighting, for proving the catalogue against the disk.
  package func files() throws(CatalogError) -> [ArtworkFile] {
    try read("listing files") { try ArtworkFile.order(Column("id")).fetchAll($0) }
  }
}
