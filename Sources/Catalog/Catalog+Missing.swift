package import Foundation
import GRDB
import Model
package import SystemPackage

/// What the catalogue knows of a file, as far as telling whether to look at it goes.
package struct KnownFile: Sendable, Equatable {
  package let sighting: FileSighting
  /// Nothing was found at the path when it was last looked at.
  package let isMissing: Bool
}

/// A file at another path than before, not written to since.
package struct RenamedFile: Sendable, Equatable {
  package let origin, path: FilePath
  package let seen: FileSighting

  package init(origin: FilePath, path: FilePath, seen: FileSighting) {
    self.origin = origin
    self.path = path
    self.seen = seen
  }
}

/// Files that are gone, back, or at another path: nothing of it needs measuring.
extension Catalog {
  /// In SQL: a work that may be in an answer.
  static let isShown = "NOT removed AND NOT isAbsent"

  /// What the catalogue knows of the files at and below a path, by path.
  package func knownFiles(below root: FilePath) throws(CatalogError) -> [FilePath: KnownFile] {
    try read("listing the files known below \(root)") { database in
      try Self.rows(of: "file", below: root, in: database).reduce(into: [:]) { known, row in
        guard let sighting = FileSighting(row: row) else { return }
        let since: Date? = row["missingSince"]
        known[FilePath(data: row["path"])] = KnownFile(sighting: sighting, isMissing: since != nil)
      }
    }
  }

  /// Notes that nothing is at these paths any more. Their works leave the answers and keep all that is known of them.
  ///
  /// - Returns: how many files were there until now.
  package func markMissing(_ paths: [FilePath], at time: Date = Date()) throws(CatalogError) -> Int {
    guard !paths.isEmpty else { return 0 }
    return try write("noting \(paths.count) missing files") { database in
      try paths.reduce(0) { count, path in
        try database.execute(
          sql: "UPDATE file SET missingSince = ? WHERE path = ? AND missingSince IS NULL",
          arguments: [time, path.data])
        return count + database.changesCount
      }
    }
  }

  /// Notes that these files, as they were when they were measured, are there again.
  package func markFound(_ paths: [FilePath]) throws(CatalogError) -> Int {
    guard !paths.isEmpty else { return 0 }
    return try write("noting \(paths.count) files that are back") { database in
      try paths.reduce(0) { count, path in
        try database.execute(
          sql: "UPDATE file SET missingSince = NULL WHERE path = ? AND missingSince IS NOT NULL",
          arguments: [path.data])
        return count + database.changesCount
      }
    }
  }

  /// Known files that were the same file of the file system as this one: the same inode, size and time of writing. Renaming
  /// changes none of them.
  package func paths(like sighting: FileSighting) throws(CatalogError) -> [FilePath] {
    try read("looking for a renamed file") { database in
      try Data.fetchAll(
        database, sql: "SELECT path FROM file WHERE inode = ? AND size = ? AND modified = ? ORDER BY id",
        arguments: [Int64(bitPattern: sighting.inode), sighting.size, sighting.modified]
      ).map(FilePath.init(data:))
    }
  }

  /// Gives files their new paths; their works and signatures stay as they are.
  ///
  /// - Returns: those that were renamed. One whose new path is known already, or that a catalogue row claims for another work, is
  ///   to be measured instead.
  package func rename(_ files: [RenamedFile], at time: Date = Date()) throws(CatalogError) -> [RenamedFile] {
    guard !files.isEmpty else { return [] }
    return try write("renaming \(files.count) files") { database in
      try files.filter { file in
        guard var known = try ArtworkFile.filter(Column("path") == file.origin.data).fetchOne(database),
          try ArtworkFile.filter(Column("path") == file.path.data).fetchCount(database) == 0,
          try [nil, known.artworkID].contains(
            Self.claimant(of: file.path, contentHash: known.contentHash, in: database))
        else { return false }
        known.path = file.path
        known.seen = file.seen
        known.updatedAt = time
        try known.update(database)
        try Self.setFound(known, in: database)
        try database.execute(sql: "DELETE FROM quarantine WHERE path = ?", arguments: [file.path.data])
        return true
      }
    }
  }

  /// Forgets files that have been missing since before a time, and minted works of which nothing is left then.
  ///
  /// - Returns: the paths forgotten.
  package func forgetMissing(since limit: Date) throws(CatalogError) -> [FilePath] {
    try write("forgetting files that are gone") { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT path, artworkID FROM file WHERE missingSince < ? ORDER BY path",
        arguments: [limit])
      try database.execute(sql: "DELETE FROM file WHERE missingSince < ?", arguments: [limit])
      for work in Set(rows.map { $0["artworkID"] as ArtworkID }) {
        // One that was removed by hand is remembered, so that its image doesn't bring it back.
        try database.execute(
          sql: """
            DELETE FROM artwork WHERE id = ?1 AND isMinted AND NOT removed
            AND NOT EXISTS (SELECT 1 FROM file WHERE artworkID = ?1)
            AND NOT EXISTS (SELECT 1 FROM claim WHERE artworkID = ?1)
            """, arguments: [work])
      }
      return rows.map { FilePath(data: $0["path"]) }
    }
  }
}
