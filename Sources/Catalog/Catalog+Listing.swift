import Foundation
import GRDB
package import Model

/// How works are listed.
package struct ListOrder: Sendable, Hashable {
  package enum Column: String, Sendable, CaseIterable {
    case title, artist, date, added, id
  }

  package let column: Column
  package let isDescending: Bool

  package init(_ column: Column, isDescending: Bool) {
    self.column = column
    self.isDescending = isDescending
  }
}

/// Some works of a list, and where it goes on.
package struct ListPage: Sendable, Equatable {
  package let ids: [ArtworkID]
  /// nil at the end.
  package let next: ListPlace?
}

/// A place in a list: after a work with this value in the column that orders it. It stays what it is when works come or go.
package struct ListPlace: Sendable, Hashable, Codable {
  /// As SQLite compares it; nil among works that have no value, which come last.
  let text: String?
  let number: Int64?
  let id: String
}

extension Catalog {
  /// Works that may be in an answer, in an order, some at a time: as fast at the end of a long list as at its beginning.
  ///
  /// - Parameters:
  ///   - words: only works that have any of these.
  ///   - place: where the page before ended; nil for the first.
  /// - Throws: `FilterError`, `CatalogError`.
  package func list(
    _ order: ListOrder, among filter: FilterExpression? = nil, words: WordQuery? = nil,
    after place: ListPlace? = nil, limit: Int
  ) throws -> ListPage {
    try reading("listing works") { database in
      let condition = try Self.condition(filter, words, in: database)
      // Works with a value, then those without one: each an index read in order.
      var rows: [Row] = []
      if place == nil || place?.text != nil || place?.number != nil || order.column == .id {
        rows = try Self.rows(order, condition, after: place, limit: limit + 1, in: database)
      }
      if rows.count <= limit, order.column != .id {
        let isAmongThem = place != nil && place?.text == nil && place?.number == nil
        rows += try Self.rowsWithout(
          order, condition, after: isAmongThem ? place?.id : nil, limit: limit + 1 - rows.count, in: database)
      }
      let shown = rows.prefix(limit)
      let next = rows.count > limit ? shown.last.map { Self.place($0, order) } : nil
      return ListPage(ids: shown.map { ArtworkID(rawValue: $0["id"]) }, next: next)
    }
  }

  /// How many works such a list has.
  package func count(among filter: FilterExpression? = nil, words: WordQuery? = nil) throws -> Int {
    try reading("counting works") { database in
      let condition = try Self.condition(filter, words, in: database)
      return try SQLRequest<Int>(literal: "SELECT count(*) FROM artwork WHERE \(condition)").fetchOne(
        database) ?? 0
    }
  }

  private func reading<R>(_ doing: String, _ body: (Database) throws -> R) throws -> R {
    do {
      return try database.read(body)
    } catch let error as FilterError {
      throw error
    } catch {
      throw CatalogError.wrapping(error, doing, at: path)
    }
  }

  private static func condition(
    _ filter: FilterExpression?, _ words: WordQuery?, in database: Database
  ) throws -> SQL {
    var condition: SQL = "\(sql: isShown)"
    if let filter {
      let known = try Set(String.fetchAll(database, sql: "SELECT DISTINCT name FROM attribute"))
      condition += " AND (\(try filter.sql(knownAttributes: known)))"
    }
    if let words {
      condition += """
         AND artwork.id IN (
          SELECT artworkID FROM artworkWords JOIN wordsRow ON wordsRow.id = artworkWords.rowid
          WHERE artworkWords MATCH \(words.match(all: true)))
        """
    }
    return condition
  }

  private static func expression(_ column: ListOrder.Column) -> String {
    switch column {
    case .title: "title COLLATE NOCASE"
    case .artist: "artist COLLATE NOCASE"
    case .date: "dateEarliest"
    case .added: "addedAt"
    case .id: "id"
    }
  }

  private static func rows(
    _ order: ListOrder, _ condition: SQL, after place: ListPlace?, limit: Int, in database: Database
  ) throws -> [Row] {
    let value = expression(order.column)
    let direction = order.isDescending ? "DESC" : "ASC"
    let sign = order.isDescending ? "<" : ">"
    var asked: SQL = "SELECT id, \(sql: value) AS value FROM artwork WHERE \(condition)"
    if order.column == .id {
      if let place { asked += " AND id \(sql: sign) \(place.id)" }
      asked += " ORDER BY id \(sql: direction) LIMIT \(limit)"
    } else {
      asked += " AND \(sql: value) IS NOT NULL"
      if let place {
        if let text = place.text {
          asked += " AND (\(sql: value), id) \(sql: sign) (\(text), \(place.id))"
        } else if let number = place.number {
          asked += " AND (\(sql: value), id) \(sql: sign) (\(number), \(place.id))"
        }
      }
      asked += " ORDER BY \(sql: value) \(sql: direction), id \(sql: direction) LIMIT \(limit)"
    }
    return try SQLRequest<Row>(literal: asked).fetchAll(database)
  }

  private static func rowsWithout(
    _ order: ListOrder, _ condition: SQL, after id: String?, limit: Int, in database: Database
  ) throws -> [Row] {
    var asked: SQL =
      "SELECT id, NULL AS value FROM artwork WHERE \(condition) AND \(sql: expression(order.column)) IS NULL"
    if let id { asked += " AND id > \(id)" }
    return try SQLRequest<Row>(literal: asked + " ORDER BY id LIMIT \(limit)").fetchAll(database)
  }

  private static func place(_ row: Row, _ order: ListOrder) -> ListPlace {
    let value: DatabaseValue = row["value"]
    switch value.storage {
    case .string(let text) where order.column != .id: return ListPlace(text: text, number: nil, id: row["id"])
    case .int64(let number): return ListPlace(text: nil, number: number, id: row["id"])
    default: return ListPlace(text: nil, number: nil, id: row["id"])
    }
  }
}

/// A work with the years that it may be of.
package struct DatedWork: Sendable, Equatable {
  package let id: ArtworkID
  package let earliest, latest: Int
}

extension Catalog {
  /// The works that may be in an answer and of whose date anything could be read, in the order of their years.
  ///
  /// - Parameter among: only these; nil for all.
  package func datedWorks(among: Set<ArtworkID>? = nil) throws(CatalogError) -> [DatedWork] {
    try read("listing dated works") { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT id, dateEarliest, dateLatest FROM artwork
          WHERE \(Self.isShown) AND dateEarliest IS NOT NULL ORDER BY dateEarliest, id
          """)
      var works: [DatedWork] = []
      while let row = try rows.next() {
        let id: ArtworkID = row[0]
        guard among?.contains(id) ?? true else { continue }
        let earliest: Int = row[1]
        works.append(DatedWork(id: id, earliest: earliest, latest: row[2] ?? earliest))
      }
      return works
    }
  }
}
