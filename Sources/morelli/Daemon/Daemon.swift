import Catalog
import Foundation
import Logging
import Metrics
import Platform
import Server
import ServiceLifecycle
import SystemPackage
import Telemetry
import UnixSignals

/// All that runs while `morelli watch` does: the folders' keeper, the server, and what is done beside.
struct Daemon {
  /// A stop may take so long: what is being measured is finished first.
  private static let stopsWithin: Duration = .seconds(30)

  /// Another process may keep the catalogue locked for so many seconds before it is told; it is waited for all the same.
  private static let patience = 5.0

  let home: Home
  let roots: [FilePath]
  let overrides: WatchOverrides
  /// Where to answer over the network, instead of what the settings say.
  let listen: ServerSettings.Address?

  /// Runs until it is told to stop.
  ///
  /// - Throws: `CommandFailure` where another daemon has the home, or the home can't be used.
  func run() async throws {
    HeapMemory.shareHeaps()
    let catalog = try home.create(patience: Self.patience)
    let settings = try home.settingsFile.read()
    let lock = try lock()
    defer { lock.release() }
    let format = settings.watch.logFormat
    LoggingSystem.bootstrap { label in
      switch format {
      case .text: TextLogHandler(label: label)
      case .json: JSONLineLogHandler(label: label)
      }
    }
    let registry = PrometheusRegistry(.init(help: DaemonMetrics.help))
    MetricsSystem.bootstrap(registry)
    let logger = Logger(label: "morelli")
    let journal = DaemonJournal(logger, roots: roots.map(\.displayName))
    let collection = try OpenCollection(home, catalog, settings) { journal.trouble($0) }
    let notifier = ServiceNotifier()
    let upkeep = UpkeepService(collection, journal, notifier)
    let keeper = KeeperService(collection, roots: roots, overrides, journal) { upkeep.want(isIdle: $0) }
    let state: @Sendable () -> DaemonState = { journal.state(collection, queue: keeper.waiting) }
    DaemonMetrics.register(registry, state)
    let network = try network(settings, catalog)
    try emptySpool()
    let maps = MapService(collection, journal)
    let recommending = RecommendService(collection, journal)
    let lines = WaitingLines(processors: Terminal.processors)
    let api = API(
      collection: collection, keeper: keeper, upkeep: upkeep, registry: registry, state: state,
      events: EventBroadcaster(), workers: PictureWorkers(), pictures: PictureStore(),
      derivatives: DerivativeCache(home.thumbnails) { [collection] in collection.settings.server.cacheBytes },
      summaries: try CollectionSummaries(catalog), maps: maps, sessions: Sessions(),
      desk: recommending.desk,
      keys: CatalogKeyRing(catalog: catalog, isAlwaysRequired: network?.reach == .network))

    var services: [any Service] = [
      keeper, upkeep, maps, recommending, EventService(api: api),
      WatchdogService(notifier: notifier) { DaemonMetrics.sentence(state()) },
    ]
    if let network {
      let gate = Gate(
        network.reach, keys: api.keys, sessions: api.sessions,
        hosts: settings.server.hosts.map { $0.lowercased() },
        origins: settings.server.origins,
        limiter: settings.server.limiter(isOpen: network.reach == .network))
      services.insert(
        HTTPService(
          .network(host: network.host, ports: network.ports), gate, api.endpoints, lines: lines,
          spool: home.spool, logger: logger,
          isReady: { logger.notice("the page is at \($0)") }), at: 0)
    }
    if home.socket.bytes.count <= HTTPService.longestSocketPath {
      let gate = Gate(.owner, keys: api.keys, sessions: api.sessions)
      services.insert(
        HTTPService(
          .socket(home.socket), gate, api.endpoints + api.ownEndpoints, lines: lines, spool: home.spool,
          logger: logger,
          isReady: { _ in notifier.send(.ready) }), at: 0)
    } else {
      journal.trouble("\(home.socket): too long for a socket; commands open the home themselves")
      notifier.send(.ready)
    }
    logger.notice(
      "watching \(roots.map(\.displayName).joined(separator: ", "))",
      metadata: ["home": "\(home.path.displayName)"])
    var configuration = ServiceGroupConfiguration(
      services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm], logger: logger)
    configuration.maximumGracefulShutdownDuration = Self.stopsWithin
    let group = ServiceGroup(configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { await Self.obey(group, collection, keeper, journal, notifier) }
      tasks.addTask { try await group.run() }
      // The signals' task never ends by itself.
      for try await _ in tasks { break }
      tasks.cancelAll()
    }
    logger.notice("stopped")
  }

  /// What a daemon left there that was killed.
  private func emptySpool() throws {
    try? FileManager.default.removeItem(atPath: home.spool.string)
    try FileManager.default.createDirectory(
      atPath: home.spool.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  private struct Network {
    let host: String
    let ports: ClosedRange<Int>
    let reach: Gate.Reach
  }

  /// Where to answer over the network; nil for nowhere.
  ///
  /// - Throws: `CommandFailure` where others could ask and there is no key.
  private func network(_ settings: Settings, _ catalog: Catalog) throws -> Network? {
    guard case .network(let host, let ports)? = listen ?? ServerSettings.address(settings.server.listen)
    else { return nil }
    guard !["127.0.0.1", "::1", "localhost"].contains(host) else {
      return Network(host: host, ports: ports, reach: .loopback)
    }
    guard try catalog.hasKeys() else {
      throw CommandFailure(
        "\(host) can be reached from other machines, and there is no key yet: make one first, morelli key create NAME --scope read"
      )
    }
    return Network(host: host, ports: ports, reach: .network)
  }

  private func lock() throws -> FileLock {
    do {
      return try FileLock(home.daemonLock)
    } catch Errno.wouldBlock {
      let owner = FileLock.owner(of: home.daemonLock).map { " (process \($0))" } ?? ""
      throw CommandFailure("another morelli watch\(owner) has the home \(home.path.displayName)")
    } catch {
      throw CommandFailure("\(home.daemonLock): \(error)")
    }
  }

  /// Ctrl-C stops as SIGTERM does, a second one at once; SIGHUP reads the settings again.
  private static func obey(
    _ group: ServiceGroup, _ collection: OpenCollection, _ keeper: KeeperService, _ journal: DaemonJournal,
    _ notifier: ServiceNotifier
  ) async {
    var interruptions = 0
    for await signal in await UnixSignalsSequence(trapping: .sigint, .sighup) {
      if signal == .sigint {
        interruptions += 1
        // What is committed is safe at any moment.
        if interruptions > 1 { _exit(130) }
        await group.triggerGracefulShutdown()
        continue
      }
      notifier.send(.reloading)
      do {
        collection.settings = try collection.home.settingsFile.read()
        keeper.reload()
        journal.logger.notice("the settings were read again")
      } catch {
        journal.trouble("the settings stay as they were: \(error)")
      }
      notifier.send(.ready)
    }
  }
}
