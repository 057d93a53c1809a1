/// One kind of evidence about one file: a unit vector, or all zeros where the evidence is missing.
package struct Block: Hashable, Sendable {
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

/// The numbers go as bit patterns: they are the same on the other side, and to write a float out in decimals and read it again costs
/// several times as much.
extension Block: Codable {
  private enum CodingKeys: String, CodingKey { case name, version, vector }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try container.decode(BlockName.self, forKey: .name),
      version: try container.decode(Int.self, forKey: .version),
      vector: try container.decode([UInt32].self, forKey: .vector).map(Float.init(bitPattern:)))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(version, forKey: .version)
    try container.encode(vector.map(\.bitPattern), forKey: .vector)
  }
}
