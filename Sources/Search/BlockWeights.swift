import Features
package import Model

/// How much each block counts in a query. Weights are given with the query and never baked into what is stored.
package struct BlockWeights: Equatable, Sendable {
  /// Why weights make no sense.
  package enum Fault: Error, Equatable {
    case unknownBlock(BlockName, known: [BlockName])
    case negative(BlockName)
    case allZero
  }

  private var values: [BlockName: Float]

  /// Every block counts alike.
  package static func equal(_ descriptors: [BlockDescriptor]) -> BlockWeights {
    BlockWeights(values: descriptors.reduce(into: [:]) { $0[$1.name] = 1 })
  }

  /// What the text counts where nothing is said of weights: of 0.5, 1, 2 and 4 the best by which works of one artist of the
  /// training art found one another when titles and genres, and no names, were the text (`docs/benchmarks.md`).
  package static let defaultTextWeight: Float = 1

  /// What each block is worth when nothing is said: the visual ones as found on training art (`tools/fit-blocks`); a palette by
  /// itself says nothing that the colour block doesn't.
  package static var standard: BlockWeights {
    BlockWeights(
      values: VisualSchema.defaultWeights.merging([.palette: 0, .text: defaultTextWeight]) { $1 })
  }

  /// One block alone.
  package static func only(_ name: BlockName) -> BlockWeights { BlockWeights(values: [name: 1]) }

  private init(values: [BlockName: Float]) { self.values = values }

  /// These weights with some replaced.
  ///
  /// - Throws: `Fault` for a block that there is none of, a weight that is negative or not finite, and when no
  ///   block counts any more.
  package func replacing(_ changes: [BlockName: Float]) throws(Fault) -> BlockWeights {
    var result = self
    for (name, weight) in changes.sorted(by: { $0.key < $1.key }) {
      guard values[name] != nil else { throw .unknownBlock(name, known: values.keys.sorted()) }
      guard weight >= 0, weight.isFinite else { throw .negative(name) }
      result.values[name] = weight
    }
    guard result.values.values.contains(where: { $0 > 0 }) else { throw .allZero }
    return result
  }

  /// 0 for a block that has no weight.
  package subscript(name: BlockName) -> Float { values[name] ?? 0 }

  /// By block name.
  package var byName: [BlockName: Float] { values }
}
