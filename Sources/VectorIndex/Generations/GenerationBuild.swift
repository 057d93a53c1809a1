import CFaiss
import Model
import SystemPackage

/// One build: rows in, a finished and checked generation out, in a folder that is not the final one.
struct GenerationBuild {
  let schema: IndexSchema
  let change: Int64
  let options: BuildOptions
  let folder: FilePath
  let observe: (BuildStep) throws -> Void

  /// Rows linked or added between two looks at `observe`.
  private static let portion = 20_000

  /// Writes all files but the manifest, and returns what will stand in it with the opened generation.
  func run(
    kind: IndexKind, blobs: [String: [UInt8]], rows write: (RowWriter) throws -> Void
  ) throws -> Generation {
    let writer = try RowWriter(schema, path: folder.appending(GenerationManifest.rows))
    try write(writer)
    try writer.finish()
    let keys = writer.keys
    let count = keys.count
    try unsafe keys.withUnsafeBytes {
      try unsafe SyncedFiles.write($0, to: folder.appending(GenerationManifest.keys))
    }
    for (name, bytes) in blobs {
      try SyncedFiles.write(bytes, to: folder.appending(GenerationManifest.blobPrefix + name))
    }
    try observe(.rowsWritten)

    let numbers = try mapped(GenerationManifest.rows, size: count * schema.dimension * 4)
    let codes = try CodedRows.encode(schema, rows: numbers, count: count)
    try save(codes, as: GenerationManifest.codes)
    try observe(.codesWritten)

    let bytesPerRow = schema.dimension + 4 * 2 * options.degree + 16
    let kind = kind.resolved(count: count, bytesPerRow: bytesPerRow, memoryLimit: options.memoryLimit)
    if kind == .hnsw { try link(numbers, count: count) }
    let description = kind.factoryDescription(count: count, dimension: schema.dimension)
    if let description { try fill(description, numbers, count: count) }
    try observe(.indexWritten)

    var manifest = GenerationManifest(kind: kind.name, schema: schema, count: count, change: change)
    for name in try SyncedFiles.names(in: folder) {
      manifest.files[name] = try SyncedFiles.description(of: folder.appending(name))
    }
    let generation = try Generation(opening: folder, number: 0, manifest: manifest)
    (manifest.width, manifest.recall) = try RecallCheck(generation, options).result()
    guard manifest.recall >= options.recallFloor else {
      throw VectorIndexError(
        code: .recall, doing: "checking a build of \(count) rows as \(kind.name)",
        cause: "it finds \(manifest.recall) of the true neighbours, \(options.recallFloor) is the least; the "
          + "generation before stays in use")
    }
    try observe(.checked)
    return generation.with(manifest, number: 0, folder: folder)
  }

  private func mapped(_ name: String, size: Int) throws(VectorIndexError) -> FileMemory {
    let path = folder.appending(name)
    do { return try FileMemory(mapping: path, count: size, isOrdered: true) } catch {
      throw VectorIndexError(code: .files, doing: "reading \(path)", cause: "\(error)")
    }
  }

  private func save(_ memory: FileMemory, as name: String) throws(VectorIndexError) {
    try unsafe SyncedFiles.write(
      UnsafeRawBufferPointer(start: memory.start, count: memory.count), to: folder.appending(name))
  }

  private func link(_ rows: FileMemory, count: Int) throws {
    let builder = try GraphBuilder(
      schema, rows: rows, count: count, degree: options.degree, construction: options.construction)
    for start in stride(from: 0, to: count, by: Self.portion) {
      let end = min(count, start + Self.portion)
      try builder.link(upTo: end, threads: options.threads)
      try observe(.indexed(end))
    }
    try save(try builder.finish(), as: GenerationManifest.graph)
  }

  /// As FAISS sees rows: `[√w·b]`, so that its inner product with `[w/√w · q]` is the score.
  private func fill(_ description: String, _ rows: FileMemory, count: Int) throws {
    let dimension = schema.dimension
    let numbers = unsafe rows.numbers(Float.self)
    var roots: [Float] = []
    for (block, weight) in zip(schema.blocks, schema.weights) {
      roots += [Float](repeating: weight.squareRoot(), count: block.dimension)
    }
    func weighted(_ row: Int) -> [Float] {
      let row = unsafe Array(numbers[row * dimension..<(row + 1) * dimension])
      return zip(row, roots).map { $0 * $1 }
    }
    let index = try FactoryIndex(description: description, dimension: dimension)
    // K-means gains little from more than a few dozen rows a list.
    let wanted = max(10_000, Int(4 * Double(count).squareRoot()) * 40)
    let step = max(1, count / wanted)
    try index.train(stride(from: 0, to: count, by: step).flatMap(weighted), threads: options.threads)
    try observe(.indexed(0))
    for start in stride(from: 0, to: count, by: Self.portion) {
      let end = min(count, start + Self.portion)
      try index.add((start..<end).flatMap(weighted), threads: options.threads)
      try observe(.indexed(end))
    }
    let path = folder.appending(GenerationManifest.faiss)
    try index.write(to: path)
    try SyncedFiles.sync(path)
  }
}

extension Generation {
  /// The same rows and index under another name.
  func with(_ manifest: GenerationManifest, number: Int, folder: FilePath) -> Generation {
    Generation(
      number: number, folder: folder, manifest: manifest, kind: kind, rows: rows, keys: keyMemory,
      engine: engine)
  }
}
