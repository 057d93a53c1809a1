import Kernels
import Model

/// What a query comes to, block by block: the mean of the positive examples less a share of the mean of the negative ones
/// (relevance feedback: Rocchio 1971), of unit length; or what was given in their place.
struct CombinedQuery: Sendable {
  /// In the order of the layout; nil for a block that the query lacks.
  let blocks: [[Float]?]
  /// What each block counts; they sum to 1, a block that the query lacks counts nothing.
  let shares: [Float]

  /// - Throws: `SimilaritySearch.Fault` where nothing is known that counts.
  init(_ query: Query, _ layout: SignatureLayout) throws(SimilaritySearch.Fault) {
    let blocks = layout.descriptors.indices.map { Self.direction(query, $0, layout) }
    var weights = zip(layout.descriptors, blocks).map { $1 == nil ? 0 : query.weights[$0.name] }
    guard let largest = weights.max(), largest > 0 else { throw .nothingToCompare }
    // Any finite weights have a finite sum that way.
    weights = weights.map { $0 / largest }
    let total = weights.reduce(0, +)
    self.blocks = blocks
    shares = weights.map { $0 / total }
  }

  private static func direction(_ query: Query, _ block: Int, _ layout: SignatureLayout) -> [Float]? {
    let descriptor = layout.descriptors[block]
    if var vector = query.given[descriptor.name] {
      precondition(vector.count == descriptor.dimension, "a vector of its block's dimension")
      var span = vector.mutableSpan
      return normalise(&span) > 0 ? vector : nil
    }
    guard var direction = mean(of: query.positives, block, layout) else { return nil }
    if let away = mean(of: query.negatives, block, layout) {
      for index in direction.indices { direction[index] -= SimilaritySearch.negativeShare * away[index] }
    }
    var span = direction.mutableSpan
    // What cancels out has no direction, and is as good as missing.
    return normalise(&span) > 0 ? direction : nil
  }

  /// Over the examples that have the block; nil where none has. All zeros is how a missing block is stored.
  private static func mean(of examples: [Example], _ block: Int, _ layout: SignatureLayout) -> [Float]? {
    let vectors = examples.compactMap { example -> [Float]? in
      precondition(
        example.vectors.count == layout.descriptors.count, "one vector for each block of the layout")
      guard let vector = example.vectors[block], vector.contains(where: { $0 != 0 }) else { return nil }
      precondition(vector.count == layout.descriptors[block].dimension, "a vector of its block's dimension")
      return vector
    }
    return Example.mean(vectors)
  }
}
