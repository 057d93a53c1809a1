package import Foundation
import GRDB

extension Catalog {
  /// nil where nobody is known by that id.
  package func person(_ id: String) throws(CatalogError) -> Person? {
    try read("looking up a person") { try Self.person(id, in: $0) }
  }

  /// The id of somebody; nil for who was forgotten.
  package func personID(_ number: Int64) throws(CatalogError) -> String? {
    try read("looking up a person") { database in
      try String.fetchOne(
        database.cachedStatement(sql: "SELECT id FROM person WHERE number = ?"), arguments: [number])
    }
  }

  /// How many are known.
  package func personCount() throws(CatalogError) -> Int {
    try read("counting people") { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM person") ?? 0 }
  }

  /// Some of all, by their ids.
  ///
  /// - Parameter id: those after this one; nil from the first.
  package func people(after id: String? = nil, limit: Int) throws(CatalogError) -> [Person] {
    try read("listing people") { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM person WHERE id > ? ORDER BY id LIMIT ?", arguments: [id ?? "", limit]
      ).map(Self.person)
    }
  }

  /// Everybody's id, by their number.
  package func peopleIDs() throws(CatalogError) -> [Int64: String] {
    try read("listing people") { database in
      try Row.fetchAll(database, sql: "SELECT number, id FROM person").reduce(into: [:]) { $0[$1[0]] = $1[1] }
    }
  }

  /// Says something of a person, who is made known where nobody is by that id.
  package func change(
    person id: String, _ change: PersonChange, at time: Date = Date()
  ) throws(CatalogError) -> Person {
    try write("changing a person") { database in
      let number = try Self.personNumber(id, in: database, at: time)
      var (attributes, statement, budget) = ([String: String](), String?.none, Double?.none)
      if let known = try Self.person(id, in: database) {
        (attributes, statement, budget) = (known.attributes, known.statement, known.budget)
      }
      for (name, value) in change.attributes { attributes[name] = value.isEmpty ? nil : value }
      if let said = change.statement { statement = said.isEmpty ? nil : said }
      if let most = change.budget { budget = most > 0 ? most : nil }
      try database.execute(
        sql: """
          UPDATE person SET attributes = ?, statement = ?, budget = ?, version = version + 1 WHERE number = ?
          """,
        arguments: [try Self.text(of: attributes), statement, budget, number])
      guard let person = try Self.person(id, in: database) else {
        throw DatabaseError(message: "a person is gone who was just written")
      }
      return person
    }
  }

  /// Removes every trace of a person: who they are, what they did and what was recommended to them; the space they took on the disk
  /// is written over.
  ///
  /// - Returns: false where nobody is known by that id.
  package func forget(person id: String) throws(CatalogError) -> Bool {
    do {
      return try database.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA secure_delete = ON")
        defer { try? database.execute(sql: "PRAGMA secure_delete = OFF") }
        var isGone = false
        try database.inTransaction {
          try database.execute(sql: "DELETE FROM person WHERE id = ?", arguments: [id])
          isGone = database.changesCount > 0
          if isGone { try database.execute(sql: "UPDATE forgettings SET count = count + 1") }
          return .commit
        }
        // What was written ahead has it still; whoever reads meanwhile keeps that until the next time.
        if isGone { _ = try? database.checkpoint(.truncate) }
        return isGone
      }
    } catch {
      throw CatalogError.wrapping(error, "forgetting a person", at: path)
    }
  }

  /// How often somebody was forgotten.
  package func forgettings() throws(CatalogError) -> Int64 {
    try read("looking at who was forgotten") { database in
      try Int64.fetchOne(database.cachedStatement(sql: "SELECT count FROM forgettings")) ?? 0
    }
  }

  static func personNumber(_ id: String, in database: Database, at time: Date) throws -> Int64 {
    let known = try database.cachedStatement(sql: "SELECT number FROM person WHERE id = ?")
    if let number = try Int64.fetchOne(known, arguments: [id]) { return number }
    try database.execute(
      sql: "INSERT INTO person (id, createdAt) VALUES (?, ?)", arguments: [id, time])
    return database.lastInsertedRowID
  }

  private static func person(_ id: String, in database: Database) throws -> Person? {
    try Row.fetchOne(
      database.cachedStatement(sql: "SELECT * FROM person WHERE id = ?"), arguments: [id]
    ).map(person)
  }

  private static func text(of attributes: [String: String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(attributes), as: UTF8.self)
  }

  private static func person(_ row: Row) -> Person {
    let text: String = row["attributes"]
    return Person(
      number: row["number"], id: row["id"],
      attributes: (try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))) ?? [:],
      statement: row["statement"], budget: row["budget"], version: row["version"], createdAt: row["createdAt"]
    )
  }
}
