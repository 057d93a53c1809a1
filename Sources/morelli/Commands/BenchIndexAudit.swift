import Foundation
import Kernels
import Model
import VectorIndex

/// Queries block by block, to be asked with any weights.
struct BenchIndexQueries {
  let schema: IndexSchema
  private let unit: [[Float]]

  /// - Parameter matrix: `[√w·q]`, with the schema's weights.
  init(_ matrix: NumPyMatrix, _ schema: IndexSchema) {
    self.schema = schema
    let roots = Self.roots(schema)
    unit = (0..<matrix.rows).map { row in zip(matrix.row(row), roots).map { $0 / $1 } }
  }

  var count: Int { unit.count }

  /// `[w·q]`.
  func weighted(_ weights: [Float]) -> [[Float]] {
    let factors = zip(schema.blocks, weights).flatMap { [Float](repeating: $1, count: $0.dimension) }
    return unit.map { zip($0, factors).map { $0 * $1 } }
  }

  static func roots(_ schema: IndexSchema) -> [Float] {
    zip(schema.blocks, schema.weights).flatMap { [Float](repeating: $1.squareRoot(), count: $0.dimension) }
  }
}

/// What an index finds of the truth as weights and selections change.
struct BenchIndexAudit {
  let snapshot: IndexSnapshot
  let queries: BenchIndexQueries
  let k: Int

  func run() throws {
    var sets: [(String, [Float])] = [("default", queries.schema.weights)]
    for block in queries.schema.blocks.indices {
      sets.append(("block \(block)", queries.schema.blocks.indices.map { $0 == block ? 1 : 0 }))
    }
    var generator = SplitMix(state: 5)
    for number in 1...8 {
      // Exponential shares: any point of the simplex is as likely as any other.
      let shares = queries.schema.blocks.map { _ in -Float.random(in: 1e-6..<1, using: &generator).logarithm }
      sets.append(("random \(number)", shares))
    }
    print("weights            passing    recall@\(k)  lowest   p50 ms   p95 ms")
    for (name, weights) in sets {
      let asked = Array(queries.weighted(weights).prefix(200))
      for share in [1, 0.5, 0.05, 0.005] { try measure(name, asked, share) }
    }
  }

  private func measure(_ name: String, _ asked: [[Float]], _ share: Double) throws {
    var generator = SplitMix(state: 9)
    let chosen = Set(
      (0..<Int64(snapshot.count)).filter { _ in Double.random(in: 0..<1, using: &generator) < share })
    let selection = share < 1 ? snapshot.selection(where: chosen.contains) : nil
    let clock = ContinuousClock()
    var times: [Double] = []
    var recalls: [Double] = []
    for query in asked {
      let truth = Set(try snapshot.search(query, count: k, among: selection, exact: true).map(\.key))
      let begun = clock.now
      let found = try snapshot.search(query, count: k, among: selection)
      times.append((clock.now - begun) / .milliseconds(1))
      recalls.append(Double(found.count { truth.contains($0.key) }) / Double(max(1, truth.count)))
    }
    times.sort()
    let mean = recalls.reduce(0, +) / Double(recalls.count)
    print(
      name.padding(toLength: 18, withPad: " ", startingAt: 0),
      String(
        format: "%7.1f %%   %.4f    %.4f  %7.3f  %7.3f", 100 * share, mean, recalls.min() ?? 0,
        times[times.count / 2],
        times[times.count * 95 / 100]))
  }
}

extension Float {
  fileprivate var logarithm: Float { Float(log(Double(self))) }
}
