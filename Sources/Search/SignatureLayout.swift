import Kernels
package import Model

/// Where each block stands in the concatenation `[b1, b2, …]` that the index stores.
package struct SignatureLayout: Equatable, Sendable {
  package let descriptors: [BlockDescriptor]
  /// Where block `i` begins.
  let offsets: [Int]
  /// Of the whole concatenation.
  package let dimension: Int

  package init(_ descriptors: [BlockDescriptor]) {
    self.descriptors = descriptors
    var end = 0
    offsets = descriptors.map { descriptor in
      defer { end += descriptor.dimension }
      return end
    }
    dimension = end
  }

  /// Stored form: the blocks one after another, a missing one as zeros.
  ///
  /// - Precondition: one entry a descriptor, each of its dimension.
  package func concatenation(_ vectors: [[Float]?]) -> [Float] {
    precondition(vectors.count == descriptors.count)
    return zip(descriptors, vectors).flatMap { descriptor, vector -> [Float] in
      guard let vector else { return [Float](repeating: 0, count: descriptor.dimension) }
      precondition(vector.count == descriptor.dimension)
      return vector
    }
  }

  /// Query form: `[w1·q1, w2·q2, …]`, so that one inner product with a stored signature is `Σ wᵢ·cos(qᵢ, bᵢ)`.
  func weighted(_ query: [[Float]?], _ weights: [Float]) -> [Float] {
    zip(zip(descriptors, query), weights).flatMap { pair, weight in
      pair.1.map { $0.map { weight * $0 } } ?? [Float](repeating: 0, count: pair.0.dimension)
    }
  }

  /// The blocks of a stored signature.
  func blocks(_ stored: [Float]) -> [[Float]?] {
    zip(offsets, descriptors).map { Array(stored[$0..<($0 + $1.dimension)]) }
  }

  /// `wᵢ·cos(qᵢ, bᵢ)` of each block, from the weighted query and a stored signature.
  func contributions(_ query: [Float], _ stored: [Float]) -> [Float] {
    zip(offsets, descriptors).map { offset, descriptor in
      let range = offset..<(offset + descriptor.dimension)
      return dot(query.span.extracting(range), stored.span.extracting(range))
    }
  }
}
