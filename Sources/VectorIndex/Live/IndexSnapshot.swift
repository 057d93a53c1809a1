/// An answer of an index.
package struct IndexHit: Hashable, Sendable {
  package let key: Int64
  /// The inner product of query and row.
  package let score: Float

  package init(key: Int64, score: Float) {
    self.key = key
    self.score = score
  }
}

/// The rows of one snapshot that may answer; made once and used for any number of queries of that snapshot.
package struct RowSelection: Sendable {
  /// Of the generation's rows, without those that no longer count.
  let words: [UInt64]
  let wordCount: Int
  /// For each of the newer rows.
  let newer: [Bool]
  let version: UInt64

  /// How many rows may answer.
  package var count: Int { wordCount + newer.count { $0 } }
}

/// An index as it was at one moment; immutable.
package struct IndexSnapshot: Sendable {
  package let generation: Generation?
  package let schema: IndexSchema
  var delta: Delta
  /// Tells a selection of another snapshot.
  var version: UInt64

  init(_ generation: Generation?, _ delta: Delta, _ schema: IndexSchema, version: UInt64) {
    self.generation = generation
    self.delta = delta
    self.schema = schema
    self.version = version
  }

  /// How many rows can be found.
  package var count: Int { (generation?.count ?? 0) - delta.deadCount + delta.rows.count }

  /// Keys that were written or removed since the generation was built.
  package var newerCount: Int { delta.count }

  /// The rows whose keys `passes` says yes to; it is asked once a key, in no promised order.
  package func selection<E>(where passes: (Int64) throws(E) -> Bool) throws(E) -> RowSelection {
    var words = [UInt64](repeating: 0, count: delta.dead.count)
    var count = 0
    if let generation {
      for row in 0..<generation.count where delta.dead[row / 64] >> UInt64(row % 64) & 1 == 0 {
        guard try passes(generation.key(at: row)) else { continue }
        words[row / 64] |= 1 << UInt64(row % 64)
        count += 1
      }
    }
    var newer: [Bool] = []
    newer.reserveCapacity(delta.rows.count)
    for row in delta.rows { newer.append(try passes(row.key)) }
    return RowSelection(words: words, wordCount: count, newer: newer, version: version)
  }

  /// The rows of these keys; keys without a row are passed over. Faster than a question for each where few
  /// are named.
  package func selection(of keys: some Sequence<Int64>) -> RowSelection {
    var words = [UInt64](repeating: 0, count: delta.dead.count)
    var wanted: Set<Int64> = []
    for key in keys {
      wanted.insert(key)
      guard let row = generation?.row(of: key), delta.dead[row / 64] >> UInt64(row % 64) & 1 == 0 else {
        continue
      }
      words[row / 64] |= 1 << UInt64(row % 64)
    }
    return RowSelection(
      words: words, wordCount: words.reduce(0) { $0 + $1.nonzeroBitCount },
      newer: delta.rows.map { wanted.contains($0.key) }, version: version)
  }

  /// The best rows for a query: best first, equal scores by the lower key.
  ///
  /// - Parameters:
  ///   - query: `[w₁·q₁, w₂·q₂, …]`, finite.
  ///   - count: how many are wanted, 1 or more.
  ///   - selection: of this snapshot; nil for all rows.
  ///   - exact: past every row that may answer, whatever the index is: for audits.
  /// - Returns: min(count, rows that may answer) hits. Those of `flat`, and of any kind where few rows may
  ///   answer or the weights are far from the default ones, are the true best; otherwise nearly all are.
  /// - Throws: `VectorIndexError` with the code `shape`, `notFinite`, `scoreOverflow`, `outOfMemory` or
  ///   `library`.
  package func search(
    _ query: [Float], count: Int, among selection: RowSelection? = nil, exact: Bool = false
  ) throws(VectorIndexError) -> [IndexHit] {
    func refused(_ code: VectorIndexError.Code, _ cause: String) -> VectorIndexError {
      VectorIndexError(code: code, doing: "searching \(self.count) rows for \(count)", cause: cause)
    }
    guard query.count == schema.dimension else {
      throw refused(.shape, "the query has \(query.count) numbers, not \(schema.dimension)")
    }
    guard count > 0 else { throw refused(.shape, "at least one must be asked for") }
    guard query.allSatisfy(\.isFinite) else {
      throw refused(.notFinite, "the query holds a number that is not finite")
    }
    if let selection, selection.version != version {
      throw refused(.shape, "the selection was made for another snapshot")
    }
    var hits = try newerHits(query, selection)
    if let generation {
      let found = try generation.search(
        query, k: count, selected: selected(of: generation, selection), exact: exact)
      hits += found.map { IndexHit(key: generation.key(at: $0.row), score: $0.score) }
    }
    return Array(hits.sorted { ($1.score, $0.key) < ($0.score, $1.key) }.prefix(count))
  }

  /// A key's row; nil where it has none.
  package func vector(of key: Int64) -> [Float]? {
    if let newer = delta.vector(of: key) { return newer }
    guard let generation, let row = generation.row(of: key) else { return nil }
    return generation.rows.vector(at: row)
  }

  /// All keys that have a row, in no promised order.
  package func forEachKey(_ body: (Int64) -> Void) {
    if let generation {
      for row in 0..<generation.count where delta.dead[row / 64] >> UInt64(row % 64) & 1 == 0 {
        body(generation.key(at: row))
      }
    }
    for row in delta.rows { body(row.key) }
  }

  private func newerHits(_ query: [Float], _ selection: RowSelection?) throws(VectorIndexError) -> [IndexHit]
  {
    var hits: [IndexHit] = []
    for (place, row) in delta.rows.enumerated() where selection?.newer[place] ?? true {
      let score = exactScores(query, rows: row.vector)[0]
      guard score.isFinite else {
        throw VectorIndexError(
          code: .scoreOverflow, doing: "scoring the key \(row.key)", cause: "the score doesn't fit")
      }
      hits.append(IndexHit(key: row.key, score: score))
    }
    return hits
  }

  private func selected(of generation: Generation, _ selection: RowSelection?) -> (
    words: [UInt64], count: Int
  )? {
    if let selection { return (selection.words, selection.wordCount) }
    guard delta.deadCount > 0 else { return nil }
    return (delta.dead.map { ~$0 }, generation.count - delta.deadCount)
  }
}
