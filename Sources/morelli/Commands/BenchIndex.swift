import ArgumentParser
import Foundation
import Model
import SystemPackage
import VectorIndex

/// What an index of given vectors costs and finds, in the keys that other libraries are measured with.
/// Hidden: it is for those who choose or change an index.
struct BenchIndex: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract:
      "Builds an index of vectors, asks it queries one at a time, and compares with the exact answers.",
    discussion: """
      With --blocks the vectors are taken as [√w·b] of these blocks, and --audit asks with other weights and selections too.
      """,
    shouldDisplay: false)

  @Option(help: ArgumentHelp("Float32, n × d.", valueName: "npy")) var vectors: String
  @Option(help: ArgumentHelp("Float32, q × d.", valueName: "npy")) var queries: String
  @Option(name: .short, help: ArgumentHelp("Neighbours asked for.", valueName: "number")) var k = 10
  @Option(
    help: ArgumentHelp("auto, flat, hnsw, ivf-pq, ivf-sq or a factory string of FAISS.", valueName: "kind"))
  var kind = "auto"
  @Option(help: ArgumentHelp("Threads of the build.", valueName: "number")) var threads = 1
  @Option(help: ArgumentHelp("Widths tried, else the one found at the build.", valueName: "list")) var widths:
    String?
  @Option(help: ArgumentHelp("HNSW's M.", valueName: "number")) var degree = BuildOptions().degree
  @Option(help: ArgumentHelp("HNSW's efConstruction.", valueName: "number"))
  var construction = BuildOptions().construction
  @Option(help: ArgumentHelp("Dimension and default weight of each block: 96:1,256:8.", valueName: "list"))
  var blocks: String?
  @Flag(
    help:
      "Recall@k with the default weights, single blocks, random weights; with selections of 100, 50, 5, 0.5 %."
  )
  var audit = false
  @Flag(help: "Times of searches by four clients while another generation is built beside them.")
  var whileRebuilding = false
  @Flag(help: "One JSON line a setting.") var json = false

  func run() throws {
    let rows = try NumPyMatrix(opening: FilePath(vectors))
    let asked = try NumPyMatrix(opening: FilePath(queries))
    guard rows.columns == asked.columns, k > 0, threads > 0 else {
      throw ValidationError("vectors and queries of one dimension, k and threads above 0")
    }
    let schema = try schema(dimension: rows.columns)
    let folder = FileManager.default.temporaryDirectory.appending(path: "morelli-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = GenerationStore(folder: FilePath(folder.path(percentEncoded: false)))
    let roots = BenchIndexQueries.roots(schema)
    var options = BuildOptions()
    options.threads = threads
    options.degree = degree
    options.construction = construction
    options.recallFloor = 0
    let clock = ContinuousClock()
    let start = clock.now
    var steps: [String: Double] = [:]
    let wanted = try IndexKind(parsing: kind, dimension: rows.columns)
    func write(_ writer: RowWriter) throws {
      for row in 0..<rows.rows {
        try writer.append(key: Int64(row), vector: zip(rows.row(row), roots).map { $0 / $1 })
      }
    }
    let built = try store.build(
      schema, kind: wanted, covering: 0, options: options,
      observe: { step in
        switch step {
        case .codesWritten: steps["coded"] = (clock.now - start) / .seconds(1)
        case .indexWritten: steps["indexed"] = (clock.now - start) / .seconds(1)
        case .current: steps["current"] = (clock.now - start) / .seconds(1)
        default: break
        }
      },
      rows: write)
    let opening = clock.now
    guard let generation = try store.openCurrent() else { throw CommandFailure("nothing was built") }
    let ready = (clock.now - opening) / .seconds(1)
    let live = try LiveIndex(generation, schema: schema)
    let set = BenchIndexQueries(asked, schema)
    if whileRebuilding {
      try BenchIndexRebuild(live: live, queries: set.weighted(schema.weights), k: k) {
        try store.build(schema, kind: wanted, covering: 0, options: options, rows: write)
      }.run()
      return
    }
    if audit {
      try BenchIndexAudit(snapshot: live.snapshot, queries: set, k: k).run()
      return
    }
    let truth = try set.weighted(schema.weights).map { query in
      Set(try live.snapshot.search(query, count: k, exact: true).map(\.key))
    }
    let weighted = set.weighted(schema.weights)
    for width in try chosenWidths(built) {
      for query in weighted.prefix(50) { _ = try generation.keys(nearest: query, count: k, width: width) }
      var times: [Double] = []
      var found = 0
      for (query, best) in zip(weighted, truth) {
        let begun = clock.now
        let keys = try generation.keys(nearest: query, count: k, width: width)
        times.append((clock.now - begun) / .milliseconds(1))
        found += keys.count { best.contains($0) }
      }
      let line = BenchIndexLine(
        times: times.sorted(), recall: Double(found) / Double(truth.reduce(0) { $0 + $1.count }),
        setting: "\(generation.manifest.kind) \(width)", generation: generation, k: k,
        dimension: rows.columns,
        threads: threads, buildSeconds: (steps["indexed"] ?? 0) - (steps["coded"] ?? 0),
        wholeBuildSeconds: steps["current"] ?? 0, readySeconds: ready)
      print(json ? try JSONOutput.text(line, pretty: false) : line.forPeople)
    }
  }

  private func schema(dimension: Int) throws -> IndexSchema {
    guard let blocks else {
      let block = BlockDescriptor(name: BlockName(rawValue: "all"), version: 1, dimension: dimension)
      return IndexSchema(blocks: [block], weights: [1])
    }
    let parts = blocks.split(separator: ",").map { $0.split(separator: ":") }
    let numbers = parts.compactMap { part -> (Int, Float)? in
      guard part.count == 2, let dimension = Int(part[0]), let weight = Float(part[1]), weight > 0 else {
        return nil
      }
      return (dimension, weight)
    }
    guard numbers.count == parts.count, numbers.reduce(0, { $0 + $1.0 }) == dimension else {
      throw ValidationError("--blocks: dimension:weight for each block, \(dimension) in all")
    }
    return IndexSchema(
      blocks: numbers.enumerated().map {
        BlockDescriptor(name: BlockName(rawValue: "block\($0.offset)"), version: 1, dimension: $0.element.0)
      }, weights: numbers.map(\.1))
  }

  private func chosenWidths(_ generation: Generation) throws -> [Double] {
    guard let widths, generation.manifest.kind != "flat" else { return [generation.manifest.width] }
    let numbers = widths.split(separator: ",").compactMap { Double($0) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 > 0 }) else {
      throw ValidationError("--widths: numbers above 0")
    }
    return numbers
  }
}
