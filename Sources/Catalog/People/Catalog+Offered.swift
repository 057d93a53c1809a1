import GRDB
package import Model

/// What counts of a work's entry where works are recommended.
package struct OfferedWork: Sendable, Equatable {
  package let id: ArtworkID
  package let title, artist, style, genre, medium: String?
  /// Joined by semicolons.
  package let tags: String?
  package let price: Double?
  package let currency: String?
  package let availability: String?

  /// Words of `availability` that say that a work can't be had, and that it is gone for good.
  private static let unavailable: Set = [
    "unavailable", "reserved", "on loan", "on hold", "not for sale", "no", "false",
  ]
  private static let gone: Set = ["sold", "sold out", "gone", "deaccessioned"]

  /// nil where nothing is said.
  package var isAvailable: Bool? {
    availability.map { !Self.unavailable.contains($0.lowercased()) && !Self.gone.contains($0.lowercased()) }
  }
  package var isSold: Bool { availability.map { Self.gone.contains($0.lowercased()) } ?? false }
}

extension Catalog {
  /// The works that may be in an answer.
  package func forEachOffered(_ body: (OfferedWork) throws -> Void) throws(CatalogError) {
    try read("reading works") { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT id, title, artist, style, genre, medium, tags, price, currency, availability FROM artwork
          WHERE \(Self.isShown)
          """)
      while let row = try rows.next() {
        try body(
          OfferedWork(
            id: row[0], title: row[1], artist: row[2], style: row[3], genre: row[4], medium: row[5],
            tags: row[6],
            price: row[7], currency: row[8], availability: row[9]))
      }
    }
  }

  /// Another value when an entry has changed, come or gone.
  package func entriesMark() throws(CatalogError) -> String {
    try read("looking for changed works") { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT COUNT(*), MAX(updatedAt), SUM(removed), SUM(isAbsent) FROM artwork")
      return row.map { row in (0..<4).map { "\(row[$0] as DatabaseValue)" }.joined(separator: " ") } ?? ""
    }
  }
}
