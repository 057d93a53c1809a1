import Crypto
import Foundation
import GRDB
import Model
import SystemPackage

/// Takes the rows of one catalogue file into the database, inside one transaction of the caller's.
struct CatalogueImport {
  /// Which rows are taken.
  enum Rows {
    case all
    /// Only rows that name an artwork by id: they can be taken before their images are seen.
    case withID
  }

  let database: Database
  let time: Date
  /// The folder of the imported file, absolute; rows' paths are relative to it.
  let folder: FilePath
  private(set) var report = ImportReport()
  /// What the rows of this very file say of each work that they name by id: its images, as absolute path and in the
  /// row's words. Where two files of a catalogue contradict one another, the later one is right.
  private var said: [ArtworkID: [(path: FilePath, written: FilePath)]] = [:]

  init(database: Database, time: Date, folder: FilePath) {
    self.database = database
    self.time = time
    self.folder = folder
  }

  mutating func take(_ table: CSVTable, rows: Rows) throws {
    for case .success(let row) in table {
      guard let id = Self.cell("id", of: row), let file = Self.cell("file", of: row) else { continue }
      let path = folder.pushing(FilePath(file)).lexicallyNormalized()
      said[ArtworkID(rawValue: id), default: []].append((path, FilePath(file)))
    }
    for row in table {
      if case .success(let row) = row, rows == .withID, Self.cell("id", of: row) == nil { continue }
      report.rows += 1
      switch row {
      case .failure(let error): report.refused.append(.init(line: error.line, reason: error.sentence))
      case .success(let row):
        do {
          // A row is taken whole or not at all.
          try database.inSavepoint {
            try take(row)
            return .commit
          }
        } catch let fault as ArtworkPatch.Fault {
          report.refused.append(.init(line: row.line, reason: fault.reason))
        }
      }
    }
  }

  private mutating func take(_ row: CSVRow) throws {
    let patch = try ArtworkPatch(row: row)
    guard Self.cell("file", of: row)?.utf8.contains(0) != true else {
      throw ArtworkPatch.Fault(reason: "a zero byte can't stand in a file's name")
    }
    let written = Self.cell("file", of: row).map { FilePath($0) }
    let claimed = written.map { folder.pushing($0).lexicallyNormalized() }
    var files: [ArtworkFile] = []
    if let written, let claimed {
      files = try Catalog.files(claimedBy: written, at: claimed, in: database)
      if Set(files.map(\.contentHash)).count > 1 {
        throw ArtworkPatch.Fault(
          reason: "'\(written)' can mean \(files.count) different images; give the path")
      }
    }
    let (before, origin) = try artwork(for: row, claimed: claimed, files: files)
    if origin == .renamed, let written, let claimed {
      files = try Catalog.files(claimedBy: written, at: claimed, in: database)
    }
    let attributesChanged = try store(patch.attributes, of: before.id)
    var after = before
    patch.apply(to: &after)
    let filesMoved = try give(files, to: after.id)
    if let written, let claimed { try claim(claimed, written: written, for: after.id) }
    let isChanged = after != before || attributesChanged || filesMoved
    if isChanged {
      after.updatedAt = time
      try after.update(database)
    }
    switch origin {
    case .made: report.added += 1
    case .renamed: report.changed += 1
    case .known: if isChanged { report.changed += 1 } else { report.unchanged += 1 }
    }
    report.doubts += patch.doubts.map { .init(line: row.line, reason: $0) }
    if let written, files.isEmpty {
      report.unmatched.append(.init(line: row.line, id: after.id, file: written.string))
    }
  }

  /// How a row came by its artwork.
  private enum Origin { case known, renamed, made }

  /// The artwork that a row speaks of, made if there is none.
  private func artwork(
    for row: CSVRow, claimed: FilePath?, files: [ArtworkFile]
  ) throws -> (artwork: Artwork, origin: Origin) {
    guard let text = Self.cell("id", of: row) else {
      guard let claimed else { throw ArtworkPatch.Fault(reason: "the row has neither an id nor a file") }
      return try artwork(claimedAt: claimed, files: files)
    }
    guard let id = ArtworkID(catalogue: text) else {
      throw ArtworkPatch.Fault(
        reason:
          "'\(text)' can't be an id (1 to \(ArtworkID.maximumLength) characters, none of control, no '-' first)"
      )
    }
    if let known = try Catalog.artwork(id, in: database) { return (known, .known) }
    // A work that was named after its image takes the catalogue's name; the old one goes on answering.
    if let file = files.first, let minted = try Artwork.fetchOne(database, key: file.artworkID),
      minted.isMinted
    {
      return (try rename(minted, to: id), .renamed)
    }
    let made = Artwork(id: id, isMinted: false, at: time)
    try made.insert(database)
    return (made, .made)
  }

  private func artwork(
    claimedAt path: FilePath, files: [ArtworkFile]
  ) throws -> (artwork: Artwork, origin: Origin) {
    let claimant = try ArtworkID.fetchOne(
      database, sql: "SELECT artworkID FROM claim WHERE path = ?", arguments: [path.data])
    if let id = claimant ?? files.first?.artworkID, let known = try Artwork.fetchOne(database, key: id) {
      return (known, .known)
    }
    // No image yet: the name stands in for its bytes.
    var id = ArtworkID(mintedFrom: Array(SHA256.hash(data: path.nameData)))
    if try Catalog.isTaken(id, in: database) {
      id = ArtworkID(mintedFrom: Array(SHA256.hash(data: path.data)), length: 16)
    }
    let made = Artwork(id: id, isMinted: true, at: time)
    try made.insert(database)
    return (made, .made)
  }

  private func rename(_ artwork: Artwork, to id: ArtworkID) throws -> Artwork {
    try database.execute(
      sql: "UPDATE artwork SET id = ?, isMinted = 0, updatedAt = ? WHERE id = ?",
      arguments: [id, time, artwork.id])
    try database.execute(
      sql: "INSERT INTO alias (alias, artworkID) VALUES (?, ?)", arguments: [artwork.id, id])
    guard let renamed = try Artwork.fetchOne(database, key: id) else { return artwork }
    return renamed
  }

  /// Moves files that stand under another work to this one: under a minted one, or under one to which they came
  /// only because their bytes are those of an image of its. A minted work that loses its last file that way, and of
  /// which nothing else is known, becomes another name of this one.
  private func give(_ files: [ArtworkFile], to id: ArtworkID) throws -> Bool {
    var moved = false
    for var file in files where file.artworkID != id {
      let former = file.artworkID
      guard let owner = try Artwork.fetchOne(database, key: former),
        try owner.isMinted || !hasClaim(former, on: file.path) || hasLetGo(former, of: file.path)
      else {
        throw ArtworkPatch.Fault(reason: "'\(file.path.string)' is already an image of '\(former.rawValue)'")
      }
      file.artworkID = id
      file.updatedAt = time
      try file.update(database)
      moved = true
      if try isBare(owner, without: file.path) {
        try Catalog.replace(former, by: id, in: database)
      }
    }
    return moved
  }

  /// A row of this work speaks of the file at this path.
  private func hasClaim(_ id: ArtworkID, on path: FilePath) throws -> Bool {
    try Row.fetchAll(
      database, sql: "SELECT path, written FROM claim WHERE artworkID = ? AND name = ?",
      arguments: [id, path.nameData]
    ).contains { row in
      FilePath(data: row["path"]) == path || path.ends(withWords: FilePath(data: row["written"]))
    }
  }

  /// The rows of this file name images of this work, and the one at this path is not among them.
  private func hasLetGo(_ id: ArtworkID, of path: FilePath) -> Bool {
    said[id].map { !$0.contains { $0.path == path || path.ends(withWords: $0.written) } } ?? false
  }

  /// Nothing is known of a minted work: no file, no word, no attribute, no row that waits for an image other than
  /// the one at `path`.
  private func isBare(_ artwork: Artwork, without path: FilePath) throws -> Bool {
    var bare = Artwork(id: artwork.id, isMinted: true, at: artwork.addedAt)
    bare.updatedAt = artwork.updatedAt
    let isKnown = try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM file WHERE artworkID = ?1)
          OR EXISTS (SELECT 1 FROM attribute WHERE artworkID = ?1)
          OR EXISTS (SELECT 1 FROM claim WHERE artworkID = ?1 AND path != ?2)
        """, arguments: [artwork.id, path.data])
    return artwork == bare && isKnown == false
  }

  private func claim(_ path: FilePath, written: FilePath, for id: ArtworkID) throws {
    let holder = try ArtworkID.fetchOne(
      database, sql: "SELECT artworkID FROM claim WHERE path = ?", arguments: [path.data])
    if let holder, holder != id, !hasLetGo(holder, of: path),
      let owner = try Artwork.fetchOne(database, key: holder), !owner.isMinted
    {
      throw ArtworkPatch.Fault(reason: "the file '\(written)' is already claimed by '\(holder.rawValue)'")
    }
    try database.execute(
      sql: "INSERT OR REPLACE INTO claim (path, written, name, artworkID) VALUES (?, ?, ?, ?)",
      arguments: [path.data, written.data, written.nameData, id])
  }

  private func store(_ attributes: [String: String?], of id: ArtworkID) throws -> Bool {
    var changed = false
    for (name, value) in attributes {
      let known = try String.fetchOne(
        database, sql: "SELECT value FROM attribute WHERE artworkID = ? AND name = ?", arguments: [id, name])
      guard known != value else { continue }
      changed = true
      if let value {
        try database.execute(
          sql: "INSERT OR REPLACE INTO attribute (artworkID, name, value) VALUES (?, ?, ?)",
          arguments: [id, name, value])
      } else {
        try database.execute(
          sql: "DELETE FROM attribute WHERE artworkID = ? AND name = ?", arguments: [id, name])
      }
    }
    return changed
  }

  private static func cell(_ column: String, of row: CSVRow) -> String? {
    row[column].map { $0.trimmingCharacters(in: .whitespaces) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
