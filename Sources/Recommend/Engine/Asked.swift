import Foundation
import Model

/// One question to a recommender, with what is worked out for it once.
struct Asked {
  let recommender: Recommender
  let visitor: Visitor
  let strategy: Strategy
  let terms: Recommender.Terms
  private let history: History
  private let scorer: TasteScorer?
  private let attributes: AttributeProfile?
  private let trained: [Source: [Float]]
  private let rules: WorkRules

  private var shelf: Shelf { recommender.shelf }

  init(_ recommender: Recommender, _ visitor: Visitor, _ strategy: Strategy, _ terms: Recommender.Terms) {
    self.recommender = recommender
    self.visitor = visitor
    self.strategy = strategy
    self.terms = terms
    let shelf = recommender.shelf
    let history = History(visitor.preferences, at: terms.now, halfLife: recommender.halfLife)
    self.history = history
    let sources = Set(strategy.parts.map(\.source))
    if sources.contains(.content) || strategy.composer.serendipity > 0 {
      var settings = TasteProfile.Settings()
      settings.halfLife = recommender.halfLife
      var profile = TasteProfile(
        visitor.preferences, layout: shelf.layout, weights: shelf.weights, settings: settings,
        signature: shelf.signature)
      profile.statement = visitor.statement
      scorer = profile.isEmpty ? nil : TasteScorer(profile)
    } else {
      scorer = nil
    }
    let attributes = sources.contains(.attributes) ? AttributeProfile(history, table: shelf.attributes) : nil
    self.attributes = attributes.flatMap { $0.isEmpty ? nil : $0 }
    var trained: [Source: [Float]] = [:]
    var room = ScoringRoom()
    for source in sources where source.isTrained && !history.isEmpty {
      guard let model = recommender.models.scorers[source] else { continue }
      var scores: [Float] = []
      model.score(
        source == .people ? PreferenceRatings.scaled(history) : history, into: &scores, using: &room)
      trained[source] = scores
    }
    self.trained = trained
    var rules = WorkRules()
    rules.seen = strategy.leavesOutSeen ? visitor.seen : []
    rules.dismissed = visitor.dismissed
    rules.budget = visitor.budget
    rules.onlyAvailable = terms.onlyAvailable
    rules.filter = terms.filter
    self.rules = rules
  }

  private func isAllowed(_ work: Int32) -> Bool {
    guard let known = shelf.work(work), !known.isSold else { return false }
    return rules.refusal(work, known.facts) == nil
  }

  /// Rows, each once: what the sources would show. Where they have too few, what is popular, then what is new.
  func candidates() throws -> [Int32] {
    var found: [Int32] = []
    var taken: Set<Int32> = []
    func take(_ works: some Sequence<Int32>, most: Int = .max) {
      var count = 0
      for work in works where count < most {
        guard !taken.contains(work), isAllowed(work) else { continue }
        taken.insert(work)
        found.append(work)
        count += 1
      }
    }
    let sources = strategy.kind == .cascade ? [strategy.parts[0].source] : strategy.parts.map(\.source)
    for source in sources {
      switch source {
      case .content: try take(nearest())
      case .attributes: take(best(attributeScores()))
      case .popularity: take(shelf.byPopularity, most: Recommender.nearestCount / 2)
      case .trending: take(shelf.byRecent, most: Recommender.nearestCount / 2)
      case .items, .people, .als, .bpr, .ease: if let scores = trained[source] { take(best(scores)) }
      }
    }
    if found.count < terms.count { take(shelf.byPopularity, most: terms.count - found.count) }
    return found
  }

  /// Works near to each of the greatest tastes, and to the statement.
  private func nearest() throws -> [Int32] {
    guard let scorer else { return [] }
    var found: [Int32] = []
    for taste in scorer.tastes.prefix(Recommender.tasteCount) {
      found += try shelf.nearest(taste.vectors, Recommender.nearestCount)
    }
    if let said = visitor.statement, let text = shelf.layout.index(of: .text) {
      var blocks = [[Float]?](repeating: nil, count: shelf.layout.names.count)
      blocks[text] = said.vector
      found += try shelf.nearest(blocks, Recommender.nearestCount)
    }
    return found
  }

  private func attributeScores() -> [Float] {
    guard let attributes else { return [] }
    return (0..<Int32(shelf.works.count)).map { attributes.score($0) }
  }

  /// Of a source that scores all works: what is above nothing, best first.
  private func best(_ scores: [Float]) -> [Int32] {
    let refused = visitor.seen.union(visitor.dismissed).sorted()
    // Some are sold, or beyond the budget.
    return topWorks(scores, 2 * Recommender.nearestCount, excluding: refused).filter { scores[Int($0)] != 0 }
  }

  /// One a candidate; nil where the source can say nothing.
  func scores(_ source: Source, _ candidates: [Int32]) -> [Float?] {
    switch source {
    case .content: return contentScores(candidates)
    case .attributes:
      guard let attributes else { return candidates.map { _ in nil } }
      return candidates.map { attributes.score($0) }
    case .popularity: return candidates.map { log2(1 + Float(shelf.popularity.counts[Int($0)])) }
    case .trending: return candidates.map { log2(1 + Float(shelf.recent[Int($0)])) }
    case .items, .people, .als, .bpr, .ease:
      guard let scores = trained[source] else { return candidates.map { _ in nil } }
      // Of what nobody has had to do with a model has learnt nothing, whatever number stands there.
      return candidates.map { work in
        Int(work) < scores.count && shelf.popularity.counts[Int(work)] > 0 ? scores[Int(work)] : nil
      }
    }
  }

  private func contentScores(_ candidates: [Int32]) -> [Float?] {
    guard let scorer else { return candidates.map { _ in nil } }
    let dimension = shelf.layout.dimension
    var known: [Int] = []
    var signatures: [Float] = []
    signatures.reserveCapacity(candidates.count * dimension)
    for (place, work) in candidates.enumerated() {
      guard let signature = shelf.signature(work) else { continue }
      known.append(place)
      signatures += signature
    }
    var scores = [Float](repeating: 0, count: known.count)
    var out = scores.mutableSpan
    scorer.scores(signatures.span, into: &out)
    var all = [Float?](repeating: nil, count: candidates.count)
    for (place, score) in zip(known, scores) { all[place] = score }
    return all
  }

  /// 0…1: how far a work is from all that the visitor likes.
  func unexpectedness(_ work: Int32) -> Float {
    guard let scorer, let signature = shelf.signature(work) else { return 0 }
    return min(1, max(0, 1 - scorer.score(signature.span).nearest))
  }

  /// All sources' scores in one, and the candidates' places in order.
  func blend(_ sources: [SourceScores], _ candidates: [Int32]) -> (blend: Blend, order: [Int]) {
    // A statement of taste tells as much as some works do.
    let events = Float(visitor.preferences.count) + (visitor.statement == nil ? 0 : 2)
    let weights = strategy.parts.map { $0.trust.weight(events: events) }
    switch strategy.kind {
    case .weighted:
      let blend = Hybrid.weighted(sources, weights: weights)
      return (blend, blend.ranking)
    case .switching:
      let blend = Hybrid.switching(
        sources,
        conditions: strategy.parts.map {
          $0.source.isTrained ? .init(leastOfPerson: Int($0.trust.half), leastOfWork: 1) : .init()
        }, personEvents: visitor.events, workEvents: candidates.map { shelf.popularity.counts[Int($0)] })
      return (blend, blend.ranking)
    case .cascade:
      let first = Hybrid.weighted(
        sources, weights: weights.indices.map { $0 == 0 ? 1 : 0 })
      let second = Hybrid.weighted(
        sources, weights: weights.indices.map { $0 == 0 && weights.count > 1 ? 0 : weights[$0] })
      return (second, Hybrid.cascade(first, then: second, retrieved: Recommender.nearestCount))
    }
  }

  // MARK: Why

  /// What one source's part of a score comes from.
  func reason(_ source: Source, _ work: Int32, _ contribution: Float) -> RecommendationReasons.Source {
    let silent = RecommendationReasons.Source(contribution: max(0, contribution), parts: [], rest: 1)
    guard contribution > 0 else { return silent }
    switch source {
    case .content:
      guard let scorer, let signature = shelf.signature(work) else { return silent }
      return .content(
        contribution: contribution, score: scorer.score(signature.span),
        evidence: scorer.evidence(for: signature.span, signature: shelf.signature), layout: shelf.layout)
    case .attributes:
      guard let attributes else { return silent }
      return .attributes(contribution: contribution, attributes.contributions(work))
    case .popularity: return .whole(.popular, contribution: contribution)
    case .trending: return .whole(.trending, contribution: contribution)
    case .items, .people, .als, .bpr, .ease:
      guard let model = recommender.models.scorers[source], Int(work) < model.workCount else { return silent }
      let reasons = model.reasons(
        for: work, history: source == .people ? PreferenceRatings.scaled(history) : history)
      return .collaborative(
        contribution: contribution, works: reasons.works.map { ($0.row, $0.share) },
        people: reasons.people.map { ($0.row, $0.share) }, base: max(0, reasons.base))
    }
  }
}

/// Preferences as ratings, for models that learn from those.
enum PreferenceRatings {
  /// −1…1 becomes 1…5.
  static func rating(_ preference: Float) -> Float { 3 + 2 * min(1, max(-1, preference)) }

  static func scaled(_ history: History) -> History {
    History(works: history.works, strengths: history.strengths.map(rating))
  }
}
