import Foundation
import Platform
import ServiceLifecycle
import Synchronization

/// What a daemon does beside, one thing after another: reads texts, builds the index anew when much is new, speaks to the service
/// manager.
final class UpkeepService: Service, Sendable {
  private let collection: OpenCollection
  private let journal: DaemonJournal
  private let notifier: ServiceNotifier
  private let isStopped = Atomic<Bool>(false)
  private let isWanted = Atomic<Bool>(true)
  private let isIdle = Atomic<Bool>(false)

  init(_ collection: OpenCollection, _ journal: DaemonJournal, _ notifier: ServiceNotifier) {
    self.collection = collection
    self.journal = journal
    self.notifier = notifier
  }

  /// The catalogue has changed.
  ///
  /// - Parameter isIdle: nothing more is coming in for now.
  func want(isIdle: Bool) {
    self.isIdle.store(isIdle, ordering: .relaxed)
    isWanted.store(true, ordering: .relaxed)
  }

  var isOver: Bool { isStopped.load(ordering: .relaxed) }

  func run() async throws {
    await withGracefulShutdownHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let thread = Thread { [self] in
          keepUp()
          continuation.resume()
        }
        thread.name = "upkeep"
        thread.start()
      }
    } onGracefulShutdown: { [self] in
      isStopped.store(true, ordering: .relaxed)
      notifier.send(.stopping)
    }
  }

  /// It takes no more than this share of its thread's time.
  private static let share = 0.1
  /// Other processes change the catalogue too, so that it is looked at now and then.
  private static let patience = 0.25
  private static let looksEvery = 8
  /// In seconds.
  private static let longestRest = 10.0

  private func keepUp() {
    var round = 0
    var last: String?
    var rest = Self.patience
    do { try collection.settle() } catch { journal.trouble("\(error)") }
    while !isOver {
      let end = ContinuousClock.now + .seconds(max(rest, Self.patience))
      while ContinuousClock.now < end, !isOver { Thread.sleep(forTimeInterval: Self.patience / 4) }
      rest = 0
      round += 1
      guard isWanted.exchange(false, ordering: .relaxed) || round % Self.looksEvery == 0 else { continue }
      let start = ContinuousClock.now
      defer {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        rest = min(seconds / Self.share, Self.longestRest)
      }
      do {
        try collection.keepUp(isIdle: isIdle.load(ordering: .relaxed)) { [self] in isOver }
        last = nil
      } catch {
        // Told once, tried again each time.
        if "\(error)" != last, !isOver { journal.trouble("\(error)") }
        last = "\(error)"
      }
    }
  }
}
