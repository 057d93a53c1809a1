import Foundation
import Model
import SystemPackage
import TestSupport
import VectorIndex

/// Made rows of a few blocks, what is true of them, and a folder for their index.
struct IndexFixture {
  static let schema = IndexSchema(
    blocks: [
      BlockDescriptor(name: .colour, version: 1, dimension: 24),
      BlockDescriptor(name: .shape, version: 1, dimension: 16),
      BlockDescriptor(name: .embedding, version: 2, dimension: 40),
    ], weights: [1, 1.5, 4])

  /// A folder of its own, deleted when the test is over.
  final class Folder {
    let path: FilePath

    init() {
      let url = FileManager.default.temporaryDirectory.appending(path: "morelli-index-\(UUID().uuidString)")
      try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      path = FilePath(url.path(percentEncoded: false))
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    /// The folder's copy as it is now, as if the process had died here.
    func copy() throws -> Folder {
      let copy = Folder()
      try FileManager.default.removeItem(atPath: copy.path.string)
      try FileManager.default.copyItem(atPath: path.string, toPath: copy.path.string)
      return copy
    }
  }

  /// Unit blocks around centres, about `perCentre` a centre, each block around one of its own; one in twenty
  /// lacks a block.
  static func rows(_ count: Int, perCentre: Int = 30, generator: inout SeededGenerator) -> [[Float]] {
    let centres = schema.blocks.map { block in
      (0..<max(1, count / perCentre)).map { _ in unit(generator.vector(block.dimension)) }
    }
    return (0..<count).map { _ in
      let lacking = Int.random(in: 0..<60, using: &generator)
      let centre = Int.random(in: 0..<centres[0].count, using: &generator)
      return zip(schema.blocks.indices, schema.blocks).flatMap { index, block -> [Float] in
        if lacking == index { return [Float](repeating: 0, count: block.dimension) }
        let own = Int.random(in: 0..<4, using: &generator) == 0
        let near = own ? Int.random(in: 0..<centres[0].count, using: &generator) : centre
        let spread = 1.6 / Float(block.dimension).squareRoot()
        return unit(zip(centres[index][near], generator.vector(block.dimension)).map { $0 + spread * $1 })
      }
    }
  }

  static func unit(_ vector: [Float]) -> [Float] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? vector.map { $0 / length } : vector
  }

  /// `[w·q]` of a row.
  static func weighted(_ row: [Float], _ weights: [Float] = schema.weights) -> [Float] {
    zip(row, zip(schema.blocks, weights).flatMap { [Float](repeating: $1, count: $0.dimension) }).map {
      $0 * $1
    }
  }

  /// What the documentation says a score is: eight sums in double precision, added in pairs, rounded once.
  static func score(_ query: [Float], _ row: [Float]) -> Float {
    var sums = [Double](repeating: 0, count: 8)
    for i in row.indices { sums[i % 8] += Double(query[i]) * Double(row[i]) }
    return Float(((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7])))
  }

  /// By looking at each: the best first, equal scores by the lower key.
  static func best(
    _ query: [Float], _ count: Int, of rows: [Int64: [Float]], where passes: (Int64) -> Bool = { _ in true }
  ) -> [IndexHit] {
    let hits = rows.filter { passes($0.key) }.map { IndexHit(key: $0.key, score: score(query, $0.value)) }
    return Array(hits.sorted { ($1.score, $0.key) < ($0.score, $1.key) }.prefix(count))
  }

  /// Builds the rows' index.
  static func build(
    _ rows: [Int64: [Float]], in store: GenerationStore, kind: IndexKind, covering change: Int64 = 0,
    options: BuildOptions = BuildOptions(), blobs: [String: [UInt8]] = [:],
    observe: (BuildStep) throws -> Void = { _ in }
  ) throws -> Generation {
    try store.build(schema, kind: kind, covering: change, options: options, blobs: blobs, observe: observe) {
      writer in
      for (key, row) in rows.sorted(by: { $0.key < $1.key }) { try writer.append(key: key, vector: row) }
    }
  }

  /// Rows under the keys 0, 3, 6, …
  static func keyed(_ rows: [[Float]]) -> [Int64: [Float]] {
    Dictionary(uniqueKeysWithValues: rows.enumerated().map { (Int64(3 * $0.offset), $0.element) })
  }
}

/// The code of the `VectorIndexError` that `body` throws; nil where it throws none.
func errorCode<R>(_ body: () throws -> R) -> VectorIndexError.Code? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? VectorIndexError)?.code
  }
}
