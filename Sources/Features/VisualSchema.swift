package import Model

/// Which blocks a picture has: the classic ones, which belong to the program, and the embedding, which belongs to a model.
package struct VisualSchema: Hashable, Sendable {
  /// The blocks' names, in the order of a signature.
  package static let names: [BlockName] = VisualBlock.classic.map(\.descriptor.name) + [.embedding]

  /// What each block counts in a query that says nothing of weights, as found on training art (`tools/fit-blocks`).
  package static let defaultWeights: [BlockName: Float] = VisualBlock.classic.reduce(
    into: [.embedding: EmbeddingModel.defaultWeight]
  ) { $0[$1.descriptor.name] = $1.defaultWeight }

  /// The program as it ships.
  package static let standard = VisualSchema(model: .builtIn)

  /// Makes the embedding.
  package let model: EmbeddingModel

  package init(model: EmbeddingModel) { self.model = model }

  /// The blocks of a signature, in its order.
  package var descriptors: [BlockDescriptor] { VisualBlock.classic.map(\.descriptor) + [model.descriptor] }
  /// All that is kept of a picture: the blocks, then the traits.
  package var measured: [BlockDescriptor] { descriptors + [VisualTraits.descriptor] }
}
