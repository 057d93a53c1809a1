import Foundation
import Kernels
import Model

/// One question to a recommender, with what is worked out for it once.
struct Asked {
  let recommender: Recommender
  let visitor: Visitor
  let strategy: Strategy
  let terms: Recommender.Terms
  let signature: SignatureMemo
  let scorer: TasteScorer?
  let attributes: AttributeProfile?
  /// What is known of the visitor, as each source takes it.
  private let history: History
  private let ratings: History
  /// Of every work; empty where there is no such source.
  private let attributeScores: [Float]
  private let trained: [Source: TrainedScores]
  /// Rows near to what is liked, and to the statement; empty where nobody is asked for any.
  private let nearest: [Int32]
  private let rules: WorkRules
  /// Works that the visitor isn't shown for what they did with them: ascending.
  private let refused: [Int32]

  private var shelf: Shelf { recommender.shelf }

  /// - Throws: what asking the index throws.
  init(
    _ recommender: Recommender, _ visitor: Visitor, _ strategy: Strategy, _ terms: Recommender.Terms
  ) throws {
    self.recommender = recommender
    self.visitor = visitor
    self.strategy = strategy
    self.terms = terms
    let shelf = recommender.shelf
    let signature = SignatureMemo(shelf.signature)
    self.signature = signature
    let preferences = visitor.foremost(
      Recommender.remembered, at: terms.now, halfLife: recommender.halfLife)
    let history = History(preferences, at: terms.now, halfLife: recommender.halfLife)
    self.history = history
    let sources = Set(strategy.parts.map(\.source))
    ratings = sources.contains(.people) ? PreferenceRatings.scaled(history) : .empty
    let refused = visitor.seen.union(visitor.dismissed).sorted()
    self.refused = refused
    let ratings = self.ratings
    // What is seen of works, and what is said and done about them: neither needs the other.
    let (looks, rest) = together {
      let scorer =
        sources.contains(.content) || strategy.composer.serendipity > 0
        ? Self.scorer(of: preferences, visitor.statement, recommender, signature) : nil
      return (
        scorer: scorer,
        nearest: Result {
          strategy.retrieving.contains(.content)
            ? try Self.nearest(to: scorer, visitor.statement, shelf) : []
        }
      )
    } _: {
      let attributes =
        sources.contains(.attributes) ? AttributeProfile(history, table: shelf.attributes) : nil
      let trained = recommender.rooms.with { room in
        sources.filter { $0.isTrained && !history.isEmpty }.reduce(into: [Source: TrainedScores]()) {
          $0[$1] = TrainedScores(
            recommender.models, $1, $1 == .people ? ratings : history, refused,
            count: Recommender.lookedAtCount, using: &room)
        }
      }
      let telling = attributes.flatMap { $0.isEmpty ? nil : $0 }
      return (attributes: telling, scores: telling?.scores ?? [], trained: trained)
    }
    scorer = looks.scorer
    nearest = try looks.nearest.get()
    attributes = rest.attributes
    attributeScores = rest.scores
    trained = rest.trained
    var rules = WorkRules()
    rules.seen = strategy.leavesOutSeen ? visitor.seen : []
    rules.dismissed = visitor.dismissed
    rules.budget = visitor.budget
    rules.onlyAvailable = terms.onlyAvailable
    rules.filter = terms.filter
    self.rules = rules
  }

  /// Rows, each once: what the sources would show. Where they have too few, what is popular, then what is new.
  func candidates() -> [Int32] {
    var found: [Int32] = []
    // What was found already, or must not be.
    var isClosed = shelf.isClosed
    for work in rules.seen.union(rules.dismissed) where isClosed.indices.contains(Int(work)) {
      isClosed[Int(work)] = true
    }
    let needsFacts = rules.budget != nil || rules.onlyAvailable || rules.filter != nil
    func take(_ works: some Sequence<Int32>, most: Int = .max) {
      var count = 0
      for work in works where count < most {
        guard isClosed.indices.contains(Int(work)), !isClosed[Int(work)] else { continue }
        isClosed[Int(work)] = true
        if needsFacts {
          guard let known = shelf.work(work), rules.refusal(work, known.facts) == nil else { continue }
        }
        found.append(work)
        count += 1
      }
    }
    for source in strategy.retrieving {
      switch source {
      case .content: take(nearest)
      case .attributes: take(best(attributeScores), most: Recommender.nearestCount)
      case .popularity: take(shelf.byPopularity, most: Recommender.nearestCount / 2)
      case .trending: take(shelf.byRecent, most: Recommender.nearestCount / 2)
      case .items, .people, .als, .bpr, .ease:
        if let scores = trained[source] { take(scores.best, most: Recommender.nearestCount) }
      }
    }
    if found.count < terms.count { take(shelf.byPopularity, most: terms.count - found.count) }
    return found
  }

  private static func scorer(
    of preferences: [WorkPreference], _ statement: TasteProfile.Statement?, _ recommender: Recommender,
    _ signature: SignatureMemo
  ) -> TasteScorer? {
    var settings = TasteProfile.Settings()
    settings.halfLife = recommender.halfLife
    var profile = TasteProfile(
      preferences, layout: recommender.shelf.layout, weights: recommender.shelf.weights, settings: settings,
      signature: signature.callAsFunction)
    profile.statement = statement
    return profile.isEmpty ? nil : TasteScorer(profile)
  }

  /// Works near to each of the greatest tastes, and to the statement.
  private static func nearest(
    to scorer: TasteScorer?, _ statement: TasteProfile.Statement?, _ shelf: Shelf
  ) throws -> [Int32] {
    guard let scorer else { return [] }
    var found: [Int32] = []
    for taste in scorer.tastes.prefix(Recommender.tasteCount) {
      found += try shelf.nearest(taste.vectors, Recommender.nearCount)
    }
    if let said = statement, let text = shelf.layout.index(of: .text) {
      var blocks = [[Float]?](repeating: nil, count: shelf.layout.names.count)
      blocks[text] = said.vector
      found += try shelf.nearest(blocks, Recommender.nearCount)
    }
    return found
  }

  /// Of a source that scores all works: what is above nothing, best first.
  private func best(_ scores: [Float]) -> [Int32] {
    topWorks(scores, Recommender.lookedAtCount, excluding: refused).filter { scores[Int($0)] != 0 }
  }

  /// One a candidate; nil where the source can say nothing.
  func scores(_ source: Source, _ candidates: [Int32]) -> [Float?] {
    switch source {
    case .content: return contentScores(candidates)
    case .attributes:
      guard attributes != nil else { return candidates.map { _ in nil } }
      return candidates.map { Int($0) < attributeScores.count ? attributeScores[Int($0)] : 0 }
    case .popularity: return candidates.map { log2(1 + Float(shelf.popularity.counts[Int($0)])) }
    case .trending: return candidates.map { log2(1 + Float(shelf.recent[Int($0)])) }
    case .items, .people, .als, .bpr, .ease:
      guard let scores = trained[source] else { return candidates.map { _ in nil } }
      // Of what nobody has had to do with a model has learnt nothing, whatever number stands there.
      let known = candidates.map { Int($0) < scores.workCount && shelf.popularity.counts[Int($0)] > 0 }
      return scores.scores(of: candidates, where: known)
    }
  }

  private func contentScores(_ candidates: [Int32]) -> [Float?] {
    guard let scorer else { return candidates.map { _ in nil } }
    let shelf = shelf
    func scores(_ works: ArraySlice<Int32>) -> [Float?] {
      var room: [Float] = []
      // Not through the memo: that would hold megabytes for the few that are looked at again.
      return works.map { work in shelf.signature(work).map { scorer.brief($0.span, using: &room).score } }
    }
    let half = candidates.count / 2
    let (first, second) = together {
      scores(candidates[..<half])
    } _: {
      scores(candidates[half...])
    }
    return first + second
  }

  /// 0…1: how far a work is from all that the visitor likes.
  func unexpectedness(_ work: Int32) -> Float {
    guard let scorer, let signature = signature(work) else { return 0 }
    var room: [Float] = []
    return min(1, max(0, 1 - scorer.brief(signature.span, using: &room).nearest))
  }

  // MARK: Why

  /// What one source's part of each work's score comes from.
  ///
  /// - Parameters:
  ///   - works: rows.
  ///   - contributions: as many: what the source adds to each score.
  func reasons(
    _ source: Source, _ works: [Int32], _ contributions: [Float]
  ) -> [RecommendationReasons.Source] {
    var all = contributions.map { RecommendationReasons.Source(contribution: max(0, $0), parts: [], rest: 1) }
    let places = works.indices.filter { contributions[$0] > 0 }
    guard !places.isEmpty else { return all }
    switch source {
    case .content:
      guard let scorer else { return all }
      let evidence = TasteEvidence(scorer)
      for place in places {
        guard let vector = signature(works[place]) else { continue }
        let why = evidence.evidence(for: vector.span, signature: signature.callAsFunction)
        all[place] = .content(
          contribution: contributions[place], score: why.score, evidence: why.evidence, layout: shelf.layout)
      }
    case .attributes:
      guard let attributes else { return all }
      for place in places {
        all[place] = .attributes(
          contribution: contributions[place], attributes.contributions(works[place]))
      }
    case .popularity:
      for place in places { all[place] = .whole(.popular, contribution: contributions[place]) }
    case .trending:
      for place in places { all[place] = .whole(.trending, contribution: contributions[place]) }
    case .items, .people, .als, .bpr, .ease:
      guard let model = recommender.models.scorers[source] else { return all }
      let known = places.filter { Int(works[$0]) < model.workCount }
      let reasons = model.reasons(
        for: known.map { works[$0] }, history: source == .people ? ratings : history)
      for (place, reasons) in zip(known, reasons) {
        all[place] = .collaborative(
          contribution: contributions[place], works: reasons.works.map { ($0.row, $0.share) },
          people: reasons.people.map { ($0.row, $0.share) }, base: max(0, reasons.base))
      }
    }
    return all
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
