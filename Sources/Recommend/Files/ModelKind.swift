/// What a file of a model holds.
enum ModelKind: UInt32, Sendable {
  case userNeighbours = 1
  case itemNeighbours = 2
  case combinedNeighbours = 3
  case biasedFactors = 4
  case interactionNeighbours = 5
  case alternatingLeastSquares = 6
  case pairwiseRanking = 7
  case linearAutoencoder = 8
  case svdPlusPlus = 9
}

/// A model that one file can hold.
package protocol StoredModel: Sendable {
  /// Writes beside the path and renames, so that a reader sees the old file or the new one.
  ///
  /// - Throws: `unavailable`.
  func write(to path: String) throws

  /// - Throws: `unavailable`, `damaged`, `tooNew`.
  init(reading path: String) throws
}
