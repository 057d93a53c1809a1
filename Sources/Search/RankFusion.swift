package import Model

/// Makes one list of several whose scores can't be compared: each work counts 1 / (60 + rank) for each list that it is in
/// (reciprocal rank fusion: Cormack, Clarke & Büttcher 2009, doi:10.1145/1571941.1572114).
package enum RankFusion {
  /// How little the first places count more than the next.
  package static let damping: Double = 60

  /// A work in the fused list.
  package struct Place: Sendable, Equatable {
    package let artworkID: ArtworkID
    /// What each list adds, by its name; they sum to the score.
    package let contributions: [String: Double]
    package var score: Double { contributions.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } }
  }

  /// - Parameter lists: by name, best first, each work at most once.
  /// - Returns: all works, best first; equal scores go by id.
  package static func fuse(_ lists: [(name: String, works: [ArtworkID])]) -> [Place] {
    var parts: [ArtworkID: [String: Double]] = [:]
    for list in lists {
      for (rank, id) in zip(1..., list.works) {
        parts[id, default: [:]][list.name] = 1 / (damping + Double(rank))
      }
    }
    return parts.map { Place(artworkID: $0.key, contributions: $0.value) }
      .map { (place: $0, score: $0.score) }
      .sorted { ($1.score, $0.place.artworkID) < ($0.score, $1.place.artworkID) }
      .map(\.place)
  }
}
