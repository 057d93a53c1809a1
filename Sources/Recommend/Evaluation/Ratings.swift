import Foundation

/// A table of ratings as it was written down: who, what, how much, when.
package struct Ratings: Sendable {
  /// Ids as the table has them, ascending; a row is a place among them.
  package let personIDs, workIDs: [String]
  /// One for each line.
  package let people, works: [Int32]
  package let values: [Float]
  /// Seconds; 0 where the table has none.
  package let times: [Int64]

  package var count: Int { people.count }

  package init(
    personIDs: [String], workIDs: [String], people: [Int32], works: [Int32], values: [Float], times: [Int64]
  ) {
    precondition(people.count == works.count && works.count == values.count && values.count == times.count)
    (self.personIDs, self.workIDs) = (personIDs, workIDs)
    (self.people, self.works, self.values, self.times) = (people, works, values, times)
  }

  /// Lines of person, work, rating and, if it is known, time (seconds), with tabs, commas or semicolons between them, such as MovieLens's u.data.
  ///
  /// - Throws: `unavailable`; `badTable` with the number of the first line that is none.
  package init(reading path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RecommendError(.unavailable, "\(path) can't be read")
    }
    var fields: [(String, String, Float, Int64)] = []
    for (number, line) in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
      .enumerated()
    {
      let parts = line.split { $0 == "\t" || $0 == "," || $0 == ";" }
      guard parts.count >= 3, let value = Float(parts[2]), value.isFinite else {
        // A first line of names.
        if number == 0 { continue }
        throw RecommendError(.badTable, "\(path): line \(number + 1) has no person, work and rating")
      }
      fields.append((String(parts[0]), String(parts[1]), value, parts.count > 3 ? Int64(parts[3]) ?? 0 : 0))
    }
    let (people, persons) = Self.rows(fields.map(\.0))
    let (works, titles) = Self.rows(fields.map(\.1))
    self.init(
      personIDs: people, workIDs: works, people: persons, works: titles,
      values: fields.map(\.2), times: fields.map(\.3))
  }

  /// Those lines as a table of people and works; of a pair that comes twice the last counts.
  package func interactions(_ lines: [Int]) throws -> Interactions {
    try Interactions(
      people: lines.map { people[$0] }, works: lines.map { works[$0] }, values: lines.map { values[$0] },
      personCount: personIDs.count, workCount: workIDs.count, duplicates: .last)
  }

  private static func rows(_ names: [String]) -> (ids: [String], rows: [Int32]) {
    let ids = Set(names).sorted { ($0.count, $0) < ($1.count, $1) }
    var places: [String: Int32] = [:]
    for (place, id) in ids.enumerated() { places[id] = Int32(place) }
    return (ids, names.map { places[$0] ?? 0 })
  }
}
