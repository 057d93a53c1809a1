/// A stretch of a block's raw vector that measures one thing.
package struct BlockPart: Hashable, Sendable {
  /// What it measures.
  package let name: String
  /// Where it begins in the raw vector, and how many numbers it has.
  package let offset, count: Int

  /// A part of `count` numbers from `offset`.
  package init(name: String, offset: Int, count: Int) {
    self.name = name
    self.offset = offset
    self.count = count
  }

  /// Parts one after another, in the order of `sizes`.
  static func sequence(_ sizes: [(name: String, count: Int)]) -> [BlockPart] {
    var offset = 0
    return sizes.map { size in
      defer { offset += size.count }
      return BlockPart(name: size.name, offset: offset, count: size.count)
    }
  }
}
