import Foundation
import GRDB
package import Model
package import SystemPackage

/// One file with what its copies are known by.
package struct StoredCopyDescriptor: Sendable {
  package let fileID: Int64
  package let artworkID: ArtworkID
  package let contentHash: Fingerprint
  /// nil where none of the program's version has been stored, or what is stored is damaged.
  package let descriptor: CopyDescriptor?
}

extension Catalog {
  /// Files whose copy descriptor is missing, of another version or damaged.
  package func filesLackingCopyDescriptor() throws(CatalogError) -> Set<FilePath> {
    try read("looking for missing copy descriptors") { Set(try Self.filesLackingCopyDescriptor(in: $0)) }
  }

  /// In the order of the file numbers.
  static func filesLackingCopyDescriptor(in database: Database) throws -> [FilePath] {
    try Data.fetchAll(
      database,
      sql: """
        SELECT path FROM file WHERE NOT EXISTS (SELECT 1 FROM copyView WHERE fileID = file.id AND view = 0)
        OR EXISTS (
          SELECT 1 FROM copyView INDEXED BY copyViewByMethod WHERE fileID = file.id
          AND (version <> ? OR thumbnailBytes <> ? OR hashBytes <> ?))
        ORDER BY id
        """,
      arguments: [
        CopyDescriptor.version, CopyDescriptor.View.thumbnailCount, 8 * (PerceptualHashes.windowCount + 2),
      ]
    ).map(FilePath.init(data:))
  }

  /// All files that are there and whose artwork is not removed, in the order of the file numbers.
  package func forEachCopyDescriptor(
    _ body: (StoredCopyDescriptor) throws -> Void
  ) throws(CatalogError) {
    try read("reading copy descriptors") { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT file.id AS fileID, artworkID, contentHash, version, hashes, thumbnail
          FROM file JOIN artwork ON artwork.id = artworkID AND NOT removed
          LEFT JOIN copyView ON copyView.fileID = file.id
          WHERE missingSince IS NULL
          ORDER BY file.id, view
          """)
      var pending: Row?
      var views: [CopyDescriptor.View?] = []
      func hand() throws {
        guard let pending else { return }
        let sound = views.compactMap { $0 }
        try body(
          StoredCopyDescriptor(
            fileID: pending["fileID"], artworkID: pending["artworkID"],
            contentHash: try Fingerprint(data: pending["contentHash"]),
            descriptor: sound.isEmpty || sound.count < views.count ? nil : CopyDescriptor(views: sound)))
      }
      while let row = try rows.next() {
        if let same = pending, same["fileID"] as Int64 != row["fileID"] as Int64 {
          try hand()
          views = []
        }
        pending = row.copy()
        views.append(Self.view(row))
      }
      try hand()
    }
  }

  private static func view(_ row: Row) -> CopyDescriptor.View? {
    guard let version: Int = row["version"], version == CopyDescriptor.version,
      let thumbnail: Data = row["thumbnail"]
    else { return nil }
    return CopyDescriptor.View(hashes: row["hashes"], thumbnail: thumbnail)
  }

  static func storeCopyDescriptor(
    _ descriptor: CopyDescriptor, of file: ArtworkFile, in database: Database
  ) throws {
    try database.execute(sql: "DELETE FROM copyView WHERE fileID = ?", arguments: [file.id])
    for (number, view) in descriptor.views.enumerated() {
      try database.execute(
        sql: "INSERT INTO copyView (fileID, view, version, hashes, thumbnail) VALUES (?, ?, ?, ?, ?)",
        arguments: [file.id, number, CopyDescriptor.version, view.hashes?.data, Data(view.thumbnail)])
    }
  }
}
