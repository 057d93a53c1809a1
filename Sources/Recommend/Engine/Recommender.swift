import Foundation
import Kernels

/// Makes lists: retrieves candidates from each source of a strategy, scores them by all, blends, and composes.
package struct Recommender: Sendable {
  /// Candidates that each source gives.
  private static let retrieved = 200
  /// Works near to each taste.
  private static let near = 60
  /// Tastes of a person that are each looked for.
  private static let tastes = 3
  /// The best candidates, of which a list is composed.
  private static let composed = 300
  /// Works of a person's history that a list is made of: one person in twenty has had to do with more, where the mean is a hundred.
  static let remembered = 150

  package let shelf: Shelf
  package let models: TrainedModels
  /// Seconds after which a preference counts half.
  package let halfLife: Double
  let rooms = RoomPool()

  package init(_ shelf: Shelf, _ models: TrainedModels, halfLife: Double) {
    self.shelf = shelf
    self.models = models
    self.halfLife = halfLife
  }

  /// What is asked for besides the strategy.
  package struct Terms: Sendable {
    /// 1 or more.
    package var count = 20
    /// Seconds since 1970.
    package var now: Double
    /// Works that may be in the list; nil lets all.
    package var filter: (@Sendable (Int32) -> Bool)?
    package var onlyAvailable = false
    /// Whether reasons are given.
    package var explains = true

    package init(count: Int = 20, now: Double) {
      self.count = count
      self.now = now
    }
  }

  /// A person's list.
  ///
  /// - Throws: what asking the index throws.
  package func list(
    for visitor: Visitor, by strategy: Strategy, _ terms: Terms
  ) throws -> [Recommendation] {
    let asked = try Asked(self, visitor, strategy, terms)
    let candidates = asked.candidates()
    guard !candidates.isEmpty else { return [] }
    let blended = asked.blended(candidates)
    let best = Array(blended.order.prefix(max(Self.composed, terms.count)))
    let chosen = compose(best, candidates, blended.blend, strategy, asked, terms)
    let works = chosen.map { candidates[$0] }
    let contributions = chosen.map { blended.blend.contributions(of: $0) }
    let reasons =
      terms.explains
      ? strategy.parts.indices.map { part in
        asked.reasons(strategy.parts[part].source, works, contributions.map { $0[part] })
      } : []
    return chosen.indices.map { n in
      let parts = Dictionary(
        uniqueKeysWithValues: zip(strategy.parts.map(\.source), contributions[n]))
      let said = zip(strategy.parts, blended.sources).reduce(into: [Source: Float]()) {
        $0[$1.0.source] = $1.1.scores[chosen[n]]
      }
      let newness = contributions[n].dropFirst(strategy.parts.count).reduce(0, +)
      // What is there only because it is new has no reason in words, but it is part of the whole.
      let unsaid = newness > 0 && terms.explains
      return Recommendation(
        work: works[n], score: blended.blend.score(chosen[n]), contributions: parts, newness: newness,
        said: said,
        reasons: RecommendationReasons(
          reasons.map { $0[n] }
            + (unsaid ? [RecommendationReasons.Source(contribution: newness, parts: [], rest: 1)] : [])))
    }
  }

  /// Places of candidates, in the order of the list.
  private func compose(
    _ best: [Int], _ candidates: [Int32], _ blend: Blend, _ strategy: Strategy, _ asked: Asked, _ terms: Terms
  ) -> [Int] {
    let composer = strategy.composer
    let composed = best.enumerated().map { n, place in
      let work = Int(candidates[place])
      return ListComposer.Candidate(
        score: blend.score(place), novelty: shelf.popularity.novelty(work),
        unexpectedness: composer.serendipity > 0 ? asked.unexpectedness(candidates[place]) : 0,
        correction: shelf.popularity.correction(work, power: composer.popularityPower))
    }
    var kinds: [(most: Int, label: (Shelf.Work?) -> String?)] = []
    if let most = strategy.mostPerArtist { kinds.append((most, { $0?.artist })) }
    if let most = strategy.mostPerStyle { kinds.append((most, { $0?.style })) }
    let quotas =
      kinds.isEmpty
      ? LabelQuotas()
      : LabelQuotas(
        most: kinds.map(\.most),
        labels: best.map { place in kinds.map { $0.label(shelf.work(candidates[place])) } })
    // Only those that are compared.
    var vectors = [[Float]??](repeating: nil, count: best.count)
    func vector(_ n: Int) -> [Float]? {
      if let known = vectors[n] { return known }
      let made = asked.signature(candidates[best[n]]).flatMap(shelf.unit(of:))
      vectors[n] = .some(made)
      return made
    }
    return composer.list(terms.count, of: composed, quotas: quotas) { a, b in
      guard let x = vector(a), let y = vector(b) else { return 0.5 }
      return min(1, max(0, (1 - dot(x.span, y.span)) / 2))
    }.map { best[$0] }
  }
}

extension Recommender {
  /// Works whose events are most like what most people of a person's kind have to do with, now.
  ///
  /// - Returns: rows, the most asked for first.
  package func trending(_ count: Int, filter: ((Int32) -> Bool)? = nil) -> [Int32] {
    Array(shelf.byRecent.lazy.filter { filter?($0) ?? true }.prefix(count))
  }

  /// People of like taste, the most alike first.
  ///
  /// - Returns: their numbers; empty where the source `people` isn't trained, or nothing is known of the visitor.
  package func similarPeople(to visitor: Visitor, at now: Double, most: Int) -> [(
    person: Int64, similarity: Float
  )] {
    guard let neighbours = models.scorers[.people] as? UserNeighbours else { return [] }
    let history = PreferenceRatings.scaled(History(visitor.preferences, at: now, halfLife: halfLife))
    return neighbours.similarPeople(history, most: most).compactMap { person, similarity in
      Int(person) < models.people.count ? (models.people[Int(person)], similarity) : nil
    }
  }

  static let nearestCount = retrieved
  static let nearCount = near
  /// Some are sold, or beyond the budget, so more are looked at than are taken.
  static let lookedAtCount = 2 * retrieved
  static let tasteCount = tastes
}
