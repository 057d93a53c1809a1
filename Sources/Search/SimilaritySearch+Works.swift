package import Model

extension SimilaritySearch {
  /// The first signature of each work, by its key.
  package func firstKeys() -> [ArtworkID: Int64] {
    Dictionary(keys().map { ($0.owner, $0.key) }) { first, _ in first }
  }

  /// The ids of the best works for a query, best first.
  package func hits(_ query: Query) throws -> [ArtworkID] { try answer(query).map(\.artworkID) }
}
