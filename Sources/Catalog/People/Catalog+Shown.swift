import Foundation
import GRDB
package import Model

extension Catalog {
  /// What became of the works that a strategy recommended.
  package struct StrategyReport: Sendable, Equatable {
    package let strategy: String
    package var lists = 0
    /// Works in those lists.
    package var shown = 0
    /// Works of them to which the event happened, whose list it named.
    package var outcomes: [EventKind: Int] = [:]
  }

  /// A list that was shown to somebody.
  package struct ShownList: Sendable, Equatable {
    /// Any that no other list has: events name it.
    package let number: Int64
    /// nil for somebody without a name.
    package let person: Int64?
    package let strategy: String
    /// Seconds since 1970.
    package let time: Double
    /// By their numbers, in order.
    package let works: [Int64]
    /// What spoke of the works, by name.
    package var sources: [String] = []
    /// Of each work what each of those said; not a number where it was silent. Empty where it isn't known.
    package var said: [[Float]] = []
    /// Events of the person then.
    package var known = 0

    package init(number: Int64, person: Int64?, strategy: String, time: Double, works: [Int64]) {
      self.number = number
      self.person = person
      self.strategy = strategy
      self.time = time
      self.works = works
    }
  }

  /// A list with what came of it.
  package struct ShownOutcome: Sendable, Equatable {
    package let list: ShownList
    /// Of each work what the person did with it by this list.
    package let deeds: [[Deed]]

    package struct Deed: Sendable, Equatable {
      package let kind: EventKind
      /// A rating, or seconds.
      package let value: Double?

      package init(_ kind: EventKind, _ value: Double? = nil) { (self.kind, self.value) = (kind, value) }
    }
  }

  /// Records what is shown, so that what people do with it says how good the strategy is. Lists of people who were forgotten
  /// meanwhile are left out.
  package func recordShown(_ lists: [ShownList]) throws(CatalogError) {
    guard !lists.isEmpty else { return }
    try write("recording what is shown") { database in
      let list = try database.cachedStatement(
        sql: """
          INSERT INTO shownList (number, person, strategy, time, sources, known)
          SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?2 IS NULL OR EXISTS (SELECT 1 FROM person WHERE number = ?2)
          """)
      let work = try database.cachedStatement(
        sql: "INSERT INTO shownWork (list, rank, work, said) VALUES (?, ?, ?, ?)")
      for shown in lists {
        try list.execute(arguments: [
          shown.number, shown.person, shown.strategy, shown.time, shown.sources.joined(separator: ","),
          shown.known,
        ])
        guard database.changesCount > 0 else { continue }
        for (place, number) in shown.works.enumerated() {
          let said = place < shown.said.count ? Self.bytes(of: shown.said[place]) : nil
          try work.execute(arguments: [shown.number, place + 1, number, said])
        }
      }
    }
  }

  /// What was recommended to a person, the oldest first.
  package func shownLists(toPerson number: Int64) throws(CatalogError) -> [ShownList] {
    try read("looking at what was shown") { database in
      let works = try database.cachedStatement(sql: "SELECT work FROM shownWork WHERE list = ? ORDER BY rank")
      return try Row.fetchAll(
        database, sql: "SELECT number, strategy, time FROM shownList WHERE person = ? ORDER BY time, number",
        arguments: [number]
      ).map { row in
        let list: Int64 = row[0]
        return ShownList(
          number: list, person: number, strategy: row[1], time: row[2],
          works: try Int64.fetchAll(works, arguments: [list]))
      }
    }
  }

  /// The latest lists of which anything came, the oldest first.
  ///
  /// - Parameters:
  ///   - time: lists since then, in seconds since 1970.
  ///   - limit: lists at most.
  package func shownOutcomes(since time: Double, limit: Int) throws(CatalogError) -> [ShownOutcome] {
    try read("looking at what was shown") { database in
      let works = try database.cachedStatement(
        sql: "SELECT work, said FROM shownWork WHERE list = ? ORDER BY rank")
      let events = try database.cachedStatement(
        sql: "SELECT work, kind, value FROM event WHERE list = ?1 AND person IS ?2 ORDER BY number")
      return try Row.fetchAll(
        database,
        sql: """
          SELECT number, person, strategy, time, sources, known FROM shownList
          WHERE time >= ? AND sources != '' AND EXISTS (SELECT 1 FROM event WHERE event.list = shownList.number)
          ORDER BY time DESC, number DESC LIMIT ?
          """, arguments: [time, limit]
      ).reversed().map { row in
        let number: Int64 = row[0]
        let person: Int64? = row[1]
        let sources: String = row[4]
        var shown: [Int64] = []
        var said: [[Float]] = []
        for work in try Row.fetchAll(works, arguments: [number]) {
          shown.append(work[0])
          said.append((work[1] as Data?).map(Self.floats) ?? [])
        }
        var deeds = [[ShownOutcome.Deed]](repeating: [], count: shown.count)
        for event in try Row.fetchAll(events, arguments: [number, person]) {
          guard let place = shown.firstIndex(of: event[0]), let kind = EventKind(code: event[1]) else {
            continue
          }
          deeds[place].append(.init(kind, event[2]))
        }
        var list = ShownList(number: number, person: person, strategy: row[2], time: row[3], works: shown)
        list.sources = sources.split(separator: ",").map(String.init)
        list.said = said
        list.known = row[5]
        return ShownOutcome(list: list, deeds: deeds)
      }
    }
  }

  /// Forgets lists that were shown before a time, some at once: the lock is not held for long.
  ///
  /// - Returns: how many; fewer than `limit` where none are left.
  package func forgetShown(before time: Double, limit: Int) throws(CatalogError) -> Int {
    try write("forgetting what was shown long ago") { database in
      try database.execute(
        sql: """
          DELETE FROM shownList WHERE number IN (SELECT number FROM shownList WHERE time < ? ORDER BY time LIMIT ?)
          """, arguments: [time, limit])
      return database.changesCount
    }
  }

  /// Little-endian.
  private static func bytes(of numbers: [Float]) -> Data {
    numbers.reduce(into: Data(capacity: 4 * numbers.count)) { data, number in
      let bits = number.bitPattern
      for shift in [0, 8, 16, 24] as [UInt32] { data.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }
  }

  private static func floats(_ data: Data) -> [Float] {
    let bytes = [UInt8](data)
    return stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
    }
  }

  /// When each work was shown to a person without their doing anything with it afterwards, in seconds since 1970.
  package func shownInVain(toPerson number: Int64) throws(CatalogError) -> [Int64: [Double]] {
    try read("looking at what was shown") { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT shownWork.work, shownList.time FROM shownList
            JOIN shownWork ON shownWork.list = shownList.number
            WHERE shownList.person = ?1 AND NOT EXISTS (
              SELECT 1 FROM event WHERE event.person = ?1 AND event.work = shownWork.work
              AND event.time >= shownList.time)
            ORDER BY shownList.time DESC LIMIT 5000
            """), arguments: [number]
      ).reduce(into: [:]) { $0[$1[0], default: []].append($1[1]) }
    }
  }

  /// Lists and whether anything good came of them, the oldest first: a view, a like, a favourite or a purchase that names them.
  package func listRewards(
    since time: Double, limit: Int = 10_000
  ) throws(CatalogError) -> [(strategy: String, time: Double, isRewarded: Bool)] {
    try read("looking at what was shown") { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT strategy, time, EXISTS (
            SELECT 1 FROM event WHERE event.list = shownList.number AND event.kind IN (1, 2, 4, 6))
          FROM shownList WHERE time >= ? ORDER BY time DESC LIMIT ?
          """, arguments: [time, limit]
      ).reversed().map { (strategy: $0[0], time: $0[1], isRewarded: $0[2]) }
    }
  }

  /// Strategies by name, with what people did with what they recommended.
  ///
  /// - Parameter time: only lists since then, in seconds since 1970.
  package func strategyReports(since time: Double = 0) throws(CatalogError) -> [StrategyReport] {
    try read("counting what was shown") { database in
      var reports: [String: StrategyReport] = [:]
      for row in try Row.fetchAll(
        database,
        sql: """
          SELECT strategy, COUNT(DISTINCT shownList.number), COUNT(shownWork.work) FROM shownList
          LEFT JOIN shownWork ON shownWork.list = shownList.number WHERE time >= ? GROUP BY strategy
          """, arguments: [time])
      {
        let name: String = row[0]
        reports[name] = StrategyReport(strategy: name, lists: row[1], shown: row[2])
      }
      for row in try Row.fetchAll(
        database,
        sql: """
          SELECT strategy, kind, COUNT(DISTINCT event.list || ' ' || event.work) FROM event
          JOIN shownList ON shownList.number = event.list AND shownList.person IS event.person
          JOIN shownWork ON shownWork.list = event.list AND shownWork.work = event.work
          WHERE shownList.time >= ? GROUP BY strategy, kind
          """, arguments: [time])
      {
        guard let kind = EventKind(code: row[1]) else { continue }
        let name: String = row[0]
        reports[name]?.outcomes[kind] = row[2]
      }
      return reports.values.sorted { $0.strategy < $1.strategy }
    }
  }
}
