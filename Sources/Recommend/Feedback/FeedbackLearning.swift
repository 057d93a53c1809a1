import Foundation

/// What lists that were shown teach about a strategy's sources: weights that adapt step by step, or an order that is learned.
///
/// What stands higher is looked at more, so what came of it says less of the work and more of its place: it counts by the inverse of the
/// chance that the place was looked at (Joachims, Swaminathan & Schnabel 2017, doi:10.1145/3018661.3018699), for which the discount of nDCG
/// stands in, `1/log₂(rank + 1)` (Järvelin & Kekäläinen 2002, doi:10.1145/582415.582418). It is a convention, too: to measure it, lists would have to be
/// shown in random order.
///
/// Pure: the same lists teach the same.
package struct FeedbackLearning: Sendable {
  /// From this rank on all ranks count alike, so that one strange event far down doesn't decide.
  package static let lastRank = 20
  /// How strongly a learned order is drawn to the strategy's own weights, as if by so many lists.
  package static let ridge = 10.0

  package let strategy: Strategy

  package init(_ strategy: Strategy) { self.strategy = strategy }

  /// The chance that a place is looked at, against that of the first: 1 … 0.23.
  package static func propensity(rank: Int) -> Float { 1 / log2(Float(min(lastRank, max(1, rank))) + 1) }

  // MARK: An order that is learned

  /// What a head for this strategy weighs, each beginning with what the strategy says: for those who are known the weight that a source
  /// comes to in the end, for those who are new the one that it begins with.
  package var features: [RankingHead.Feature] {
    let known = strategy.parts.flatMap { part -> [RankingHead.Feature] in
      let name = part.source.rawValue
      let weight = Double(min(10, part.trust.weight))
      let (late, early) =
        switch part.trust.course {
        case .steady: (weight, weight)
        case .grows: (weight, 0)
        case .fades: (0, weight)
        }
      return [RankingHead.Feature("\(name), known", prior: late), .init("\(name), new", prior: early)]
    }
    return known + [RankingHead.Feature("unseen", prior: 0, range: -3...3)]
  }

  /// Lists as a head learns from them; those of which nothing came teach nothing.
  package func examples(_ lists: [ShownList]) -> RankingExamples {
    let seen = strategy.rankingFeatures
    var examples = RankingExamples(names: seen.names)
    for list in lists where Set(list.works.map(\.outcome.worth)).count > 1 {
      examples.append(
        features: list.works.map { work in
          seen.values(
            strategy.parts.map { part in work.said[part.source].flatMap { $0.isFinite ? $0 : nil } },
            personEvents: list.personEvents, workEvents: work.events)
        }, outcomes: list.works.map(\.outcome.worth),
        weights: list.works.map { 1 / Self.propensity(rank: $0.rank) })
    }
    return examples
  }

  /// The order that lists teach; nil where they teach nothing.
  package func head(_ lists: [ShownList]) -> RankingHead? {
    let examples = examples(lists)
    guard !examples.groups.isEmpty else { return nil }
    return RankingHead.fit(examples, features: features, ridge: Self.ridge)
  }

  // MARK: Weights that adapt

  /// What a list teaches weights: a step for each work that something came of.
  ///
  /// What a source said counts against what it said of the list's other works: all that is shown was praised by the sources that weigh
  /// most, and they are not to gain by that alone.
  ///
  /// - Parameter weights: of this strategy; works that have taught them already teach nothing more.
  /// - Returns: the new steps, to be kept: their ids are `list:work`.
  @discardableResult
  package func teach(_ weights: inout AdaptiveWeights, _ list: ShownList) -> [AdaptiveWeights.Adjustment] {
    let means = strategy.parts.reduce(into: [Source: Float]()) { means, part in
      let said = list.works.compactMap { $0.said[part.source] }.filter(\.isFinite)
      if !said.isEmpty { means[part.source] = said.reduce(0, +) / Float(said.count) }
    }
    return list.works.compactMap { work in
      guard work.outcome.worth != 0 else { return nil }
      let scores = means.reduce(into: [String: Float]()) { scores, mean in
        if let said = work.said[mean.key], said.isFinite { scores[mean.key.rawValue] = said - mean.value }
      }
      // At most 1, for the last rank.
      let reward =
        work.outcome.worth * Self.propensity(rank: Self.lastRank) / Self.propensity(rank: work.rank)
      return weights.learn(
        id: "\(list.number):\(work.number)", at: list.time, reward: Double(min(1, max(-1, reward))),
        scores: scores)
    }
  }
}
