import Foundation
import GRDB
import Model

/// The same bytes at two paths are two files of one artwork, in whatever order the two were seen: a file that was written over
/// with what another file holds may be known by its new bytes before or after the other.
extension Catalog {
  /// Brings a file whose bytes are new together with the files that have the same bytes, unless something is said of either work:
  /// a catalogue may know that two works look alike to the last byte.
  ///
  /// The removed work takes them all, else the older one; one that is left without a file becomes another name of it.
  ///
  /// - Returns: whose file it is now.
  static func uniteTwins(of file: ArtworkFile, in database: Database) throws -> ArtworkID {
    let twins = try ArtworkFile.filter(Column("contentHash") == Data(file.contentHash.bytes))
      .order(Column("id")).fetchAll(database)
    let works = try Set(twins.map(\.artworkID)).compactMap { try Artwork.fetchOne(database, key: $0) }
      .filter { try isUntold($0, in: database) }
      .map { (work: $0, firstFile: try firstFile(of: $0, in: database)) }
      .sorted { a, b in
        (a.work.removed ? 0 : 1, a.work.addedAt, a.firstFile) < (
          b.work.removed ? 0 : 1, b.work.addedAt, b.firstFile
        )
      }.map(\.work)
    guard works.count > 1, let owner = works.first, works.contains(where: { $0.id == file.artworkID }) else {
      return file.artworkID
    }
    let others = Set(works.dropFirst().map(\.id))
    for var twin in twins where others.contains(twin.artworkID) {
      let former = twin.artworkID
      twin.artworkID = owner.id
      try twin.update(database)
      if try ArtworkFile.filter(Column("artworkID") == former).isEmpty(database) {
        try replace(former, by: owner.id, in: database)
      }
    }
    return owner.id
  }

  private static func firstFile(of artwork: Artwork, in database: Database) throws -> Int64 {
    try Int64.fetchOne(database, sql: "SELECT min(id) FROM file WHERE artworkID = ?", arguments: [artwork.id])
      ?? .max
  }

  /// A work goes, and its names stand for another from now on.
  static func replace(_ former: ArtworkID, by id: ArtworkID, in database: Database) throws {
    try database.execute(
      sql: "UPDATE alias SET artworkID = ? WHERE artworkID = ?", arguments: [id, former])
    try Artwork.filter(key: former).deleteAll(database)
    try database.execute(
      sql: "INSERT INTO alias (alias, artworkID) VALUES (?, ?)", arguments: [former, id])
  }

  /// Nothing but its files is known of a minted work: no word, no attribute, no row that speaks of a file.
  private static func isUntold(_ artwork: Artwork, in database: Database) throws -> Bool {
    var bare = Artwork(id: artwork.id, isMinted: true, at: artwork.addedAt)
    bare.updatedAt = artwork.updatedAt
    bare.removed = artwork.removed
    guard artwork == bare else { return false }
    return try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM attribute WHERE artworkID = ?1)
          OR EXISTS (SELECT 1 FROM claim WHERE artworkID = ?1)
        """, arguments: [artwork.id]) == false
  }
}
