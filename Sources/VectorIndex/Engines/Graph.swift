import CFaiss

/// A graph over coded rows, finished and immutable; any number of threads may search at the same time.
@safe final class Graph: Sendable {
  // Invariant: owned by this object alone, together with the memory that it looks at; the shim takes it as
  // const.
  private nonisolated(unsafe) let handle: OpaquePointer
  private let memory: FileMemory
  let count: Int

  init(_ memory: FileMemory, count: Int) throws(VectorIndexError) {
    var handle: OpaquePointer?
    try unsafe callFaiss(doing: "opening a graph of \(count) rows") { message, capacity in
      unsafe morelli_graph_open(memory.bytes, memory.count, Int64(count), &handle, message, capacity)
    }
    guard let handle = unsafe handle else {
      throw VectorIndexError(
        code: .library, doing: "opening a graph of \(count) rows", cause: "nothing was made")
    }
    unsafe self.handle = handle
    self.memory = memory
    self.count = count
  }

  deinit { unsafe morelli_graph_free(handle) }

  /// About the k best rows, scored exactly and in order.
  ///
  /// - Parameters:
  ///   - width: efSearch, how many rows the search keeps in view.
  ///   - effort: how many rows may be compared before the search is given up.
  /// - Returns: nil where it was given up.
  func search(
    _ query: [Float], k: Int, width: Int, effort: Int, rows coded: CodedRows, selected: [UInt64]?
  ) throws(VectorIndexError) -> [Neighbour]? {
    var gaveUp = false
    let found = try unsafe CodedRows.neighbours(atMost: min(k, count)) {
      (rows, scores, hits) throws(VectorIndexError) in
      try unsafe callFaiss(doing: "searching a graph of \(count) rows") { message, capacity in
        unsafe withOptionalPointer(to: selected) { selected in
          unsafe morelli_graph_search(
            handle, coded.handle, query, Int64(k), Int64(width), Int64(effort), selected, rows, scores, hits,
            message,
            capacity)
        }
      }
      if unsafe hits.pointee < 0 {
        gaveUp = true
        unsafe hits.pointee = 0
      }
    }
    return gaveUp ? nil : found
  }
}

/// A graph while FAISS links its rows.
@safe final class GraphBuilder {
  private let handle: OpaquePointer
  private let count: Int

  init(_ schema: IndexSchema, rows: FileMemory, count: Int, degree: Int, construction: Int)
    throws(VectorIndexError)
  {
    let dimensions = schema.dimensions
    var handle: OpaquePointer?
    try unsafe callFaiss(doing: "beginning a graph of \(count) rows") { message, capacity in
      unsafe morelli_graph_builder_create(
        rows.numbers(Float.self).baseAddress, Int64(count), dimensions, Int32(dimensions.count),
        schema.weights,
        Int32(clamping: degree), Int32(clamping: construction), &handle, message, capacity)
    }
    guard let handle = unsafe handle else {
      throw VectorIndexError(
        code: .library, doing: "beginning a graph of \(count) rows", cause: "nothing was made")
    }
    unsafe self.handle = handle
    self.count = count
  }

  deinit { unsafe morelli_graph_builder_free(handle) }

  /// Links the rows up to `end`.
  func link(upTo end: Int, threads: Int) throws(VectorIndexError) {
    try unsafe callFaiss(doing: "linking rows up to \(end) of \(count)") {
      unsafe morelli_graph_builder_link(handle, Int64(end), Int32(clamping: threads), $0, $1)
    }
  }

  /// The finished graph, as its file holds it.
  func finish() throws(VectorIndexError) -> FileMemory {
    let size = unsafe morelli_graph_builder_size(handle)
    let memory: FileMemory
    do { memory = try FileMemory(zeros: size) } catch {
      throw VectorIndexError(code: .outOfMemory, doing: "writing a graph of \(count) rows", cause: "\(error)")
    }
    try unsafe callFaiss(doing: "writing a graph of \(count) rows") {
      unsafe morelli_graph_builder_write(handle, memory.bytes, size, $0, $1)
    }
    return memory
  }
}
