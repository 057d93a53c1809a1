extension Strategy {
  /// What a ranking head of this strategy sees: its sources, in the order of its parts.
  package var rankingFeatures: RankingFeatures { RankingFeatures(sources: parts.map(\.source.rawValue)) }

  /// The weights of the parts by source, as `AdaptiveWeights` begins with them; a part that weighs nothing stays out.
  package var baseWeights: [String: Double] {
    parts.reduce(into: [:]) { weights, part in
      if part.trust.weight > 0 { weights[part.source.rawValue] = Double(part.trust.weight) }
    }
  }

  /// The strategy with the weights that feedback has led to; itself, where it does not adapt.
  ///
  /// - Parameter weights: made with `baseWeights`; a part that they don't name keeps its own. They are made from their log each time they
  ///   are asked for: keep the adjusted strategy until there is new feedback.
  package func adjusted(by weights: AdaptiveWeights) -> Strategy {
    guard adapts else { return self }
    let learned = weights.weights
    var strategy = self
    strategy.parts = parts.map { part in
      guard let weight = learned[part.source.rawValue] else { return part }
      return Part(
        part.source, SourceTrust(weight: Float(weight), course: part.trust.course, half: part.trust.half))
    }
    return strategy
  }
}
