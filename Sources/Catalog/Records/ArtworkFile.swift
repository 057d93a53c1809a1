package import Foundation
package import GRDB
package import Model
package import SystemPackage

/// One reproduction of an artwork at one path, as the table `file` has it.
package struct ArtworkFile: Sendable, Equatable {
  /// The database's own number; nil before it is stored.
  package var id: Int64?
  package var artworkID: ArtworkID
  /// Absolute.
  package var path: FilePath
  /// SHA-256 of the bytes.
  package var contentHash: Fingerprint
  /// SHA-256 of the working image and the original dimensions: the same picture, whatever the metadata.
  package var pictureHash: Fingerprint
  /// Such as `jpeg`.
  package var format: String
  /// Upright, of the original, in pixels.
  package var width, height: Int
  /// As it was when it was read.
  package var seen: FileSighting
  package var addedAt: Date
  package var updatedAt: Date
  /// Since when nothing has been found at the path; nil while the file is there. Kept by `markMissing` and by storing, not by
  /// writing the record.
  package private(set) var missingSince: Date?
}

/// What the file system said of a file when Morelli last looked: equal again means nothing was written.
package struct FileSighting: Hashable, Sendable, Codable {
  /// Bytes.
  package var size: Int
  /// Nanoseconds since 1970: of the contents, and of contents or permissions.
  package var modified, changed: Int64
  package var inode: UInt64

  package init(size: Int, modified: Int64, changed: Int64, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
  }

  init?(row: Row) {
    guard let size: Int = row["size"], let modified: Int64 = row["modified"],
      let changed: Int64 = row["changed"], let inode: Int64 = row["inode"]
    else { return nil }
    self.init(size: size, modified: modified, changed: changed, inode: UInt64(bitPattern: inode))
  }

  func encode(to container: inout PersistenceContainer) {
    container["size"] = size
    container["modified"] = modified
    container["changed"] = changed
    container["inode"] = Int64(bitPattern: inode)
  }
}

extension ArtworkFile: FetchableRecord, MutablePersistableRecord {
  package static let databaseTableName = "file"

  package init(row: Row) throws {
    id = row["id"]
    artworkID = row["artworkID"]
    path = FilePath(data: row["path"])
    contentHash = try Fingerprint(data: row["contentHash"])
    pictureHash = try Fingerprint(data: row["pictureHash"])
    format = row["format"]
    width = row["width"]
    height = row["height"]
    guard let sighting = FileSighting(row: row) else {
      throw DatabaseError(message: "file \(id ?? 0) has no size or time")
    }
    seen = sighting
    addedAt = row["addedAt"]
    updatedAt = row["updatedAt"]
    missingSince = row["missingSince"]
  }

  package func encode(to container: inout PersistenceContainer) {
    container["id"] = id
    container["artworkID"] = artworkID
    container["path"] = path.data
    container["name"] = path.nameData
    container["contentHash"] = Data(contentHash.bytes)
    container["pictureHash"] = Data(pictureHash.bytes)
    container["format"] = format
    container["width"] = width
    container["height"] = height
    seen.encode(to: &container)
    container["addedAt"] = addedAt
    container["updatedAt"] = updatedAt
  }

  package mutating func didInsert(_ inserted: InsertionSuccess) { id = inserted.rowID }
}

extension Fingerprint {
  init(data: Data) throws {
    guard data.count == 32 else { throw DatabaseError(message: "a hash of \(data.count) bytes") }
    self.init(bytes: Array(data))
  }
}
