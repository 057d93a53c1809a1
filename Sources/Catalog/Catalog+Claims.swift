import Foundation
import GRDB
import Model
import SystemPackage

/// A catalogue row says which image file it speaks of: by a path relative to the catalogue, or by a name or
/// the end of a path. A file belongs to the row with its very path, else to the only row whose words it ends with.
extension Catalog {
  /// The artwork that a catalogue row claims this file for; nil where none does, several do, or the row's words can
  /// mean another image too.
  static func claimant(
    of path: FilePath, contentHash: Fingerprint, in database: Database
  ) throws -> ArtworkID? {
    if let exact = try ArtworkID.fetchOne(
      database, sql: "SELECT artworkID FROM claim WHERE path = ?", arguments: [path.data])
    {
      return exact
    }
    let named = try Row.fetchAll(
      database, sql: "SELECT path, written, artworkID FROM claim WHERE name = ?", arguments: [path.nameData])
    let claims = try named.filter { row in
      let written = FilePath(data: row["written"])
      // A row whose own file is in the catalogue has what it speaks of.
      return try path.ends(withWords: written) && !isFile(row["path"], in: database)
    }
    let claimants = Set(claims.map { $0["artworkID"] as ArtworkID })
    guard claimants.count == 1, let claimant = claimants.first else { return nil }
    for claim in claims where try hasOther(than: contentHash, FilePath(data: claim["written"]), in: database)
    {
      return nil
    }
    return claimant
  }

  /// A known file that these words can mean holds other bytes.
  private static func hasOther(
    than contentHash: Fingerprint, _ written: FilePath, in database: Database
  ) throws -> Bool {
    let others = try Row.fetchCursor(
      database, sql: "SELECT path FROM file WHERE name = ? AND contentHash != ?",
      arguments: [written.nameData, Data(contentHash.bytes)])
    while let other = try others.next() {
      if FilePath(data: other["path"]).ends(withWords: written) { return true }
    }
    return false
  }

  /// The known files that a row's words can mean: the one at its very path, else all that end with them.
  static func files(claimedBy written: FilePath, at path: FilePath, in database: Database) throws
    -> [ArtworkFile]
  {
    if let exact = try ArtworkFile.filter(Column("path") == path.data).fetchOne(database) { return [exact] }
    return try ArtworkFile.filter(Column("name") == written.nameData).fetchAll(database)
      .filter { $0.path.ends(withWords: written) }
  }

  private static func isFile(_ path: Data, in database: Database) throws -> Bool {
    try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM file WHERE path = ?)", arguments: [path])
      ?? false
  }
}

extension FilePath {
  /// The path ends with the components of a row's relative path; an absolute one only means itself.
  func ends(withWords words: FilePath) -> Bool {
    if words.isAbsolute { return self == words }
    let words = words.lexicallyNormalized()
    return !words.isEmpty && ends(with: words)
  }
}
