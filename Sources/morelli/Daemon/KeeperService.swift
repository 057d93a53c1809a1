import Catalog
import Foundation
import Ingest
import Model
import Platform
import ServiceLifecycle
import Synchronization
import SystemPackage
import Watch

/// Keeps the catalogue equal to the watched folders, until the daemon is shut down.
final class KeeperService: Service, Sendable {
  private let collection: OpenCollection
  private let roots: [FilePath]
  private let journal: DaemonJournal
  private let overrides: WatchOverrides
  private let onChange: @Sendable (_ isIdle: Bool) -> Void
  private let isStopped = Atomic<Bool>(false)
  private let isReloading = Atomic<Bool>(false)
  private let watcher = Mutex<FolderWatcher?>(nil)
  private let queue = Mutex(DaemonState.Queue())
  private let asked = Mutex<[FilePath]>([])

  /// - Parameter onChange: called whenever the catalogue has changed, and when nothing more is to be done.
  init(
    _ collection: OpenCollection, roots: [FilePath], _ overrides: WatchOverrides, _ journal: DaemonJournal,
    onChange: @escaping @Sendable (_ isIdle: Bool) -> Void
  ) {
    self.collection = collection
    self.roots = roots
    self.overrides = overrides
    self.journal = journal
    self.onChange = onChange
  }

  /// What waits, as it was a moment ago.
  var waiting: DaemonState.Queue { queue.withLock { $0 } }

  /// Looks at these files or folders again.
  func look(_ paths: [FilePath]) {
    asked.withLock { $0 += paths }
    wake()
  }

  /// Begins anew with the settings of the collection as they are now.
  func reload() {
    isReloading.store(true, ordering: .relaxed)
    wake()
  }

  func run() async throws {
    try await withGracefulShutdownHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let thread = Thread { [self] in continuation.resume(with: Result { try keep() }) }
        thread.name = "keeper"
        thread.start()
      }
    } onGracefulShutdown: { [self] in
      isStopped.store(true, ordering: .relaxed)
      wake()
    }
  }

  private func wake() { watcher.withLock { $0 }?.wake() }

  private func keep() throws {
    while !isStopped.load(ordering: .relaxed) {
      isReloading.store(false, ordering: .relaxed)
      let settings = collection.settings
      let source = try FolderWatcher(roots, options: watchOptions(settings))
      watcher.withLock { $0 = source }
      let keeper = CollectionKeeper(
        collection.catalog, program: WorkerCommand.program, options: options(settings, source),
        source: source,
        wake: { source.wake() }, tell: { [self] in take($0) })
      try keeper.run { [self] in
        keeper.ask(
          asked.withLock { asked in
            defer { asked = [] }
            return asked
          })
        let state = keeper.poolState
        queue.withLock {
          $0 = .init(
            waiting: state.waiting, measuring: state.underWay, measured: state.ready, oldestSeconds: state.age
          )
        }
        return isStopped.load(ordering: .relaxed) || isReloading.load(ordering: .relaxed)
      }
    }
  }

  private func take(_ event: KeeperEvent) {
    journal.take(event)
    switch event {
    case .stored, .settled, .imported, .forgotten: onChange(false)
    case .idle: onChange(true)
    default: break
    }
  }

  private func watchOptions(_ settings: Settings) throws -> WatchOptions {
    var options = WatchOptions()
    options.settle = .milliseconds(settings.watch.settleMilliseconds)
    options.polling =
      switch settings.watch.polling {
      case .automatic: .automatic
      case .always: .always
      case .never: .never
      }
    options.pollInterval = .seconds(settings.watch.pollSeconds)
    options.ignore = IgnorePatterns(IgnorePatterns.standardLines + settings.watch.ignored)
    options.includesHidden = overrides.includesHidden || settings.includesHidden
    options.excluded = [collection.home.path]
    options.populated = try roots.filter { root in
      try collection.catalog.knownFiles(below: root).contains { !$0.value.isMissing }
    }
    return options
  }

  private func options(_ settings: Settings, _ source: FolderWatcher) -> KeeperOptions {
    var ingest = IngestOptions(jobs: overrides.jobs ?? settings.effectiveJobs)
    ingest.worker = settings.workerSettings
    ingest.includesHidden = overrides.includesHidden || settings.includesHidden
    ingest.excluded = [collection.home.path]
    ingest.catalogueName = "catalog.csv"
    ingest.walk = { source.scan($0) }
    var options = KeeperOptions(source.roots, ingest: ingest)
    options.settle = .milliseconds(settings.watch.settleMilliseconds)
    options.comparesEvery = .seconds(60 * settings.watch.compareMinutes)
    options.forgetsAfter = settings.watch.forgetDays == 0 ? nil : .seconds(86_400 * settings.watch.forgetDays)
    return options
  }
}

/// What the command line says of watching, whatever the settings say.
struct WatchOverrides: Sendable {
  var jobs: Int?
  var includesHidden = false
}
