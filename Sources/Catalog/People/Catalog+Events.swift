import Crypto
package import Foundation
import GRDB
package import Model

extension Catalog {
  /// What has become of events that were to be kept.
  package struct EventReport: Sendable, Equatable {
    package var kept = 0
    /// They were kept before, by the same key.
    package var known = 0
    /// Places in what was given, of works that there are none of.
    package var unknownWorks: [Int] = []

    package init() {}
  }

  /// Keeps events: all of them or, after a failure of the database, none. On disk when this returns. People who are not known come to
  /// be by their events.
  ///
  /// - Parameter events: of which each can be (`Recommend.EventCleaning`).
  package func keep(_ events: [FeedbackEvent], at time: Date = Date()) throws(CatalogError) -> EventReport {
    guard !events.isEmpty else { return EventReport() }
    return try write("keeping events") { database in
      guard events.count > Self.fewEvents else { return try Self.keep(events, at: time, in: database) }
      // Keys are random: among millions each would be a page to be read again.
      try database.execute(sql: "PRAGMA cache_size = -262144")
      defer {
        try? database.execute(sql: "PRAGMA cache_size = -\(Self.cachedKibibytes); PRAGMA shrink_memory")
      }
      return try Self.keep(events, at: time, in: database)
    }
  }

  private static let fewEvents = 10_000

  /// What keeping these events would do; nothing is changed.
  package func rehearse(_ events: [FeedbackEvent], at time: Date = Date()) throws(CatalogError) -> EventReport
  {
    do {
      return try database.writeWithoutTransaction { database in
        var report = EventReport()
        try database.inTransaction {
          report = try Self.keep(events, at: time, in: database)
          return .rollback
        }
        return report
      }
    } catch {
      throw CatalogError.wrapping(error, "looking at events", at: path)
    }
  }

  private static func keep(
    _ events: [FeedbackEvent], at time: Date, in database: Database
  ) throws -> EventReport {
    var report = EventReport()
    var people: [String: Int64] = [:]
    var works: [String: Int64?] = [:]
    let insert = try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO event (key, person, work, kind, value, time, list) VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    var touched: Set<Int64> = []
    for (place, event) in events.enumerated() {
      let work: Int64?
      if let known = works[event.work] {
        work = known
      } else {
        work = try Self.workNumber(event.work, in: database)
        works[event.work] = .some(work)
      }
      guard let work else {
        report.unknownWorks.append(place)
        continue
      }
      let person = try people[event.person] ?? Self.personNumber(event.person, in: database, at: time)
      people[event.person] = person
      try insert.execute(arguments: [
        Self.digest(of: event.key), person, work, event.kind.code, event.value, event.time, event.list,
      ])
      if database.changesCount > 0 {
        report.kept += 1
        touched.insert(person)
      } else {
        report.known += 1
      }
    }
    let renew = try database.cachedStatement(
      sql: "UPDATE person SET version = version + 1 WHERE number = ?")
    for person in touched.sorted() { try renew.execute(arguments: [person]) }
    return report
  }

  /// What one person did, the oldest first.
  package func events(ofPerson number: Int64) throws(CatalogError) -> [KeptEvent] {
    try read("reading a person's events") { database in
      try Row.fetchAll(
        database.cachedStatement(sql: "SELECT * FROM event WHERE person = ? ORDER BY time, number"),
        arguments: [number]
      ).compactMap(Self.event)
    }
  }

  /// What everybody did, in the order in which it came.
  ///
  /// - Parameter number: only what came after this event.
  package func forEachEvent(
    after number: Int64 = 0, _ body: (KeptEvent) throws -> Void
  ) throws(CatalogError) {
    try read("reading events") { database in
      let rows = try Row.fetchCursor(
        database, sql: "SELECT * FROM event WHERE number > ? ORDER BY number", arguments: [number])
      while let row = try rows.next() { if let event = Self.event(row) { try body(event) } }
    }
  }

  /// The number of the newest event; each has a greater one than those before. 0 where there is none.
  package func lastEvent() throws(CatalogError) -> Int64 {
    try read("looking for new events") { database in
      try Int64.fetchOne(database.cachedStatement(sql: "SELECT COALESCE(MAX(number), 0) FROM event")) ?? 0
    }
  }

  /// How many events of a person are kept.
  package func eventCount(ofPerson number: Int64) throws(CatalogError) -> Int {
    try read("counting events") { database in
      try Int.fetchOne(
        database.cachedStatement(sql: "SELECT COUNT(*) FROM event WHERE person = ?"), arguments: [number])
        ?? 0
    }
  }

  /// Those of these keys whose events are kept.
  package func knownKeys(_ keys: Set<String>) throws(CatalogError) -> Set<String> {
    try read("looking for known events") { database in
      let known = try database.cachedStatement(sql: "SELECT 1 FROM event WHERE key = ?")
      return try keys.filter { try Int.fetchOne(known, arguments: [Self.digest(of: $0)]) != nil }
    }
  }

  /// What some people did lately, as it was told; with no key.
  package func events(ofPeople ids: Set<String>, since time: Double) throws(CatalogError) -> [FeedbackEvent] {
    try read("reading events") { database in
      let own = try database.cachedStatement(
        sql: """
          SELECT workNumber.artworkID, event.kind, event.value, event.time FROM event
          JOIN workNumber ON workNumber.number = event.work
          WHERE event.person = (SELECT number FROM person WHERE id = ?) AND event.time >= ?
          """)
      return try ids.sorted().flatMap { id in
        try Row.fetchAll(own, arguments: [id, time]).compactMap { row in
          EventKind(code: row[1]).map { kind in
            FeedbackEvent(key: "", person: id, work: row[0], kind: kind, value: row[2], time: row[3])
          }
        }
      }
    }
  }

  /// How many events there are of each work since a time, by the work's number.
  package func eventCounts(since time: Double) throws(CatalogError) -> [Int64: Int] {
    try read("counting events") { database in
      try Row.fetchAll(
        database, sql: "SELECT work, COUNT(*) FROM event WHERE time >= ? GROUP BY work", arguments: [time]
      ).reduce(into: [:]) { $0[$1[0]] = $1[1] }
    }
  }

  /// Gives each work a number, for ever, and says which. A work that has got another id has its old numbers, too.
  ///
  /// - Returns: by number, in ascending order, the work's id as it is now; numbers of works that are gone are left out.
  package func workNumbers() throws(CatalogError) -> [(number: Int64, id: ArtworkID)] {
    try write("numbering works") { database in
      try database.execute(
        sql: """
          INSERT INTO workNumber (artworkID)
          SELECT id FROM artwork WHERE id NOT IN (SELECT artworkID FROM workNumber) ORDER BY addedAt, id
          """)
      return try Row.fetchAll(
        database,
        sql: """
          SELECT number, COALESCE(artwork.id, alias.artworkID) FROM workNumber
          LEFT JOIN artwork ON artwork.id = workNumber.artworkID
          LEFT JOIN alias ON artwork.id IS NULL AND alias.alias = workNumber.artworkID
          WHERE COALESCE(artwork.id, alias.artworkID) IS NOT NULL ORDER BY number
          """
      ).map { (number: $0[0], id: ArtworkID(rawValue: $0[1])) }
    }
  }

  private static func workNumber(_ id: String, in database: Database) throws -> Int64? {
    let canonical = try String.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT id FROM artwork WHERE id = :id
          UNION ALL SELECT artworkID FROM alias WHERE alias = :id LIMIT 1
          """), arguments: ["id": id])
    guard let canonical else { return nil }
    let known = try database.cachedStatement(sql: "SELECT number FROM workNumber WHERE artworkID = ?")
    if let number = try Int64.fetchOne(known, arguments: [canonical]) { return number }
    try database.execute(sql: "INSERT INTO workNumber (artworkID) VALUES (?)", arguments: [canonical])
    return database.lastInsertedRowID
  }

  /// Of any key, however long.
  private static func digest(of key: String) -> Data { Data(SHA256.hash(data: Data(key.utf8)).prefix(16)) }

  private static func event(_ row: Row) -> KeptEvent? {
    EventKind(code: row["kind"]).map { kind in
      KeptEvent(
        number: row["number"], person: row["person"], work: row["work"], kind: kind, value: row["value"],
        time: row["time"], list: row["list"])
    }
  }
}

extension EventKind {
  /// As it stands in the table: never another number for one that was written.
  var code: Int {
    switch self {
    case .view: 1
    case .like: 2
    case .dislike: 3
    case .favourite: 4
    case .rating: 5
    case .purchase: 6
    case .dismissed: 7
    case .dwell: 8
    }
  }

  init?(code: Int) {
    guard let kind = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = kind
  }
}
