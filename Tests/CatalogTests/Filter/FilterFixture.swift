import Catalog
import GRDB
import Model

/// A work as the tests of filters know it; an empty text is a missing one.
struct FilterWork: Sendable {
  struct File: Sendable { var width, height: Int, format: String }
  var id: String
  var texts: [String: String] = [:]
  var years: YearRange?
  var price: Double?
  var attributes: [String: String] = [:]
  var files: [File] = []
}

/// The part of the catalogue's schema that a filter needs, in memory.
enum FilterFixture {
  static func database(_ works: [FilterWork]) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { FilterFunctions.install(in: $0) }
    let queue = try DatabaseQueue(configuration: configuration)
    try queue.write { db in
      try db.execute(
        sql: """
          CREATE TABLE artwork(id TEXT PRIMARY KEY, title TEXT, artist TEXT, date TEXT, dateEarliest INTEGER,
            dateLatest INTEGER, style TEXT, genre TEXT, medium TEXT, description TEXT, tags TEXT, price REAL,
            currency TEXT, availability TEXT);
          CREATE TABLE attribute(artworkID TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL);
          CREATE TABLE file(artworkID TEXT NOT NULL, width INTEGER, height INTEGER, format TEXT);
          """)
      for work in works { try insert(work, into: db) }
    }
    return queue
  }

  private static func insert(_ work: FilterWork, into db: Database) throws {
    try db.execute(
      sql: "INSERT INTO artwork(id, dateEarliest, dateLatest, price) VALUES (?, ?, ?, ?)",
      arguments: [work.id, work.years?.earliest, work.years?.latest, work.price])
    for (column, text) in work.texts {
      try db.execute(literal: "UPDATE artwork SET \(identifier: column) = \(text) WHERE id = \(work.id)")
    }
    for (name, value) in work.attributes {
      try db.execute(literal: "INSERT INTO attribute VALUES (\(work.id), \(name), \(value))")
    }
    for file in work.files {
      try db.execute(
        literal: "INSERT INTO file VALUES (\(work.id), \(file.width), \(file.height), \(file.format))")
    }
  }

  /// The ids that the expression finds, in order.
  static func ids(
    _ expression: FilterExpression, in queue: DatabaseQueue, attributes: Set<String>
  ) throws -> [String] {
    let condition = try expression.sql(knownAttributes: attributes)
    return try queue.read { db in
      try SQLRequest<String>(literal: "SELECT id FROM artwork WHERE \(condition) ORDER BY id").fetchAll(db)
    }
  }
}
