import GRDB
package import Model
import Text

/// A work that was found by its words.
package struct WordHit: Sendable, Equatable {
  package let artworkID: ArtworkID
  /// Okapi BM25 (Robertson & Zaragoza 2009, doi:10.1561/1500000019), a word in a title or a name counting more than one in a
  /// description; greater is better, and comparable within one answer only.
  package let score: Double
  /// All words are there, not only some.
  package let hasAllWords: Bool
}

extension Catalog {
  /// How many works are brought up to date in one transaction.
  private static let batch = 1000

  /// Brings the words of works that have changed into the index that `works(withWords:)` reads.
  ///
  /// - Parameter progress: called after each batch with the number of works done.
  package func refreshWords(_ progress: (Int) -> Void = { _ in }) throws(CatalogError) {
    var done = 0
    while true {
      let count = try write("indexing words") { try Self.refreshWords(in: $0) }
      if count == 0 { return }
      done += count
      progress(done)
    }
  }

  /// Works whose words `refreshWords` has yet to bring in.
  package func staleWords() throws(CatalogError) -> Int {
    try read("looking for changed words") { database in
      try Int.fetchOne(database, sql: "SELECT count(*) FROM wordsRow WHERE isStale") ?? 0
    }
  }

  /// The works, removed and absent ones left out, that have the words: first those that have all, best first, then those that have some.
  ///
  /// - Parameters:
  ///   - limit: at most so many.
  ///   - among: only these works; nil for all.
  package func works(
    withWords query: WordQuery, limit: Int, among: Set<ArtworkID>? = nil
  ) throws(CatalogError) -> [WordHit] {
    try read("searching for words") { database in
      var hits: [WordHit] = []
      var seen: Set<ArtworkID> = []
      for all in [true, false] where hits.count < limit {
        let rows = try Row.fetchCursor(
          database,
          sql: """
            SELECT artworkID, -bm25(artworkWords, 8, 8, 3, 1) AS score
            FROM artworkWords JOIN wordsRow ON wordsRow.id = artworkWords.rowid JOIN artwork ON artwork.id = artworkID
            WHERE artworkWords MATCH ? AND \(Self.isShown)
            ORDER BY score DESC, artworkID
            """, arguments: [query.match(all: all)])
        while hits.count < limit, let row = try rows.next() {
          let id: ArtworkID = row["artworkID"]
          guard among?.contains(id) ?? true, seen.insert(id).inserted else { continue }
          hits.append(WordHit(artworkID: id, score: row["score"], hasAllWords: all))
        }
      }
      return hits
    }
  }

  /// All works, removed ones too, that have any of the words.
  package func works(withAnyOf query: WordQuery) throws(CatalogError) -> Set<ArtworkID> {
    try read("searching for words") { database in
      try ArtworkID.fetchSet(
        database,
        sql: """
          SELECT artworkID FROM artworkWords JOIN wordsRow ON wordsRow.id = artworkWords.rowid
          WHERE artworkWords MATCH ?
          """, arguments: [query.match(all: false)])
    }
  }

  private static func refreshWords(in database: Database) throws -> Int {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT wordsRow.id AS number, artwork.* FROM wordsRow JOIN artwork ON artwork.id = artworkID
        WHERE isStale LIMIT ?
        """, arguments: [batch])
    for row in rows {
      let number: Int64 = row["number"]
      let artwork = try Artwork(row: row)
      let subject = [artwork.tags, artwork.style, artwork.genre, artwork.medium].compactMap { $0 }
      let texts = [artwork.title, artwork.artist, subject.joined(separator: "; "), artwork.description].map {
        Words.indexed($0 ?? "").joined(separator: " ")
      }
      try database.execute(sql: "DELETE FROM artworkWords WHERE rowid = ?", arguments: [number])
      try database.execute(
        sql: "INSERT INTO artworkWords (rowid, title, artist, subject, description) VALUES (?, ?, ?, ?, ?)",
        arguments: [number] + StatementArguments(texts))
      try database.execute(sql: "UPDATE wordsRow SET isStale = 0 WHERE id = ?", arguments: [number])
    }
    return rows.count
  }
}
