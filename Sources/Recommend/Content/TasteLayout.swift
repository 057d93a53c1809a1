package import Model

/// Where each block stands in a signature, the concatenation `[b1, b2, …]` of blocks of length 1, a missing one as zeros.
package struct TasteLayout: Equatable, Sendable {
  package let names: [BlockName]
  /// One a block, one after another.
  package let ranges: [Range<Int>]
  /// Numbers in a signature.
  package let dimension: Int

  package init(_ descriptors: [BlockDescriptor]) {
    names = descriptors.map(\.name)
    var end = 0
    ranges = descriptors.map { descriptor in
      let start = end
      end += descriptor.dimension
      return start..<end
    }
    dimension = end
  }

  /// nil where there is no such block.
  package func index(of name: BlockName) -> Int? { names.firstIndex(of: name) }

  /// Whether a signature has block `b`.
  func has(_ b: Int, _ signature: Span<Float>) -> Bool {
    for i in ranges[b] where signature[i] != 0 { return true }
    return false
  }

  /// One weight a block, in order.
  ///
  /// - Parameter byName: a block that isn't named has none.
  package func weights(_ byName: [BlockName: Float]) -> [Float] { names.map { byName[$0] ?? 0 } }
}
