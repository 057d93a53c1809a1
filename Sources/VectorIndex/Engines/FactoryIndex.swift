import CFaiss
import SystemPackage

/// An index that FAISS made from a factory string, by inner product: it names candidates, which are scored
/// elsewhere.
///
/// Filled by one thread before it is shared; from then on any number of threads may search at the same time.
@safe final class FactoryIndex: @unchecked Sendable {
  // Invariant: owned by this object alone; `train` and `add` are called before it is shared, the search takes
  // it as const.
  private let handle: OpaquePointer
  let dimension: Int

  /// An empty one.
  init(description: String, dimension: Int) throws(VectorIndexError) {
    var handle: OpaquePointer?
    try unsafe callFaiss(doing: "making an index '\(description)' of dimension \(dimension)") {
      message, capacity in
      unsafe morelli_factory_create(Int64(dimension), description, &handle, message, capacity)
    }
    guard let handle = unsafe handle else {
      throw VectorIndexError(
        code: .library, doing: "making an index '\(description)'", cause: "nothing was made")
    }
    unsafe self.handle = handle
    self.dimension = dimension
  }

  /// One that was written.
  ///
  /// - Precondition: the file's checksum was found right. FAISS believes what it reads.
  init(reading path: FilePath) throws(VectorIndexError) {
    var handle: OpaquePointer?
    try unsafe callFaiss(doing: "reading \(path)") { message, capacity in
      unsafe path.withPlatformString { unsafe morelli_factory_read($0, &handle, message, capacity) }
    }
    guard let handle = unsafe handle else {
      throw VectorIndexError(code: .library, doing: "reading \(path)", cause: "nothing was made")
    }
    unsafe self.handle = handle
    dimension = unsafe Int(morelli_factory_dimension(handle))
  }

  deinit { unsafe morelli_factory_free(handle) }

  var count: Int { unsafe Int(morelli_factory_count(handle)) }

  /// Whether a search can be held to a selection of rows.
  var selects: Bool { unsafe morelli_factory_selects(handle) != 0 }

  func train(_ rows: [Float], threads: Int) throws(VectorIndexError) {
    let count = rows.count / dimension
    try unsafe callFaiss(doing: "training an index on \(count) rows") {
      unsafe morelli_factory_train(handle, rows, Int64(count), Int32(clamping: threads), $0, $1)
    }
  }

  func add(_ rows: [Float], threads: Int) throws(VectorIndexError) {
    let count = rows.count / dimension
    try unsafe callFaiss(doing: "adding \(count) rows to an index") {
      unsafe morelli_factory_add(handle, rows, Int64(count), Int32(clamping: threads), $0, $1)
    }
  }

  func write(to path: FilePath) throws(VectorIndexError) {
    try unsafe callFaiss(doing: "writing \(path)") { message, capacity in
      unsafe path.withPlatformString { unsafe morelli_factory_write(handle, $0, message, capacity) }
    }
  }

  /// About the k best rows, in no promised order.
  ///
  /// - Parameter width: in 0…1, how much of the index is looked at.
  func search(_ query: [Float], k: Int, width: Double, selected: [UInt64]?) throws(VectorIndexError)
    -> [Int64]
  {
    var rows = [Int64](repeating: 0, count: max(1, min(k, count)))
    var hits: Int64 = 0
    try unsafe callFaiss(doing: "searching an index of \(count) rows") { message, capacity in
      unsafe withOptionalPointer(to: selected) { selected in
        unsafe morelli_factory_search(
          handle, query, Int64(k), width, selected, &rows, &hits, message, capacity)
      }
    }
    return Array(rows.prefix(Int(hits)))
  }
}
