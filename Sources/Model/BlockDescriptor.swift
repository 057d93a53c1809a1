/// The name of one kind of evidence: `colour`, `texture`, `shape`, `embedding` (all per file) or `text` (per artwork);
/// and `traits`, measurements per file that explain and are never part of a signature.
package struct BlockName: RawRepresentable, Hashable, Sendable, Codable, Comparable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  package static let colour = BlockName(rawValue: "colour")
  package static let texture = BlockName(rawValue: "texture")
  package static let shape = BlockName(rawValue: "shape")
  package static let embedding = BlockName(rawValue: "embedding")
  package static let text = BlockName(rawValue: "text")
  package static let traits = BlockName(rawValue: "traits")

  package static func < (a: BlockName, b: BlockName) -> Bool { a.rawValue < b.rawValue }
}

/// What a block is: its name, the version of the method that made it, and how many numbers it has.
///
/// Vectors of different versions are never mixed: another version means that the block is computed again.
package struct BlockDescriptor: Hashable, Sendable, Codable {
  package let name: BlockName
  package let version: Int
  package let dimension: Int
  /// Its vectors have length 1 (or are all zeros), to be compared by inner product.
  package let isUnit: Bool

  package init(name: BlockName, version: Int, dimension: Int, isUnit: Bool = true) {
    self.name = name
    self.version = version
    self.dimension = dimension
    self.isUnit = isUnit
  }
}
