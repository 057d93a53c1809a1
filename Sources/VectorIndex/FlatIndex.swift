import CFaiss

/// An exact index: every query is compared with every row by inner product.
///
/// Immutable once built; any number of threads may search it at the same time. The work runs on the calling
/// thread and on OpenBLAS's threads (`BLASThreads` in Kernels sets how many), so call it from a thread that
/// may be held up.
///
/// A score is summed in double precision and rounded once: it depends on the row and the query alone, never
/// on the batch, the filter, the threads or the processor, and equal rows have equal scores. To find the k
/// best, all rows are scored in single precision first; those within its rounding error of the k-th best are
/// scored again.
@safe package final class FlatIndex: Sendable {
  /// Numbers in a row.
  package let dimension: Int
  /// How many rows there are.
  package let count: Int

  // Invariant: owned by this object alone, made in `init` and freed in `deinit`; every call in between takes
  // it as const, and the shim keeps no state outside the call. Hence it can be used from several threads at
  // once.
  private nonisolated(unsafe) let handle: OpaquePointer

  /// Copies the rows into a new index.
  ///
  /// - Parameters:
  ///   - dimension: numbers in a row, 1…1,048,576.
  ///   - rows: count × dimension finite numbers, row by row; none make an empty index. Rows of about one
  ///     length serve best: one that is very much longer than the rest makes every search score more rows
  ///     twice.
  /// - Throws: `VectorIndexError` with the code `shape`, `notFinite` or `outOfMemory`.
  package init(dimension: Int, rows: [Float]) throws(VectorIndexError) {
    func doing() -> String { "building an exact index of dimension \(dimension) from \(rows.count) numbers" }
    guard dimension > 0, rows.count.isMultiple(of: dimension) else {
      throw VectorIndexError(code: .shape, doing: doing(), cause: "the numbers don't make whole rows")
    }
    let count = rows.count / dimension
    var handle: OpaquePointer?
    try unsafe callFaiss(doing: doing()) { message, capacity in
      unsafe rows.withUnsafeBufferPointer { rows in
        unsafe morelli_faiss_flat_create(
          rows.baseAddress, Int64(count), Int64(dimension), &handle, message, capacity)
      }
    }
    guard let handle = unsafe handle else {
      throw VectorIndexError(code: .library, doing: doing(), cause: "no index was made")
    }
    unsafe self.handle = handle
    self.dimension = dimension
    self.count = count
  }

  deinit { unsafe morelli_faiss_flat_free(handle) }

  /// The rows most like each query.
  ///
  /// - Parameters:
  ///   - queries: nq × dimension finite numbers, query by query; none give no answers.
  ///   - k: how many rows are wanted for each, 1 or more.
  ///   - selected: the rows that may answer, of capacity `count`; nil for all.
  /// - Returns: nq answers in the order of the queries. Each holds min(k, rows that may answer) neighbours,
  ///   the highest score first and equal scores by the lower row.
  /// - Throws: `VectorIndexError` with the code `shape`, `notFinite`, `scoreOverflow` or `outOfMemory`.
  package func search(
    _ queries: [Float], k: Int, among selected: RowSet? = nil
  ) throws(VectorIndexError) -> [[Neighbour]] {
    func doing() -> String {
      "searching an exact index of \(count) × \(dimension) for \(k) neighbours of \(queries.count) numbers"
    }
    guard queries.count.isMultiple(of: dimension) else {
      throw VectorIndexError(code: .shape, doing: doing(), cause: "the numbers don't make whole queries")
    }
    guard k > 0 else {
      throw VectorIndexError(code: .shape, doing: doing(), cause: "at least one neighbour must be asked for")
    }
    if let selected, selected.capacity != count {
      throw VectorIndexError(
        code: .shape, doing: doing(), cause: "the row set is made for \(selected.capacity) rows")
    }
    let nq = queries.count / dimension
    guard nq > 0 else { return [] }
    // At least one place, so that an empty index still has its queries checked.
    let places = max(1, min(k, selected?.count ?? count))
    var rows = [Int64](repeating: 0, count: nq * places)
    var scores = [Float](repeating: 0, count: nq * places)
    var hits = [Int64](repeating: 0, count: nq)
    let words = selected?.words
    try unsafe callFaiss(doing: doing()) { message, capacity in
      unsafe withOptionalPointer(to: words) { words in
        unsafe morelli_faiss_flat_search(
          handle, queries, Int64(nq), Int64(places), words, &rows, &scores, &hits, message, capacity)
      }
    }
    return (0..<nq).map { q in
      (q * places..<q * places + Int(hits[q])).map { Neighbour(row: Int(rows[$0]), score: scores[$0]) }
    }
  }

  /// A row as it was added.
  ///
  /// - Parameter row: in `0..<count`.
  /// - Returns: `dimension` numbers.
  package func vector(at row: Int) throws(VectorIndexError) -> [Float] {
    precondition(row >= 0 && row < count, "the row is not in the index")
    var vector = [Float](repeating: 0, count: dimension)
    try unsafe callFaiss(doing: "reading row \(row) of an exact index of \(count) × \(dimension)") {
      unsafe morelli_faiss_flat_vector(handle, Int64(row), &vector, $0, $1)
    }
    return vector
  }
}
