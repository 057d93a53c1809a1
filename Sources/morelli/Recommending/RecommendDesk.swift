import Catalog
import Foundation
import Model
import Recommend
import Search
import Synchronization
import SystemPackage

/// Makes lists of recommendations from a home, and has models learn: what the daemon and the commands use alike.
///
/// Any thread may call anything.
final class RecommendDesk: Sendable {
  /// What is trending is looked at again after so many seconds.
  private static let trendsLast = 60.0
  /// Statements whose vectors are kept.
  private static let keptStatements = 10_000

  let catalog: Catalog
  let folder: ModelFolder
  let settings: @Sendable () -> Settings
  private let search: @Sendable () throws -> SimilaritySearch
  /// The text block of some words; nil where there is no model for it.
  private let vector: @Sendable (String) throws -> [Float]?
  private let note: @Sendable (String) -> Void
  /// Lists that are shown and not yet kept.
  let shown: ShownJournal
  let state = Mutex(State())
  private let making = Mutex<Void>(())
  /// Held while models learn.
  let training = Mutex<Void>(())

  struct State {
    var basis: Basis?
    var offer: Offer?
    var madeAt = 0.0
    var lists = ListCache()
    /// The text blocks of statements of taste.
    var statements: [String: [Float]?] = [:]
    var bandit: (bandit: StrategyBandit, names: [String], madeAt: Double)?
  }

  /// All that lists are made from, as it was at one moment: whoever makes a list makes it of one offer.
  struct Offer: Sendable {
    let recommender: Recommender
    let entries: ShelfMaker.Entries
    /// By name, strategies whose weights follow feedback.
    let adapted: [String: Strategy]
    /// Of the models; nil where nothing was learnt.
    let generation: Int?
    /// Grows with each: lists of another are out of date.
    let number: Int
  }

  /// What an offer was made from.
  struct Basis: Equatable {
    /// Of the entries and the signatures.
    let mark: String
    let manifest: ModelFolder.Manifest?
    let settings: RecommendSettings
    let weights: [String: Double]
    let lastEvent: Int64
  }

  init(
    _ home: Home, _ catalog: Catalog, settings: @escaping @Sendable () -> Settings,
    search: @escaping @Sendable () throws -> SimilaritySearch,
    vector: @escaping @Sendable (String) throws -> [Float]?, note: @escaping @Sendable (String) -> Void
  ) {
    self.catalog = catalog
    folder = ModelFolder(home)
    shown = ShownJournal(catalog)
    self.settings = settings
    self.search = search
    self.vector = vector
    self.note = note
  }

  /// What there is to recommend, as it was when it was last looked at.
  func offer() throws -> Offer {
    if let known = state.withLock({ $0.offer }) { return known }
    return try renew()
  }

  /// Whether anything was asked for yet, or made ready.
  var isReady: Bool { state.withLock { $0.offer != nil } }

  /// What there is to recommend, as it is now.
  @discardableResult
  func renew() throws -> Offer {
    try making.withLock { _ in
      let settings = settings()
      let basis = Basis(
        mark: try catalog.entriesMark() + " \(try catalog.changeNumber())",
        manifest: try usable(folder.manifest()), settings: settings.recommend, weights: settings.weights,
        lastEvent: try catalog.lastEvent())
      let now = Date().timeIntervalSince1970
      let (known, entries, models) = state.withLock { state in
        let isSame = state.basis.map { Self.isEnough($0, basis, now - state.madeAt) } ?? false
        return (
          isSame ? state.offer : nil, state.basis?.mark == basis.mark ? state.offer?.entries : nil,
          state.basis?.manifest == basis.manifest ? state.offer?.recommender.models : nil
        )
      }
      if let known { return known }
      let maker = ShelfMaker(catalog: catalog)
      let made = try entries ?? maker.entries()
      let learnt =
        models ?? basis.manifest.map { folder.models($0, tell: note) }?.indexed(threads: 1) ?? .none
      let shelf = try ShelfMaker.shelf(
        made, search(), BlockWeights(named: settings.weights), maker.fame(made, basis.manifest, now: now))
      let adapted = try self.adapted(settings.recommend, popularity: shelf.popularity.counts)
      return state.withLock { state in
        let offer = Offer(
          recommender: Recommender(shelf, learnt, halfLife: settings.recommend.halfLife), entries: made,
          adapted: adapted, generation: basis.manifest?.generation, number: (state.offer?.number ?? 0) + 1)
        state.offer = offer
        state.basis = basis
        state.madeAt = now
        state.lists = ListCache()
        state.statements = [:]
        return offer
      }
    }
  }

  /// Whether a shelf of `old` does for `new`: events alone change only what is trending, which may wait.
  private static func isEnough(_ old: Basis, _ new: Basis, _ age: Double) -> Bool {
    old.mark == new.mark && old.manifest == new.manifest && old.settings == new.settings
      && old.weights == new.weights && (old.lastEvent == new.lastEvent || age < trendsLast)
  }

  /// What was learnt before somebody was forgotten is not used.
  func usable(_ manifest: ModelFolder.Manifest?) throws -> ModelFolder.Manifest? {
    let forgettings = try catalog.forgettings()
    return manifest.flatMap { $0.forgettings == forgettings ? $0 : nil }
  }

  /// The text block of a statement of taste; nil where there is no model for it.
  func statementVector(_ words: String) throws -> [Float]? {
    if let known = state.withLock({ $0.statements[words] }) { return known }
    let made = try vector(words)
    state.withLock { state in
      if state.statements.count >= Self.keptStatements { state.statements = [:] }
      state.statements[words] = .some(made)
    }
    return made
  }

  /// Removes every trace of a person, of what was learnt with them, too.
  ///
  /// - Returns: false where nobody is known by that id.
  func forget(_ id: String) throws -> Bool {
    guard try catalog.forget(person: id) else { return false }
    try folder.clear()
    try renew()
    return true
  }
}
