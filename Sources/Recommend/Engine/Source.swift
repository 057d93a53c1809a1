/// Where recommendations can come from.
package enum Source: String, CaseIterable, Sendable, Codable, Comparable {
  /// Works that look and read like those that the person likes, and like what they say of their taste (`TasteProfile`).
  case content
  /// Works of which the same is said: artist, style, words (`AttributeProfile`).
  case attributes
  /// Works that the same people have to do with (`InteractionNeighbours`).
  case items
  /// People of like taste (`UserNeighbours`).
  case people
  /// Implicit matrix factorisation (`AlternatingLeastSquares`).
  case als
  /// Pairwise ranking (`PairwiseRanking`).
  case bpr
  /// A linear autoencoder over the best-known works (`LinearAutoencoder`).
  case ease
  /// What many like.
  case popularity
  /// What many have had to do with in the last days.
  case trending

  /// It is learnt from everybody's events.
  package var isTrained: Bool {
    switch self {
    case .items, .people, .als, .bpr, .ease: true
    case .content, .attributes, .popularity, .trending: false
    }
  }

  package static func < (a: Source, b: Source) -> Bool { a.rawValue < b.rawValue }
}
