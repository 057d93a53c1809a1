import Catalog
import Foundation
import Metrics
import Platform
import ServiceLifecycle
import Synchronization
import Logging

/// What a daemon does for recommending, beside: keeps what was shown, follows the catalogue, has models learn when enough is new, and
/// says on `/metrics` how strategies do.
final class RecommendService: Service, Sendable {
  /// Seconds between looks at whether anything was committed; between looks at what, for a large catalogue's entries take a while to be
  /// looked through; between looks at whether to learn, and to tell.
  private static let looksEvery = 0.25
  private static let renewsEvery = 1.0
  private static let learnsEvery = 5.0
  private static let tellsEvery = 60.0
  /// Looking takes no more than this share of its thread's time.
  private static let share = 0.1
  /// Lists that are told about, and how many old ones are forgotten at once.
  private static let toldDays = 28.0
  private static let forgottenAtOnce = 5_000

  let desk: RecommendDesk
  private let collection: OpenCollection
  private let journal: DaemonJournal
  private let isStopped = Atomic<Bool>(false)

  init(_ collection: OpenCollection, _ journal: DaemonJournal) {
    self.collection = collection
    self.journal = journal
    desk = RecommendDesk(
      collection.home, collection.catalog, settings: { collection.settings },
      search: { try collection.search() }, vector: { try collection.textVector(of: $0) },
      note: { journal.trouble($0) })
  }

  private var isOver: Bool { isStopped.load(ordering: .relaxed) }

  func run() async throws {
    await withGracefulShutdownHandler {
      await withTaskGroup(of: Void.self) { tasks in
        tasks.addTask { await self.thread("recommend") { self.keepUp() } }
        tasks.addTask {
          await self.thread("learning") {
            // Of this thread and those that it starts: whoever asks comes first.
            ProcessLimits.yieldToOthers()
            self.learn()
          }
        }
      }
    } onGracefulShutdown: { [self] in
      isStopped.store(true, ordering: .relaxed)
    }
  }

  private func thread(_ name: String, _ body: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let thread = Thread {
        body()
        continuation.resume()
      }
      thread.name = name
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  private func keepUp() {
    var told = ContinuousClock.now
    var troubles = Troubles(journal)
    var rest = 0.0
    let commits = troubles.attempt("the catalogue can't be watched") { try CommitWatch(collection.catalog) }
    var seen: (commit: Int64?, settings: RecommendSettings)?
    var renewed: ContinuousClock.Instant?
    while !isOver {
      Thread.sleep(forTimeInterval: max(rest, Self.looksEvery))
      let start = ContinuousClock.now
      troubles.attempt("what was shown can't be kept") { try desk.shown.flush() }
      // Where nobody is known nothing is made ready: whoever asks first waits.
      if troubles.attempt("works can't be made ready to be recommended", { try isUsed() }) ?? false {
        let age = renewed.map { start - $0 }
        if age ?? .seconds(Self.tellsEvery) >= .seconds(Self.renewsEvery) {
          // Before it is looked: what is committed meanwhile is looked at the next time.
          let now = (commit: try? commits?.mark(), settings: collection.settings.recommend)
          let isSame = seen.map { $0.commit == now.commit && $0.settings == now.settings } ?? false
          if !isSame || now.commit == nil || age ?? .zero >= .seconds(Self.tellsEvery) {
            troubles.attempt("works can't be made ready to be recommended") { try desk.renew() }
            renewed = start
            seen = now
          }
        }
        if start - told > .seconds(Self.tellsEvery) {
          told = start
          troubles.attempt("what became of recommendations can't be told") { try tell() }
          troubles.attempt("what was shown long ago can't be forgotten") { try forgetOld() }
        }
      }
      rest = min((ContinuousClock.now - start) / .seconds(1) / Self.share, 5)
    }
    troubles.attempt("what was shown can't be kept") { try desk.shown.flush() }
  }

  private func learn() {
    var troubles = Troubles(journal)
    var last = ContinuousClock.now
    while !isOver {
      Thread.sleep(forTimeInterval: Self.looksEvery)
      guard ContinuousClock.now - last > .seconds(Self.learnsEvery) else { continue }
      troubles.attempt("nothing can be learnt from events") {
        guard try desk.isTrainingDue() else { return }
        let manifest = try desk.train(isStopped: { self.isOver })
        journal.logger.notice(
          "learnt from events",
          metadata: [
            "generation": "\(manifest.generation)", "events": "\(manifest.events)",
            "seconds": "\((manifest.seconds * 10).rounded() / 10)",
          ])
      }
      last = .now
    }
  }

  private func isUsed() throws -> Bool { try desk.isReady || collection.catalog.lastEvent() > 0 }

  /// Shares of the last weeks: of all works that a strategy has shown, those with which something was done.
  private func tell() throws {
    let since = Date().timeIntervalSince1970 - Self.toldDays * 86_400
    for report in try collection.catalog.strategyReports(since: since) {
      let figures = StrategyFigures(report)
      let strategy = ("strategy", figures.strategy)
      Gauge(label: "morelli_recommended_works", dimensions: [strategy]).record(Double(figures.shown))
      for (outcome, count) in [
        ("view", figures.viewed), ("like", figures.liked), ("purchase", figures.bought),
      ] {
        Gauge(label: "morelli_recommended_rate", dimensions: [strategy, ("outcome", outcome)])
          .record(figures.shown == 0 ? 0 : Double(count) / Double(figures.shown))
      }
    }
  }

  private func forgetOld() throws {
    let days = collection.settings.recommend.shownDays
    let time = Date().timeIntervalSince1970 - Double(days) * 86_400
    while !isOver,
      try collection.catalog.forgetShown(before: time, limit: Self.forgottenAtOnce)
        == Self.forgottenAtOnce
    {}
  }

  /// Each trouble is told once, until it is another.
  private struct Troubles {
    private let journal: DaemonJournal
    private var last: [String: String] = [:]

    init(_ journal: DaemonJournal) { self.journal = journal }

    @discardableResult
    mutating func attempt<R>(_ what: String, _ body: () throws -> R) -> R? {
      do {
        let result = try body()
        last[what] = nil
        return result
      } catch {
        if last[what] != "\(error)" { journal.trouble("\(what): \(error)") }
        last[what] = "\(error)"
        return nil
      }
    }
  }
}
