import Foundation
import Model
import VectorIndex

/// How much of the truth an index finds, for queries of many kinds: at the default weights, at each block alone and at weights
/// taken by chance; among all works and among a few.
package struct IndexAudit {
  /// One kind of query.
  package struct Line: Sendable {
    /// `default`, a block's name, or `random`.
    package let weights: String
    /// The part of the signatures that may answer.
    package let passing: Double
    /// Of the twenty true best, the part that is found.
    package let recall: Double
    package let queries: Int
  }

  /// Neighbours of each query.
  private static let depth = 20
  private static let randomWeightings = 10

  private let index: IndexSnapshot

  init(_ index: IndexSnapshot) { self.index = index }

  /// - Parameters:
  ///   - queries: how many works are asked with, for each line.
  ///   - weights: the default ones.
  ///   - progress: called with the lines done and how many there will be.
  package func run(
    queries: Int, weights: BlockWeights, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> [Line] {
    var numbers = LinearGenerator(seed: 1816)
    var keys: [Int64] = []
    index.forEachKey { keys.append($0) }
    let asked = keys.sorted().shuffled(using: &numbers).prefix(queries).compactMap { index.vector(of: $0) }
    let layout = SignatureLayout(index.schema.blocks)
    let defaults = layout.descriptors.map { weights[$0.name] }
    var weightings: [(name: String, all: [[Float]])] = [("default", [defaults])]
    for (block, descriptor) in layout.descriptors.enumerated() {
      weightings.append((descriptor.name.rawValue, [layout.descriptors.indices.map { $0 == block ? 1 : 0 }]))
    }
    // Drawn evenly from all proportions.
    let random = (0..<Self.randomWeightings).map { _ in
      layout.descriptors.map { _ in -log(Float.random(in: 1e-6..<1, using: &numbers)) }
    }
    weightings.append(("random", random))
    let shares: [Double] = [1, 0.5, 0.05, 0.005]
    var lines: [Line] = []
    for (name, all) in weightings {
      for share in shares {
        // Which keys pass is chance, and the same for every weighting.
        var chance = LinearGenerator(seed: 1816)
        let chosen =
          share == 1 ? nil : Set(keys.filter { _ in Double.random(in: 0..<1, using: &chance) < share })
        let selection = chosen.map { index.selection(of: $0) }
        var (found, there) = (0, 0)
        for (place, row) in asked.enumerated() {
          let query = layout.weighted(layout.blocks(row), all[place % all.count])
          guard query.contains(where: { $0 != 0 }) else { continue }
          let truth = try Set(
            index.search(query, count: Self.depth, among: selection, exact: true).map(\.key))
          found += try index.search(query, count: Self.depth, among: selection).count {
            truth.contains($0.key)
          }
          there += truth.count
        }
        lines.append(
          Line(
            weights: name, passing: share, recall: there == 0 ? 1 : Double(found) / Double(there),
            queries: asked.count))
        progress(lines.count, weightings.count * shares.count)
      }
    }
    return lines
  }
}

extension SimilaritySearch {
  /// To measure the index that it searches.
  package var audit: IndexAudit { IndexAudit(index) }
}
