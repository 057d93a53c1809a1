import Catalog
import Foundation
import Model
import Recommend
import Synchronization

// MARK: Lists

extension RecommendDesk {
  struct Request: Sendable {
    var count = 20
    /// nil is by the settings: the person's own.
    var strategy: String?
    var filter: String?
    var onlyAvailable = false
    var explains = true
    /// Nothing of it is kept.
    var isPreview = false
  }

  /// A list that was made.
  struct Made: Sendable {
    /// Under which it is kept; nil for a preview.
    var number: Int64?
    let strategy: String
    /// That spoke.
    let sources: [Source]
    let recommendations: [Recommendation]
    let shelf: Shelf
    /// Of the models; nil where nothing was learnt.
    let generation: Int?
    /// Events of the person then.
    let known: Int
    /// Seconds since 1970.
    let time: Double
  }

  /// A person's list; the same for a while, unless something happens.
  ///
  /// - Throws: `CommandFailure` for a strategy that there is none of, `FilterError`, `CatalogError`.
  func list(for person: Person, _ request: Request) throws -> Made {
    let offer = try offer()
    let now = Date().timeIntervalSince1970
    let chosen = try strategy(request.strategy, for: person.id, offer, at: now)
    let key = ListCache.Key(
      person: person.number, version: person.version, strategy: chosen.name, count: request.count,
      offer: offer.number, filter: request.filter ?? "", onlyAvailable: request.onlyAvailable,
      explains: request.explains)
    var made =
      try state.withLock { $0.lists[key, at: now] }
      ?? list(for: visitor(person, offer), by: chosen, request, offer, at: now)
    // What is shown again from memory is one showing.
    if made.number == nil, !request.isPreview { made.number = record(made, person: person.number) }
    state.withLock { $0.lists[key, at: now] = made }
    if request.isPreview { made.number = nil }
    return made
  }

  /// For somebody without a name, of whom some works are known.
  func list(forWorks works: [ArtworkID], _ request: Request) throws -> Made {
    let offer = try offer()
    let now = Date().timeIntervalSince1970
    let chosen = try strategy(request.strategy, for: "", offer, at: now)
    let visitor = Visitor(works: works.compactMap { offer.entries.rows[$0] }, at: now)
    var made = try list(for: visitor, by: chosen, request, offer, at: now)
    if !request.isPreview { made.number = record(made, person: nil) }
    return made
  }

  private func list(
    for visitor: Visitor, by strategy: Strategy, _ request: Request, _ offer: Offer, at now: Double
  ) throws -> Made {
    Made(
      strategy: strategy.name, sources: strategy.parts.map(\.source),
      recommendations: try offer.recommender.list(for: visitor, by: strategy, terms(request, offer, at: now)),
      shelf: offer.recommender.shelf, generation: offer.generation, known: visitor.events, time: now)
  }

  /// Rows of the works that many have to do with now, the most first.
  func trending(_ count: Int, filter: String?) throws -> (rows: [Int32], shelf: Shelf) {
    let offer = try offer()
    var request = Request()
    request.filter = filter
    let filter = try terms(request, offer, at: 0).filter
    return (offer.recommender.trending(count) { filter?($0) ?? true }, offer.recommender.shelf)
  }

  /// People of like taste, the most alike first, by their ids; none where nothing was learnt.
  func people(like person: Person, most: Int) throws -> [(id: String, similarity: Float)] {
    let offer = try offer()
    // Themselves are among them, and whoever was forgotten since.
    let found = try offer.recommender.similarPeople(
      to: visitor(person, offer), at: Date().timeIntervalSince1970, most: most + 1)
    return try Array(
      found.filter { $0.person != person.number }.compactMap { other in
        try catalog.personID(other.person).map { ($0, other.similarity) }
      }.prefix(most))
  }

  /// What is known of a person now.
  private func visitor(_ person: Person, _ offer: Offer) throws -> Visitor {
    let settings = settings().recommend
    let canonical = offer.entries.canonical
    func row(_ number: Int64) -> Int32? {
      number >= 1 && number <= canonical.count ? canonical[Int(number - 1)] : nil
    }
    var deeds: [Int32: [PreferenceRule.Deed]] = [:]
    for event in try catalog.events(ofPerson: person.number) {
      guard let row = row(event.work) else { continue }
      deeds[row, default: []].append(.init(event.kind, value: event.value, time: event.time))
    }
    let negatives = ImplicitNegatives()
    var ignored: [Int32: (strength: Float, time: Double)] = [:]
    for (number, shown) in try catalog.shownInVain(toPerson: person.number) {
      let strength = negatives.strength(shown: shown, wasClicked: false)
      if strength < 0, let row = row(number), let last = shown.max() { ignored[row] = (strength, last) }
    }
    var visitor = Visitor(deeds, rule: settings.rule, ignored: ignored)
    try visitor.take(person, statementVector)
    return visitor
  }

  private func strategy(_ name: String?, for person: String, _ offer: Offer, at now: Double) throws
    -> Strategy
  {
    let settings = settings().recommend
    let wanted =
      try name
      ?? (settings.explores ? explored(settings, at: now) : settings.assignment?.variant(of: person))
    guard let strategy = settings.strategy(named: wanted ?? settings.strategies[0].name) else {
      let known = settings.strategies.map(\.name).joined(separator: ", ")
      throw CommandFailure("there is no strategy '\(wanted?.prefix(80) ?? "")': \(known)")
    }
    return offer.adapted[strategy.name] ?? strategy
  }

  /// What lists have achieved counts for so long, in seconds, and is looked at again after so many.
  private static let rewardsLast = 28 * 86_400.0
  private static let banditLasts = 60.0

  /// Of the strategies with a share, one drawn by what each has achieved in the last weeks.
  private func explored(_ settings: RecommendSettings, at now: Double) throws -> String? {
    let names = settings.strategies.filter { $0.share > 0 }.map(\.name)
    guard names.count > 1 else { return names.first }
    let known = state.withLock { state in
      state.bandit.flatMap { now - $0.madeAt < Self.banditLasts && $0.names == names ? $0.bandit : nil }
    }
    var bandit = known ?? StrategyBandit(names)
    if known == nil {
      for list in try catalog.listRewards(since: now - Self.rewardsLast) where names.contains(list.strategy) {
        bandit.record(list.strategy, reward: list.isRewarded ? 1 : 0, at: list.time)
      }
      state.withLock { [bandit] in $0.bandit = (bandit, names, now) }
    }
    var random = SystemRandomNumberGenerator()
    return bandit.choose(at: now, using: &random)
  }

  private func terms(_ request: Request, _ offer: Offer, at now: Double) throws -> Recommender.Terms {
    var terms = Recommender.Terms(count: request.count, now: now)
    terms.onlyAvailable = request.onlyAvailable
    terms.explains = request.explains
    if let filter = request.filter {
      let passing = try catalog.artworks(passing: filter)
      let shelf = offer.recommender.shelf
      terms.filter = { row in shelf.work(row).map { passing.contains($0.id) } ?? false }
    }
    return terms
  }

  private func record(_ made: Made, person: Int64?) -> Int64 {
    // Numbers that JSON's readers can hold.
    let number = Int64.random(in: 1...(1 << 53))
    var list = Catalog.ShownList(
      number: number, person: person, strategy: made.strategy, time: made.time,
      works: made.recommendations.map { Int64($0.work) + 1 })
    list.sources = made.sources.map(\.rawValue)
    list.said = made.recommendations.map { work in made.sources.map { work.said[$0] ?? .nan } }
    list.known = made.known
    shown.add(list)
    return number
  }
}

extension Visitor {
  /// Takes in what a person says of themselves.
  ///
  /// - Parameter vector: the text block of some words; nil where there is no model for it.
  mutating func take(_ person: Person, _ vector: (String) throws -> [Float]?) rethrows {
    if let said = person.statement, let vector = try vector(said) {
      statement = .init(vector: vector, weight: 1)
    }
    if let most = person.budget {
      budget = .init(most: most, currency: person.attributes["currency"], takesUnpriced: false)
    }
  }
}
