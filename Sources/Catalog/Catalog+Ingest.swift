package import Foundation
import GRDB
package import Model
package import SystemPackage

/// What was measured of one file.
package struct MeasuredFile: Sendable {
  /// Absolute.
  package let path: FilePath
  package let seen: FileSighting
  package let contentHash: Fingerprint
  package let pictureHash: Fingerprint
  /// Such as `jpeg`.
  package let format: String
  /// Upright, of the original, in pixels.
  package let width, height: Int
  package let blocks: [Block]
  package let palette: Palette
  package let paletteVersion: Int
  package let copies: CopyDescriptor

  package init(
    path: FilePath, seen: FileSighting, contentHash: Fingerprint, pictureHash: Fingerprint, format: String,
    width: Int, height: Int, blocks: [Block], palette: Palette, paletteVersion: Int,
    copies: CopyDescriptor
  ) {
    self.path = path
    self.seen = seen
    self.contentHash = contentHash
    self.pictureHash = pictureHash
    self.format = format
    self.width = width
    self.height = height
    self.blocks = blocks
    self.palette = palette
    self.paletteVersion = paletteVersion
    self.copies = copies
  }
}

/// What storing a measured file came to.
package enum StoredFile: Sendable, Equatable {
  /// The first sight of this path.
  case added(ArtworkID)
  /// The path was known; its bytes are new.
  case changed(ArtworkID)
  /// The path was known; its bytes are new, but they show the picture that they showed before: somebody edited the
  /// file's metadata.
  case retagged(ArtworkID)
  /// The path was known and holds the bytes it held before, under another date.
  case touched(ArtworkID)
  /// The bytes were known at a path where no file is any more.
  case moved(ArtworkID, from: FilePath)

  /// Whose file it is.
  package var artworkID: ArtworkID {
    switch self {
    case .added(let id), .changed(let id), .retagged(let id), .touched(let id), .moved(let id, _): id
    }
  }
}

/// What an ingest has to store: a picture, or why there is none.
package enum IngestResult: Sendable {
  case measured(MeasuredFile)
  case refused(QuarantineEntry)
}

extension Catalog {
  /// The refused files at and below a path, by path.
  package func quarantine(below root: FilePath = "/") throws(CatalogError) -> [FilePath: QuarantineEntry] {
    try read("listing the refused files below \(root)") { database in
      try Self.rows(of: "quarantine", below: root, in: database).reduce(into: [:]) { entries, row in
        let entry = try QuarantineEntry(row: row)
        entries[entry.path] = entry
      }
    }
  }

  /// Takes files out of quarantine that there is nothing to say of any more.
  package func forgetRefused(_ paths: [FilePath]) throws(CatalogError) {
    guard !paths.isEmpty else { return }
    try write("forgetting \(paths.count) refused files") { database in
      for path in paths {
        try database.execute(sql: "DELETE FROM quarantine WHERE path = ?", arguments: [path.data])
      }
    }
  }

  /// Has refused files tried again at the next look, whatever has or has not changed.
  ///
  /// - Returns: how many of them are refused.
  package func allowRetry(of paths: [FilePath]) throws(CatalogError) -> Int {
    try write("allowing \(paths.count) refused files another attempt") { database in
      try paths.reduce(0) { count, path in
        try database.execute(sql: "UPDATE quarantine SET limits = '' WHERE path = ?", arguments: [path.data])
        return count + database.changesCount
      }
    }
  }

  /// Stores results in one transaction; on disk when it returns.
  ///
  /// A new file belongs to the artwork that a catalogue row claims it for, else to the one that has the same
  /// bytes, else to a new one whose id is minted from the bytes.
  ///
  /// - Parameter exists: tells whether there is a file at a path now, for telling a move from a copy.
  /// - Returns: for each result in order, what it came to; nil for a refusal.
  package func store(
    _ results: [IngestResult], at time: Date = Date(), exists: (FilePath) -> Bool
  ) throws(CatalogError) -> [StoredFile?] {
    try write("storing \(results.count) results") { database in
      try results.map { result in
        switch result {
        case .measured(let measured):
          try database.execute(sql: "DELETE FROM quarantine WHERE path = ?", arguments: [measured.path.data])
          return try Self.store(measured, at: time, exists: exists, in: database)
        case .refused(let entry):
          try Self.quarantine(entry, in: database)
          return nil
        }
      }
    }
  }

  static func rows(of table: String, below root: FilePath, in database: Database) throws -> [Row] {
    // Paths below a folder are a range of bytes: "/folder/" up to "/folder0", "0" coming after "/".
    let folder = root.data == Data([0x2F]) ? root.data : root.data + [0x2F]
    let beyond = folder.dropLast() + [0x30]
    return try Row.fetchAll(
      database, sql: "SELECT * FROM \(table) WHERE path = ? OR (path >= ? AND path < ?)",
      arguments: [root.data, folder, Data(beyond)])
  }

  private static func store(
    _ measured: MeasuredFile, at time: Date, exists: (FilePath) -> Bool, in database: Database
  ) throws -> StoredFile {
    if var known = try ArtworkFile.filter(Column("path") == measured.path.data).fetchOne(database) {
      let sameBytes = known.contentHash == measured.contentHash
      let samePicture = known.pictureHash == measured.pictureHash
      known.update(from: measured, at: time)
      try known.update(database)
      try setFound(known, in: database)
      try storeSignature(of: measured, file: known, isSame: sameBytes, in: database)
      if sameBytes { return .touched(known.artworkID) }
      let owner = try uniteTwins(of: known, in: database)
      return samePicture ? .retagged(owner) : .changed(owner)
    }
    let claimant = try claimant(of: measured.path, contentHash: measured.contentHash, in: database)
    let twins = try ArtworkFile.filter(Column("contentHash") == Data(measured.contentHash.bytes))
      .order(Column("id")).fetchAll(database)
    let movable = twins.filter { claimant == nil || claimant == $0.artworkID }
    if var moved = movable.first(where: { !exists($0.path) }) {
      let origin = moved.path
      moved.path = measured.path
      moved.update(from: measured, at: time)
      try moved.update(database)
      try setFound(moved, in: database)
      try storeSignature(of: measured, file: moved, isSame: true, in: database)
      return .moved(moved.artworkID, from: origin)
    }
    let artworkID =
      try claimant ?? twins.first?.artworkID ?? mintArtwork(for: measured, at: time, in: database)
    var file = ArtworkFile(
      id: nil, artworkID: artworkID, path: measured.path, contentHash: measured.contentHash,
      pictureHash: measured.pictureHash, format: measured.format, width: measured.width,
      height: measured.height,
      seen: measured.seen, addedAt: time, updatedAt: time)
    try file.insert(database)
    try storeSignature(of: measured, file: file, isSame: false, in: database)
    return .added(artworkID)
  }

  static func setFound(_ file: ArtworkFile, in database: Database) throws {
    try database.execute(
      sql: "UPDATE file SET missingSince = NULL WHERE id = ? AND missingSince IS NOT NULL",
      arguments: [file.id])
  }

  private static func mintArtwork(for measured: MeasuredFile, at time: Date, in database: Database) throws
    -> ArtworkID
  {
    var length = 12
    var id = ArtworkID(mintedFrom: measured.contentHash.bytes, length: length)
    while try isTaken(id, in: database), length < 51 {
      length += 4
      id = ArtworkID(mintedFrom: measured.contentHash.bytes, length: min(length, 51))
    }
    try Artwork(id: id, isMinted: true, at: time).insert(database)
    return id
  }

  static func isTaken(_ id: ArtworkID, in database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql:
        "SELECT EXISTS (SELECT 1 FROM artwork WHERE id = ?1) OR EXISTS (SELECT 1 FROM alias WHERE alias = ?1)",
      arguments: [id]) ?? false
  }

  /// - Parameter isSame: the file holds the bytes that it held.
  private static func storeSignature(
    of measured: MeasuredFile, file: ArtworkFile, isSame: Bool, in database: Database
  ) throws {
    try store(measured.blocks, of: file.id, keepsOld: isSame, in: database)
    try database.execute(
      sql: "INSERT OR REPLACE INTO palette (fileID, version, swatches) VALUES (?, ?, ?)",
      arguments: [file.id, measured.paletteVersion, measured.palette.data])
    try storeCopyDescriptor(measured.copies, of: file, in: database)
  }

  private static func quarantine(_ entry: QuarantineEntry, in database: Database) throws {
    var entry = entry
    if let earlier = try QuarantineEntry.fetchOne(
      database, sql: "SELECT * FROM quarantine WHERE path = ?", arguments: [entry.path.data])
    {
      // Found again as it was, and not tried again: there is nothing new to keep.
      if entry.attempts == 0, entry.code == earlier.code, entry.reason == earlier.reason,
        entry.seen == earlier.seen
      {
        return
      }
      entry.attempts += earlier.attempts
      entry.firstSeen = earlier.firstSeen
    }
    try entry.insert(database)
    // A known file that was written to and is no picture now: what was measured of it is true no more.
    if entry.attempts > 0, let seen = entry.seen,
      let known = try ArtworkFile.filter(Column("path") == entry.path.data).fetchOne(database),
      known.seen != seen
    {
      try store([], of: known.id, keepsOld: false, in: database)
      try database.execute(sql: "DELETE FROM palette WHERE fileID = ?", arguments: [known.id])
      try database.execute(sql: "DELETE FROM copyView WHERE fileID = ?", arguments: [known.id])
    }
  }
}

extension ArtworkFile {
  fileprivate mutating func update(from measured: MeasuredFile, at time: Date) {
    contentHash = measured.contentHash
    pictureHash = measured.pictureHash
    format = measured.format
    width = measured.width
    height = measured.height
    seen = measured.seen
    updatedAt = time
  }
}
