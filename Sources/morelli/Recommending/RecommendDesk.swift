import Catalog
import Foundation
import Model
import Platform
import Recommend
import Search
import Synchronization
import SystemPackage

/// Makes lists of recommendations from a home, and has models learn: what the daemon and the commands use alike.
///
/// Any thread may call anything.
final class RecommendDesk: Sendable {
  /// Lists that are kept, until what they were made from changes.
  private static let keptLists = 5_000
  /// What is trending is looked at again after so many seconds.
  private static let trendsLast = 60.0

  private let catalog: Catalog
  private let folder: ModelFolder
  private let settings: @Sendable () -> Settings
  private let search: @Sendable () throws -> SimilaritySearch
  /// The text block of some words; nil where there is no model for it.
  private let vector: @Sendable (String) throws -> [Float]?
  private let note: @Sendable (String) -> Void
  private let state = Mutex(State())
  private let making = Mutex<Void>(())
  private let training = Mutex<Void>(())

  private struct State {
    var mark = ""
    var entries: ShelfMaker.Entries?
    var manifest: ModelFolder.Manifest?
    var models = TrainedModels.none
    var recommender: Recommender?
    var madeAt = 0.0
    /// Grows with each shelf.
    var number = 0
    var lists: [ListKey: [Recommendation]] = [:]
  }

  private struct ListKey: Hashable {
    let person: Int64
    let version: Int64
    let strategy: String
    let count: Int
    let shelf: Int
    let filter: String
    let onlyAvailable: Bool
  }

  init(
    _ home: Home, _ catalog: Catalog, settings: @escaping @Sendable () -> Settings,
    search: @escaping @Sendable () throws -> SimilaritySearch,
    vector: @escaping @Sendable (String) throws -> [Float]?, note: @escaping @Sendable (String) -> Void
  ) {
    self.catalog = catalog
    folder = ModelFolder(path: home.path.appending("recommend"))
    self.settings = settings
    self.search = search
    self.vector = vector
    self.note = note
  }

  // MARK: What lists are made from

  /// What there is to recommend, as it is now.
  ///
  /// - Parameter isPatient: whether what is out of date only in what is trending, or in entries, is made anew.
  func recommender(isPatient: Bool = true) throws -> Recommender {
    if !isPatient, let known = state.withLock({ $0.recommender }) { return known }
    return try making.withLock { _ in
      let mark = try catalog.entriesMark() + " \(try catalog.changeNumber())"
      let manifest = try usable(folder.manifest())
      let now = Date().timeIntervalSince1970
      let (known, entries, models) = state.withLock { state in
        let isSame =
          state.mark == mark && state.manifest == manifest && now - state.madeAt < Self.trendsLast
        return (
          isSame ? state.recommender : nil, state.mark == mark ? state.entries : nil,
          state.manifest == manifest ? state.models : nil
        )
      }
      if let known { return known }
      let maker = ShelfMaker(catalog: catalog)
      let settings = settings()
      let made = try entries ?? maker.entries()
      let learnt = models ?? manifest.map { folder.models($0, tell: note) } ?? .none
      let shelf = try ShelfMaker.shelf(
        made, search(), BlockWeights(named: settings.weights), maker.fame(made, manifest, now: now))
      let recommender = Recommender(shelf, learnt, halfLife: settings.recommend.halfLife)
      state.withLock { state in
        state.mark = mark
        state.entries = made
        state.manifest = manifest
        state.models = learnt
        state.recommender = recommender
        state.madeAt = now
        state.number += 1
        state.lists = [:]
      }
      return recommender
    }
  }

  /// What was learnt before somebody was forgotten is not used.
  private func usable(_ manifest: ModelFolder.Manifest?) throws -> ModelFolder.Manifest? {
    let forgettings = try catalog.forgettings()
    return manifest.flatMap { $0.forgettings == forgettings ? $0 : nil }
  }

  /// The row of a work; nil where there is none.
  func row(of id: ArtworkID) -> Int32? { state.withLock { $0.entries?.rows[id] } }

  /// The number of the generation of models that is in use; nil where nothing was learnt.
  var generation: Int? { state.withLock { $0.manifest?.generation } }

  // MARK: Lists

  struct Request: Sendable {
    var count = 20
    /// nil is by the settings: the person's own.
    var strategy: String?
    var filter: String?
    var onlyAvailable = false
    var explains = true
  }

  struct Made: Sendable {
    let strategy: String
    let recommendations: [Recommendation]
    let shelf: Shelf
  }

  /// - Throws: `CommandFailure` for a strategy that there is none of, `FilterError`, `CatalogError`.
  func list(for person: Person, _ request: Request) throws -> Made {
    let recommender = try recommender(isPatient: false)
    let chosen = try strategy(request.strategy, for: person.id)
    let key = ListKey(
      person: person.number, version: person.version, strategy: chosen.name, count: request.count,
      shelf: state.withLock { $0.number }, filter: request.filter ?? "", onlyAvailable: request.onlyAvailable)
    if let known = state.withLock({ $0.lists[key] }) {
      return Made(strategy: chosen.name, recommendations: known, shelf: recommender.shelf)
    }
    let visitor = try visitor(person, recommender)
    let made = try recommender.list(for: visitor, by: chosen, terms(request, recommender))
    state.withLock { state in
      if state.lists.count >= Self.keptLists { state.lists = [:] }
      state.lists[key] = made
    }
    return Made(strategy: chosen.name, recommendations: made, shelf: recommender.shelf)
  }

  /// For somebody without a name, of whom some works are known.
  func list(forWorks works: [ArtworkID], _ request: Request) throws -> Made {
    let recommender = try recommender(isPatient: false)
    let chosen = try strategy(request.strategy, for: "")
    let visitor = Visitor(works: works.compactMap(row), at: Date().timeIntervalSince1970)
    return Made(
      strategy: chosen.name,
      recommendations: try recommender.list(for: visitor, by: chosen, terms(request, recommender)),
      shelf: recommender.shelf)
  }

  /// What is known of a person now.
  func visitor(_ person: Person, _ recommender: Recommender) throws -> Visitor {
    let settings = settings().recommend
    let canonical = state.withLock { $0.entries?.canonical ?? [] }
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
    if let said = person.statement, let vector = try vector(said) {
      visitor.statement = .init(vector: vector, weight: 1)
    }
    if let most = person.budget {
      visitor.budget = .init(most: most, currency: person.attributes["currency"], takesUnpriced: false)
    }
    return visitor
  }

  private func strategy(_ name: String?, for person: String) throws -> Strategy {
    let settings = settings().recommend
    let wanted =
      try name ?? (settings.explores ? explored(settings) : settings.assignment?.variant(of: person))
    guard let wanted else { return settings.strategies[0] }
    guard let strategy = settings.strategy(named: wanted) else {
      let known = settings.strategies.map(\.name).joined(separator: ", ")
      throw CommandFailure("there is no strategy '\(wanted)': \(known)")
    }
    return strategy
  }

  /// Of the strategies with a share, one drawn by what each has achieved in the last weeks.
  private func explored(_ settings: RecommendSettings) throws -> String? {
    let names = settings.strategies.filter { $0.share > 0 }.map(\.name)
    guard names.count > 1 else { return names.first }
    let now = Date().timeIntervalSince1970
    var bandit = StrategyBandit(names)
    for list in try catalog.listRewards(since: now - 28 * 86_400) where names.contains(list.strategy) {
      bandit.record(list.strategy, reward: list.isRewarded ? 1 : 0, at: list.time)
    }
    var random = SystemRandomNumberGenerator()
    return bandit.choose(at: now, using: &random)
  }

  private func terms(_ request: Request, _ recommender: Recommender) throws -> Recommender.Terms {
    var terms = Recommender.Terms(count: request.count, now: Date().timeIntervalSince1970)
    terms.onlyAvailable = request.onlyAvailable
    terms.explains = request.explains
    if let filter = request.filter {
      let passing = try catalog.artworks(passing: filter)
      let shelf = recommender.shelf
      terms.filter = { row in shelf.work(row).map { passing.contains($0.id) } ?? false }
    }
    return terms
  }

  // MARK: Learning

  /// Whether enough is new that models should learn again.
  func isTrainingDue() throws -> Bool {
    let (last, count) = try catalog.eventState()
    guard count > 0 else { return false }
    guard let manifest = try usable(folder.manifest()) else { return true }
    let isComplete = settings().recommend.trainedSources.allSatisfy { manifest.files[$0.rawValue] != nil }
    let new =
      last == manifest.lastEvent ? 0 : abs(count - manifest.events) + (count == manifest.events ? 1 : 0)
    let worth = max(1, manifest.events * settings().recommend.trainedAfterPercent / 100)
    return new >= worth || (!isComplete && new > 0)
  }

  /// Learns from all events, and takes what was learnt into use.
  ///
  /// - Throws: `CommandFailure` where it was stopped, or where another training is under way.
  @discardableResult
  func train(
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws -> ModelFolder.Manifest {
    try training.withLock { _ in
      let start = ContinuousClock.now
      let settings = settings().recommend
      let forgettings = try catalog.forgettings()
      let entries = try ShelfMaker(catalog: catalog).entries()
      let table = try EventTable(catalog, canonical: entries.canonical)
      let rule = settings.rule
      var people: [(number: Int64, preferences: [WorkPreference])] = []
      var popularity = [Int](repeating: 0, count: entries.works.count)
      table.forEachPerson { number, deeds in
        let preferences = rule.preferences(deeds)
        guard !preferences.isEmpty else { return }
        people.append((number, preferences))
        for preference in preferences where preference.value > 0 { popularity[Int(preference.work)] += 1 }
      }
      var options = Training.Options(sources: settings.trainedSources)
      options.threads = settings.threads == 0 ? Terminal.processors : settings.threads
      let models: TrainedModels
      do {
        models = try Training.train(
          people, workCount: entries.works.count, options: options,
          watch: TrainingWatch(progress: progress, isStopped: isStopped))
      } catch let error as RecommendError {
        throw CommandFailure("nothing was learnt: \(error)")
      }
      let manifest = try folder.keep(
        models,
        ModelFolder.Manifest(
          generation: (folder.manifest()?.generation ?? 0) + 1, lastEvent: table.last, events: table.count,
          forgettings: forgettings, files: [:], popularity: popularity, people: people.count,
          peopleNumbers: models.people, trainedAt: Date().timeIntervalSince1970,
          seconds: (ContinuousClock.now - start) / .seconds(1)))
      HeapMemory.giveBack()
      _ = try recommender()
      return manifest
    }
  }
}
