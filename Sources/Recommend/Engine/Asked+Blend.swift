/// All sources' scores of the candidates in one.
struct Blended {
  /// What each source said, calibrated, in the order of the strategy's parts.
  let sources: [SourceScores]
  /// What each adds: a source a part, and in a learned order one more for what is new.
  let blend: Blend
  /// Places of candidates, best first.
  let order: [Int]
}

extension Asked {
  /// - Parameter candidates: rows.
  func blended(_ candidates: [Int32]) -> Blended {
    let sources = strategy.parts.map { part in
      SourceScores(
        part.source.rawValue, ScoreCalibration.normalRank.calibrated(scores(part.source, candidates)))
    }
    // A statement of taste tells as much as some works do.
    let events = Float(visitor.preferences.count) + (visitor.statement == nil ? 0 : 2)
    let weights = strategy.parts.map { $0.trust.weight(events: events) }
    func ranked(_ blend: Blend) -> Blended { Blended(sources: sources, blend: blend, order: blend.ranking) }
    switch strategy.kind {
    case .learned:
      if let blend = learned(sources, candidates) { return ranked(blend) }
      return ranked(Hybrid.weighted(sources, calibratedWith: weights))
    case .weighted: return ranked(Hybrid.weighted(sources, calibratedWith: weights))
    case .switching:
      return ranked(
        Hybrid.switching(
          sources,
          calibratedWith: strategy.parts.map {
            $0.source.isTrained ? .init(leastOfPerson: Int($0.trust.half), leastOfWork: 1) : .init()
          }, personEvents: visitor.events,
          workEvents: candidates.map { recommender.shelf.popularity.counts[Int($0)] }))
    case .cascade:
      let first = Hybrid.weighted(sources, calibratedWith: weights.indices.map { $0 == 0 ? 1 : 0 })
      let second = Hybrid.weighted(
        sources,
        calibratedWith: weights.indices.map { $0 == 0 && weights.count > 1 ? 0 : weights[$0] })
      return Blended(
        sources: sources, blend: second,
        order: Hybrid.cascade(first, then: second, retrieved: Recommender.nearestCount))
    }
  }

  /// The order of the head that was learnt for this strategy; nil where there is none.
  private func learned(_ sources: [SourceScores], _ candidates: [Int32]) -> Blend? {
    let features = strategy.rankingFeatures
    guard let head = recommender.models.heads[strategy.name], head.features.map(\.name) == features.names
    else { return nil }
    let counts = recommender.shelf.popularity.counts
    var contributions: [Float] = []
    contributions.reserveCapacity(candidates.count * (sources.count + 1))
    for (place, work) in candidates.enumerated() {
      let values = features.values(
        sources.map { $0.scores[place] }, personEvents: visitor.events, workEvents: counts[Int(work)])
      contributions += features.bySource(head.contributions(values))
    }
    return Blend(sources: sources.map(\.name) + ["unseen"], contributions: contributions)
  }
}
