import CFaiss

/// Rows as codes in memory and as numbers in a mapped file: exact search, and exact scores of candidates.
///
/// Immutable; any number of threads may search at the same time, each on its own thread's time.
@safe final class CodedRows: Sendable {
  let schema: IndexSchema
  let count: Int

  // Invariant: owned by this object alone, together with the memory that it looks at; the shim takes it as
  // const.
  nonisolated(unsafe) let handle: OpaquePointer
  private let codes: FileMemory
  private let rows: FileMemory

  /// The size of the codes of so many rows, in bytes.
  static func codesSize(_ schema: IndexSchema, count: Int) -> Int {
    let dimensions = schema.dimensions
    return unsafe morelli_codes_size(Int64(count), dimensions, Int32(dimensions.count))
  }

  /// Makes the codes of rows.
  static func encode(_ schema: IndexSchema, rows: FileMemory, count: Int) throws(VectorIndexError)
    -> FileMemory
  {
    let size = codesSize(schema, count: count)
    let codes: FileMemory
    do { codes = try FileMemory(zeros: size) } catch {
      throw VectorIndexError(code: .outOfMemory, doing: "coding \(count) rows", cause: "\(error)")
    }
    let dimensions = schema.dimensions
    try unsafe callFaiss(doing: "coding \(count) rows") { message, capacity in
      unsafe morelli_codes_encode(
        rows.numbers(Float.self).baseAddress, Int64(count), dimensions, Int32(dimensions.count), codes.bytes,
        size,
        message, capacity)
    }
    return codes
  }

  init(_ schema: IndexSchema, codes: FileMemory, rows: FileMemory, count: Int) throws(VectorIndexError) {
    let dimensions = schema.dimensions
    var handle: OpaquePointer?
    try unsafe callFaiss(doing: "opening the codes of \(count) rows") { message, capacity in
      unsafe morelli_codes_open(
        codes.bytes, codes.count, rows.numbers(Float.self).baseAddress, Int64(count), dimensions,
        Int32(dimensions.count), &handle, message, capacity)
    }
    guard let handle = unsafe handle else {
      throw VectorIndexError(
        code: .library, doing: "opening the codes of \(count) rows", cause: "nothing was made")
    }
    unsafe self.handle = handle
    self.schema = schema
    self.count = count
    self.codes = codes
    self.rows = rows
  }

  deinit { unsafe morelli_codes_free(handle) }

  /// The k best rows, exactly: best first, equal scores by the lower row.
  ///
  /// - Parameter selected: a bitmap of rows that may answer; nil for all.
  func search(_ query: [Float], k: Int, selected: [UInt64]?) throws(VectorIndexError) -> [Neighbour] {
    try unsafe Self.neighbours(atMost: min(k, count)) { (rows, scores, hits) throws(VectorIndexError) in
      try unsafe callFaiss(doing: "searching \(count) rows") { message, capacity in
        unsafe withOptionalPointer(to: selected) { selected in
          unsafe morelli_codes_search(
            handle, query, Int64(k), selected, rows, scores, hits, message, capacity)
        }
      }
    }
  }

  /// The k best of the rows named, in the same order and with the same scores.
  func best(_ query: [Float], k: Int, of candidates: [Int64]) throws(VectorIndexError) -> [Neighbour] {
    try unsafe Self.neighbours(atMost: min(k, candidates.count)) {
      (rows, scores, hits) throws(VectorIndexError) in
      try unsafe callFaiss(doing: "scoring \(candidates.count) candidates") { message, capacity in
        unsafe morelli_codes_best(
          handle, query, candidates, Int64(candidates.count), Int64(k), rows, scores, hits, message, capacity)
      }
    }
  }

  /// A row's numbers, as they were given.
  func vector(at row: Int) -> [Float] {
    precondition(row >= 0 && row < count, "the row is not in the index")
    let dimension = schema.dimension
    let numbers = unsafe rows.numbers(Float.self)
    return unsafe Array(numbers[row * dimension..<(row + 1) * dimension])
  }

  /// Calls a search of the shim with places for so many answers.
  static func neighbours(
    atMost places: Int,
    _ search: (
      _ rows: UnsafeMutablePointer<Int64>, _ scores: UnsafeMutablePointer<Float>,
      _ hits: UnsafeMutablePointer<Int64>
    ) throws(VectorIndexError) -> Void
  ) throws(VectorIndexError) -> [Neighbour] {
    var rows = [Int64](repeating: 0, count: max(1, places))
    var scores = [Float](repeating: 0, count: max(1, places))
    var hits: Int64 = 0
    try unsafe search(&rows, &scores, &hits)
    return (0..<Int(hits)).map { Neighbour(row: Int(rows[$0]), score: scores[$0]) }
  }
}

/// The address of an array's elements for as long as `body` runs, or nil for no array.
func withOptionalPointer<R>(to words: [UInt64]?, _ body: (UnsafePointer<UInt64>?) -> R) -> R {
  guard let words else { return body(nil) }
  return unsafe words.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
}

/// Exact scores of rows that follow one another in memory, the same to the bit as those of an index.
///
/// - Parameter rows: whole rows of as many numbers as the query has.
func exactScores(_ query: [Float], rows: [Float]) -> [Float] {
  precondition(!query.isEmpty && rows.count.isMultiple(of: query.count), "whole rows")
  var scores = [Float](repeating: 0, count: rows.count / query.count)
  unsafe morelli_exact_scores(rows, Int64(scores.count), Int64(query.count), query, &scores)
  return scores
}
