/// One kind of evidence about one file: a unit vector, or all zeros where the evidence is missing.
package struct Block: Hashable, Sendable, Codable {
  package let name: BlockName
  /// Of the method that made it.
  package let version: Int
  /// L2 norm 1 (or 0), finite.
  package let vector: [Float]

  package init(name: BlockName, version: Int, vector: [Float]) {
    self.name = name
    self.version = version
    self.vector = vector
  }
}
