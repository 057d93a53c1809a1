package import Catalog
import Features
import Foundation
import Platform
package import SystemPackage
import Watch

/// Keeps a catalogue equal to watched folders, for as long as it runs.
///
/// What it is told of the folders are hints only: every path is compared with the catalogue before anything is done, so that
/// hints may come twice, late or in any order; a start begins by comparing everything. What can't be stored is kept and
/// tried again; nothing that was noticed is forgotten before it is on disk.
///
/// One thread runs it; the worker processes have threads of their own.
package final class CollectionKeeper {
  /// After a failure of the catalogue it is tried again so soon.
  private static let pause: Duration = .seconds(2)
  /// So many results may wait to be stored.
  private static let unsavedLimit = 256
  /// How long it waits when there is nothing to do.
  private static let patience: Duration = .seconds(1)

  private let catalog: Catalog
  private let options: KeeperOptions
  private let source: any NoticeSource
  private let tell: (KeeperEvent) -> Void
  private let pool: MeasuringPool
  private let clock = ContinuousClock()

  // What was noticed and is not done yet.
  private var looks: Set<FilePath> = []
  private var folders: Set<FilePath> = []
  private var catalogues = CatalogueFileQueue()
  private var unsaved: [Outcome] = []
  private var retries = RetrySchedule()

  /// Of files that wait to be measured, as they were when they were found.
  private var sightings: [FilePath: FileSighting] = [:]
  /// Files without a block of the current methods.
  private var lacking: Set<FilePath> = []
  private var hasStored = false
  /// What was told of a file that can't be read, so that it is told once.
  private var told: [FilePath: Refusal] = [:]
  private var lost: Set<FilePath> = []
  private var pausedUntil: ContinuousClock.Instant?
  private var lastComparison: ContinuousClock.Instant?
  private var isBusy = true

  /// - Parameters:
  ///   - program: how to start a worker process.
  ///   - tell: told what happens, on the thread that runs the keeper.
  package init(
    _ catalog: Catalog, program: Worker.Program, options: KeeperOptions, source: any NoticeSource,
    wake: @escaping @Sendable () -> Void, tell: @escaping (KeeperEvent) -> Void
  ) {
    self.catalog = catalog
    self.options = options
    self.source = source
    self.tell = tell
    pool = MeasuringPool(
      program, settings: options.ingest.worker, width: options.ingest.jobs, isReady: wake)
  }

  /// Files that wait for a worker or are with one.
  package var poolState: MeasuringPool.State { pool.state }

  /// Looks at these files or folders again. From the thread that runs it.
  package func ask(_ paths: [FilePath]) {
    for path in paths { retries.forget(path) }
    looks.formUnion(paths)
  }

  /// Runs until it is stopped; what is under way then is finished and stored first.
  ///
  /// - Parameter isStopped: asked all the while.
  /// - Throws: `CatalogError` where the catalogue is damaged or can't be used at all; whatever the source throws.
  package func run(isStopped: () -> Bool) throws {
    while !isStopped() { try step() }
    for item in pool.stop(within: options.stopsWithin) { receive(item) }
    try? save()
  }

  /// Waits for something to happen, and does what there is to do.
  func step() throws {
    for notice in try source.next(within: wait()) { take(notice) }
    // While nothing can be stored, workers wait rather than memory grows.
    if unsaved.count < Self.unsavedLimit { for item in pool.take() { receive(item) } }
    if let until = pausedUntil, clock.now < until { return }
    do {
      try save()
      try schedule()
      try look()
      try catalogues.importFiles(
        into: catalog, isQuiet: pool.state.isIdle && unsaved.isEmpty, observe: source.observe, tell: tell)
      try finish()
      if pausedUntil != nil {
        pausedUntil = nil
        tell(.resumed)
      }
    } catch let error as CatalogError where ![.damaged, .tooNew].contains(error.code) {
      if pausedUntil == nil { tell(.paused(error)) }
      pausedUntil = clock.now.advanced(by: Self.pause)
    }
  }

  private func wait() -> Duration {
    if let until = pausedUntil { return min(Self.patience, max(.zero, until - clock.now)) }
    if !looks.isEmpty || !folders.isEmpty { return .zero }
    return Self.patience
  }

  private func take(_ notice: WatchNotice) {
    switch notice {
    case .look(let path): looks.insert(path)
    case .lookBelow(let path): folders.insert(path)
    case .rootLost(let root, let reason):
      lost.insert(root)
      tell(.rootLost(root, reason: reason.rawValue))
    case .rootBack(let root):
      lost.remove(root)
      folders.insert(root)
      tell(.rootBack(root))
    case .trouble(let trouble): tell(.trouble(trouble.description))
    }
  }

  private func receive(_ item: MeasuringPool.Item) {
    tell(.measured(seconds: item.seconds))
    let outcome = Outcome(item.path, item.result, seen: sightings.removeValue(forKey: item.path))
    switch outcome {
    case .vanished: looks.insert(item.path)
    case .measured: retries.forget(item.path)
    case .refused(let file): if file.refusal.policy == .retry { retries.postpone(item.path, at: clock.now) }
    }
    unsaved.append(outcome)
  }

  /// Stores what was measured, all in one transaction.
  private func save() throws {
    guard !unsaved.isEmpty else { return }
    let results = unsaved.compactMap { $0.result(options.ingest.worker.limitsKey, at: Date()) }
    if !results.isEmpty {
      let start = clock.now
      let stored = try catalog.store(results) { !FileSurvey.isGone($0) }.compactMap { $0 }
      hasStored = true
      if !stored.isEmpty { tell(.stored(stored, seconds: (clock.now - start) / .seconds(1))) }
    }
    for outcome in unsaved {
      switch outcome {
      case .measured(let file):
        lacking.remove(file.path)
        told[file.path] = nil
      case .refused(let file): tellOnce(file)
      case .vanished: break
      }
    }
    unsaved = []
  }

  private func tellOnce(_ file: RefusedFile) {
    if told[file.path] != file.refusal { tell(.refused(file)) }
    told[file.path] = file.refusal
  }

  /// What is due by the clock.
  private func schedule() throws {
    let now = clock.now
    looks.formUnion(retries.takeDue(at: now))
    if lastComparison.map({ now - $0 >= options.comparesEvery }) ?? true {
      // At the start the source tells of every root by itself.
      if lastComparison != nil { source.compareAll() }
      lastComparison = now
      let measured = VisualSchema(model: options.ingest.worker.model).measured
      lacking = try catalog.filesLackingBlocks(measured).union(catalog.filesLackingCopyDescriptor())
      if let limit = options.forgetsAfter {
        let forgotten = try catalog.forgetMissing(since: Date(timeIntervalSinceNow: -(limit / .seconds(1))))
        if !forgotten.isEmpty { tell(.forgotten(forgotten)) }
      }
    }
  }

  /// Compares what was noticed with the catalogue.
  private func look() throws {
    guard !looks.isEmpty || !folders.isEmpty else { return }
    isBusy = true
    var asked = folders
    for root in options.roots where asked.contains(root) && (lost.contains(root) || !isThere(root)) {
      asked.remove(root)
    }
    let start = clock.now
    var survey = FileSurvey(catalog, options: options.ingest, named: [], lackingBlocks: lacking)
    for folder in asked.sorted(by: Self.isBefore) where !isBelowAny(folder, asked) { try survey.add(folder) }
    let seconds = (clock.now - start) / .seconds(1)
    for path in looks.sorted(by: Self.isBefore) { try survey.add(path) }
    try apply(survey)
    for root in options.roots where asked.contains(root) { tell(.compared(root, seconds: seconds)) }
    looks = []
    folders = []
  }

  private func apply(_ survey: FileSurvey) throws {
    let found = try catalog.markFound(survey.found)
    let renamed = try catalog.rename(survey.renamed)
    let origins = Set(renamed.map(\.origin))
    // A root may have gone while it was walked.
    let unsound = options.roots.filter { !isThere($0) } + lost
    let missing = survey.missing.filter { path in
      !origins.contains(path) && !unsound.contains { path.isAt($0) }
    }
    let marked = try catalog.markMissing(missing)
    if marked + found + renamed.count > 0 {
      tell(.settled(missing: marked, found: found, renamed: renamed.count))
    }
    for path in missing { retries.forget(path) }
    try catalog.forgetRefused(survey.gone.filter { path in !unsound.contains { path.isAt($0) } })
    for path in survey.gone {
      told[path] = nil
      retries.forget(path)
    }
    for file in survey.refused where file.isNew {
      unsaved.append(.refused(file))
      retries.postpone(file.path, at: clock.now)
    }
    for (path, seen) in survey.catalogues { catalogues.push(path, seen: seen) }
    var survey = survey
    survey.measureInstead(Set(survey.renamed.map(\.path)).subtracting(renamed.map(\.path)))
    measure(survey)
  }

  private func measure(_ survey: FileSurvey) {
    let now = Date().timeIntervalSince1970
    let settle = options.settle / .seconds(1)
    var finished: [FilePath] = []
    for path in survey.toMeasure {
      // One that waits or is with a worker as it is now is not measured a second time.
      guard let seen = survey.sightings[path], sightings[path] != seen else { continue }
      // What was noticed by itself is finished; what was found in passing may be young. A time to come is none to rely on.
      let age = now - Double(max(seen.modified, seen.changed)) / 1e9
      if !looks.contains(path) && age < settle && age > -60 {
        source.observe(path)
      } else {
        sightings[path] = seen
        finished.append(path)
      }
    }
    // What is pushed last is measured first.
    pool.push(finished.reversed())
  }

  /// When nothing is under way any more.
  private func finish() throws {
    guard isBusy, looks.isEmpty, folders.isEmpty, catalogues.isEmpty, unsaved.isEmpty, pool.state.isIdle
    else {
      return
    }
    isBusy = false
    if hasStored, lacking.isEmpty {
      _ = try catalog.takeIntoUse(
        VisualSchema(model: options.ingest.worker.model).measured, evenIncomplete: false)
    }
    hasStored = false
    tell(.idle)
  }

  private func isThere(_ root: FilePath) -> Bool { (try? FileKind(at: root)) != nil }

  private func isBelowAny(_ path: FilePath, _ folders: Set<FilePath>) -> Bool {
    var parent = path
    while parent.removeLastComponent() {
      if folders.contains(parent) { return true }
    }
    return false
  }

  private static func isBefore(_ a: FilePath, _ b: FilePath) -> Bool {
    a.bytes.lexicographicallyPrecedes(b.bytes)
  }
}

extension FilePath {
  /// It is this folder or stands below it.
  fileprivate func isAt(_ folder: FilePath) -> Bool { self == folder || starts(with: folder) }
}
