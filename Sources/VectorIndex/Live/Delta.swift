/// What has changed since a generation was built: rows to be looked at one by one, and rows of it that no
/// longer count.
struct Delta: Sendable {
  /// A row that is newer than the generation.
  struct Row: Sendable {
    let key: Int64
    let vector: [Float]
  }

  /// The last that was heard of a key.
  private struct Entry: Sendable {
    /// Its place in `rows`; nil where it was removed.
    var place: Int?
    var change: Int64
  }

  private(set) var rows: [Row] = []
  private var entries: [Int64: Entry] = [:]
  /// One bit for each row of the generation that is replaced or removed.
  private(set) var dead: [UInt64]
  private(set) var deadCount = 0

  init(generation: Generation?) {
    dead = Array(repeating: 0, count: ((generation?.count ?? 0) + 63) / 64)
  }

  /// Keys that were written or removed since.
  var count: Int { entries.count }

  /// The newest row of a key. `.some(nil)` where it was removed; nil where the generation has the last word.
  func vector(of key: Int64) -> [Float]?? {
    guard let entry = entries[key] else { return nil }
    return .some(entry.place.map { rows[$0].vector })
  }

  mutating func upsert(_ key: Int64, _ vector: [Float], change: Int64, in generation: Generation?) {
    let row = Row(key: key, vector: vector)
    if let place = entries[key]?.place {
      rows[place] = row
      entries[key]?.change = change
    } else {
      entries[key] = Entry(place: rows.count, change: change)
      rows.append(row)
      bury(key, in: generation)
    }
  }

  mutating func remove(_ key: Int64, change: Int64, in generation: Generation?) {
    if let place = entries[key]?.place {
      // The last row takes its place.
      let last = rows.removeLast()
      if place < rows.count {
        rows[place] = last
        entries[last.key]?.place = place
      }
    }
    entries[key] = Entry(place: nil, change: change)
    bury(key, in: generation)
  }

  /// What `generation`, a newer one, doesn't hold yet.
  func rest(after change: Int64, on generation: Generation) -> Delta {
    var rest = Delta(generation: generation)
    for (key, entry) in entries where entry.change > change {
      if let place = entry.place {
        rest.upsert(key, rows[place].vector, change: entry.change, in: generation)
      } else {
        rest.remove(key, change: entry.change, in: generation)
      }
    }
    return rest
  }

  private mutating func bury(_ key: Int64, in generation: Generation?) {
    guard let row = generation?.row(of: key), dead[row / 64] >> UInt64(row % 64) & 1 == 0 else { return }
    dead[row / 64] |= 1 << UInt64(row % 64)
    deadCount += 1
  }
}
