import Catalog
import Model
import Recommend

/// Everybody's events, by person, as models learn from them.
struct EventTable {
  private var people: [Int64] = []
  private var works: [Int32] = []
  private var kinds: [EventKind] = []
  private var values: [Float] = []
  private var times: [Double] = []
  /// The newest event.
  private(set) var last: Int64 = 0

  var count: Int { people.count }

  /// - Parameter canonical: `ShelfMaker.Entries.canonical`; events of works beyond are left out.
  init(_ catalog: Catalog, canonical: [Int32]) throws {
    try catalog.forEachEvent { event in
      last = event.number
      guard event.work >= 1, event.work <= canonical.count else { return }
      people.append(event.person)
      works.append(canonical[Int(event.work - 1)])
      kinds.append(event.kind)
      values.append(event.value.map { Float($0) } ?? .nan)
      times.append(event.time)
    }
  }

  /// Events of a person in the order of their times, person after person.
  ///
  /// - Parameter body: given the person's number and what they did, each with its work's row.
  func forEachPerson(_ body: (Int64, [(work: Int32, deed: PreferenceRule.Deed)]) throws -> Void) rethrows {
    let order = people.indices.sorted { (people[$0], times[$0], $0) < (people[$1], times[$1], $1) }
    var start = 0
    while start < order.count {
      let person = people[order[start]]
      var end = start
      while end < order.count, people[order[end]] == person { end += 1 }
      try body(
        person,
        order[start..<end].map { place in
          let value = values[place]
          return (
            works[place],
            PreferenceRule.Deed(kinds[place], value: value.isNaN ? nil : Double(value), time: times[place])
          )
        })
      start = end
    }
  }
}

extension PreferenceRule {
  /// What all that somebody did comes to, work by work.
  func preferences(_ deeds: [(work: Int32, deed: Deed)]) -> [WorkPreference] {
    Dictionary(grouping: deeds, by: \.work).sorted { $0.key < $1.key }
      .compactMap { work, done in preference(for: work, done.map(\.deed)) }
  }
}
