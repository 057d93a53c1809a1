import Model
package import SystemPackage

/// One immutable, finished build of the index, opened for search.
///
/// Rows stand in the order of their keys. Any number of threads may search at the same time; the work runs on
/// the calling thread alone. A score is summed in double precision from the row's own numbers and rounded
/// once: it depends on row and query alone, not on the kind, the filter or the processor.
@safe package final class Generation: Sendable {
  package let number: Int
  package let folder: FilePath
  package let manifest: GenerationManifest
  let kind: IndexKind
  let rows: CodedRows
  let keyMemory: FileMemory
  let engine: Engine

  /// Where codes and links are while they are searched.
  package enum Residence: Sendable {
    /// In memory of the process's own, in huge pages: the fastest to search, but all of it is read first.
    case memory
    /// In the mapped files: ready at once, each page read when it is first needed.
    case file
  }

  enum Engine: Sendable {
    case flat
    case graph(Graph)
    case factory(FactoryIndex)
  }

  /// The folder's name is the number.
  init(
    number: Int, folder: FilePath, manifest: GenerationManifest, kind: IndexKind, rows: CodedRows,
    keys: FileMemory,
    engine: Engine
  ) {
    self.number = number
    self.folder = folder
    self.manifest = manifest
    self.kind = kind
    self.rows = rows
    keyMemory = keys
    self.engine = engine
  }

  /// How many rows.
  package var count: Int { rows.count }
  package var schema: IndexSchema { manifest.schema }

  /// What is kept in memory for search, in bytes: codes, links, keys. The rows' own numbers stay in their
  /// file.
  package var residentBytes: Int {
    let files = manifest.files
    let engine = (files[GenerationManifest.graph] ?? files[GenerationManifest.faiss])?.size ?? 0
    // Beside an index of FAISS the codes are mapped, and read only for searches that it can't answer.
    let isFactory = if case .factory = self.engine { true } else { false }
    return keyMemory.count + engine + (isFactory ? 0 : files[GenerationManifest.codes]?.size ?? 0)
  }

  var keys: UnsafeBufferPointer<Int64> { unsafe keyMemory.numbers(Int64.self) }

  func key(at row: Int) -> Int64 {
    precondition(row >= 0 && row < count, "the row is not in the index")
    return unsafe keys[row]
  }

  /// The row of a key, found by halving.
  func row(of key: Int64) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self.key(at: middle) < key { low = middle + 1 } else { high = middle }
    }
    return low < count && self.key(at: low) == key ? low : nil
  }

  /// The k best rows: best first, equal scores by the lower row.
  ///
  /// - Parameters:
  ///   - selected: a bitmap of the rows that may answer and how many these are; nil for all.
  ///   - exact: whatever the kind is.
  func search(
    _ query: [Float], k: Int, selected: (words: [UInt64], count: Int)?, exact: Bool = false
  ) throws(VectorIndexError) -> [Neighbour] {
    guard count > 0, selected?.count != 0 else { return [] }
    let passing = selected?.count ?? count
    let way: SearchPlan.Way =
      exact
      ? .exact
      : SearchPlan.way(
        cosine: SearchPlan.cosine(of: query, schema), width: widthInRows, count: count, passing: passing, k: k
      )
    switch (engine, way) {
    case (.graph(let graph), .index(let stretch)):
      return try search(graph, query, k: k, stretch: stretch, selected: selected)
    case (.factory(let index), .index(let stretch)) where selected == nil || index.selects:
      return try search(index, query, k: k, width: manifest.width * stretch, selected: selected)
    default: return try rows.search(query, k: k, selected: selected?.words)
    }
  }

  /// How many rows a graph's search keeps in view; of other kinds what stands for it.
  private var widthInRows: Double {
    switch engine {
    case .flat: Double(count)
    case .graph: manifest.width
    // Lists are read in order, which is fast: so many rows out of order would take as long.
    case .factory: manifest.width * Double(count) / 60
    }
  }

  private func search(
    _ graph: Graph, _ query: [Float], k: Int, stretch: Double, selected: (words: [UInt64], count: Int)?
  ) throws(VectorIndexError) -> [Neighbour] {
    let width = max(Int(manifest.width * stretch), 2 * k)
    // Past this a look at every row would have been faster: rows that may answer stand far from the query.
    let effort = max(2048, count / 3)
    let found = try graph.search(
      query, k: k, width: width, effort: effort, rows: rows, selected: selected?.words)
    // Fewer than there are: the rest can't be reached from where the search began.
    if let found, found.count >= min(k, selected?.count ?? count) { return found }
    return try rows.search(query, k: k, selected: selected?.words)
  }

  /// At this width, for the calibration of a build.
  func search(graphWidth width: Int, _ query: [Float], k: Int) throws(VectorIndexError) -> [Neighbour] {
    guard case .graph(let graph) = engine else { return [] }
    return try graph.search(query, k: k, width: width, effort: .max, rows: rows, selected: nil) ?? []
  }

  private func search(
    _ index: FactoryIndex, _ query: [Float], k: Int, width: Double, selected: (words: [UInt64], count: Int)?
  ) throws(VectorIndexError) -> [Neighbour] {
    let found = try search(factoryWidth: min(1, width), query, k: k, selected: selected?.words)
    if found.count >= min(k, selected?.count ?? count) { return found }
    return try rows.search(query, k: k, selected: selected?.words)
  }

  /// At this width: candidates by the index's own idea of a score, many more than are wanted, then exactly.
  func search(
    factoryWidth width: Double, _ query: [Float], k: Int, selected: [UInt64]? = nil
  ) throws(VectorIndexError) -> [Neighbour] {
    guard case .factory(let index) = engine else { return [] }
    var scaled = query
    for (range, weight) in zip(schema.ranges, schema.weights) where weight > 0 {
      let factor = 1 / weight.squareRoot()
      for i in range { scaled[i] *= factor }
    }
    let candidates = try index.search(
      scaled, k: max(200, 20 * k), width: width, selected: selected)
    return try rows.best(query, k: k, of: candidates)
  }

  /// The best rows at a width of one's own instead of that found at the build, for measurements: efSearch of
  /// a graph, the share of lists of an inverted file. A flat index has no width.
  package func keys(nearest query: [Float], count k: Int, width: Double) throws(VectorIndexError) -> [Int64] {
    let found =
      switch engine {
      case .flat: try rows.search(query, k: k, selected: nil)
      case .graph: try search(graphWidth: Int(width), query, k: k)
      case .factory: try search(factoryWidth: width, query, k: k)
      }
    return found.map { key(at: $0.row) }
  }

  /// A blob that was given when the generation was built, such as a fitted model; nil where there is none of
  /// that name.
  ///
  /// - Throws: `VectorIndexError` with the code `missing`, `files` or `damaged` (its checksum is proved
  ///   first).
  package func blob(_ name: String) throws(VectorIndexError) -> [UInt8]? {
    let fileName = GenerationManifest.blobPrefix + name
    guard let file = manifest.files[fileName] else { return nil }
    let path = folder.appending(fileName)
    guard try SyncedFiles.description(of: path) == file else {
      throw VectorIndexError(code: .damaged, doing: "reading \(path)", cause: "its checksum is wrong")
    }
    return try SyncedFiles.contents(of: path, limit: file.size)
  }
}
