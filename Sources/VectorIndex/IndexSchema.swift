package import Model

/// Which blocks a row is made of, one after another, and how much each counts where nobody says otherwise.
package struct IndexSchema: Hashable, Sendable, Codable {
  /// In the order in which they stand in a row.
  package let blocks: [BlockDescriptor]
  /// One for each block, not negative: what a graph is built for. Any other weights can be asked with.
  package let weights: [Float]

  /// - Precondition: 1 to 64 blocks of 1 number or more, as many finite weights of 0 or more, one of them
  ///   above 0.
  package init(blocks: [BlockDescriptor], weights: [Float]) {
    precondition(
      (1...64).contains(blocks.count) && blocks.count == weights.count, "one weight for each block")
    precondition(blocks.allSatisfy { $0.dimension > 0 }, "a block without numbers")
    precondition(weights.allSatisfy { $0.isFinite && $0 >= 0 } && weights.contains { $0 > 0 }, "no weights")
    self.blocks = blocks
    self.weights = weights
  }

  /// Numbers in a row.
  package var dimension: Int { blocks.reduce(0) { $0 + $1.dimension } }

  /// The places of each block in a row.
  package var ranges: [Range<Int>] {
    var end = 0
    return blocks.map { block in
      defer { end += block.dimension }
      return end..<end + block.dimension
    }
  }

  var dimensions: [Int32] { blocks.map { Int32(clamping: $0.dimension) } }

  /// As the decoder of a manifest needs it: false where the initialiser would stop the program.
  var isValid: Bool {
    (1...64).contains(blocks.count) && blocks.count == weights.count
      && blocks.allSatisfy { (1...65_536).contains($0.dimension) } && dimension <= 65_536
      && weights.allSatisfy { $0.isFinite && $0 >= 0 } && weights.contains { $0 > 0 }
  }
}
