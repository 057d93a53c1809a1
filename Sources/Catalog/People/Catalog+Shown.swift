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

    package init(number: Int64, person: Int64?, strategy: String, time: Double, works: [Int64]) {
      self.number = number
      self.person = person
      self.strategy = strategy
      self.time = time
      self.works = works
    }
  }

  /// Records what is shown, so that what people do with it says how good the strategy is. Lists of people who were forgotten
  /// meanwhile are left out.
  package func recordShown(_ lists: [ShownList]) throws(CatalogError) {
    guard !lists.isEmpty else { return }
    try write("recording what is shown") { database in
      let list = try database.cachedStatement(
        sql: """
          INSERT INTO shownList (number, person, strategy, time)
          SELECT ?1, ?2, ?3, ?4 WHERE ?2 IS NULL OR EXISTS (SELECT 1 FROM person WHERE number = ?2)
          """)
      let work = try database.cachedStatement(
        sql: "INSERT INTO shownWork (list, rank, work) VALUES (?, ?, ?)")
      for shown in lists {
        try list.execute(arguments: [shown.number, shown.person, shown.strategy, shown.time])
        guard database.changesCount > 0 else { continue }
        for (place, number) in shown.works.enumerated() {
          try work.execute(arguments: [shown.number, place + 1, number])
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
