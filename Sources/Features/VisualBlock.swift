internal import CFeatureData
package import Model

/// A classic block of a picture's signature: what it is, what its raw vector is made of, and where its fitted numbers are.
package struct VisualBlock: Sendable {
  /// Those that are computed by formulas, in the order of a signature.
  package static let classic: [VisualBlock] = [.colour, .texture, .shape]

  package let descriptor: BlockDescriptor
  /// The raw vector's parts, one after another from 0.
  package let parts: [BlockPart]
  /// What it counts in a query that says nothing of weights.
  package let defaultWeight: Float
  private let data: FittedData

  init(
    _ name: BlockName, version: Int, dimension: Int, defaultWeight: Float,
    parts: [(name: String, count: Int)],
    data: FittedData
  ) {
    descriptor = BlockDescriptor(name: name, version: version, dimension: dimension)
    self.parts = BlockPart.sequence(parts)
    self.defaultWeight = defaultWeight
    self.data = data
  }

  /// Numbers in a raw vector.
  package var rawDimension: Int { parts.reduce(0) { $0 + $1.count } }

  /// What was fitted on training art (`tools/fit-blocks`).
  ///
  /// - Throws: where the numbers built into the program are damaged or were fitted for another block.
  package func projection() throws(FittedProjectionError) -> FittedProjection {
    let projection = try FittedProjection(words: data.words)
    guard projection.version == descriptor.version, projection.dimension == descriptor.dimension,
      projection.rawDimension == rawDimension
    else { throw .anotherBlock }
    return projection
  }
}
