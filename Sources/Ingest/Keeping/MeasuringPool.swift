import Foundation
package import SystemPackage

/// Worker processes that stand ready, for as long as a daemon runs. Paths go in, what was measured comes out; both from one
/// thread that never waits.
///
/// `@unchecked Sendable`: every stored property that changes is read and written under `condition`.
package final class MeasuringPool: @unchecked Sendable {
  /// A file with what was measured of it, and how many seconds that took.
  package typealias Item = (path: FilePath, result: Result<Measurement, Refusal>, seconds: Double)

  /// How far a pool is.
  package struct State: Sendable, Equatable {
    /// Waiting for a worker.
    package var waiting = 0
    /// Being measured.
    package var underWay = 0
    /// Measured, and not taken yet.
    package var ready = 0
    /// How many seconds the file that waits the longest has been waiting.
    package var age = 0.0

    package var isIdle: Bool { waiting + underWay + ready == 0 }
  }

  private let condition = NSCondition()
  private let backlog: Int
  private let isReady: @Sendable () -> Void
  /// The newest last: it is measured first.
  private var paths: [FilePath] = []
  private var waiting: [FilePath: ContinuousClock.Instant] = [:]
  private var underWay: Set<FilePath> = []
  private var results: [Item] = []
  private var threads = 0
  private var isOver = false

  /// Starts the threads; worker processes start with the first files.
  ///
  /// - Parameters:
  ///   - width: how many files at once, at least 1.
  ///   - backlog: results that may wait to be taken before workers pause.
  ///   - isReady: called on some thread whenever there is something to take.
  package init(
    _ program: Worker.Program, settings: WorkerSettings, width: Int, backlog: Int = 64,
    isReady: @escaping @Sendable () -> Void
  ) {
    precondition(width >= 1 && backlog >= 1)
    self.backlog = backlog
    self.isReady = isReady
    threads = width
    for number in 0..<width {
      let thread = Thread { [self] in
        let worker = Worker(program, settings: settings)
        while let path = next() {
          let start = ContinuousClock.now
          let result = worker.measure(path)
          put((path, result, (ContinuousClock.now - start) / .seconds(1)))
        }
        condition.withLock {
          threads -= 1
          condition.broadcast()
        }
      }
      thread.name = "measure \(number)"
      thread.start()
    }
  }

  package var state: State {
    condition.withLock {
      // What came first is measured last.
      let oldest = paths.first.flatMap { waiting[$0] }
      return State(
        waiting: paths.count, underWay: underWay.count, ready: results.count,
        age: oldest.map { (ContinuousClock.now - $0) / .seconds(1) } ?? 0)
    }
  }

  /// Has these measured before whatever waits already. One that waits is moved to the front; one that is being measured is
  /// measured again.
  package func push(_ new: [FilePath]) {
    condition.withLock {
      guard !isOver else { return }
      let again = Set(new.filter { waiting[$0] != nil })
      if !again.isEmpty { paths.removeAll { again.contains($0) } }
      var seen: Set<FilePath> = []
      for path in new where seen.insert(path).inserted { paths.append(path) }
      let now = ContinuousClock.now
      for path in seen { waiting[path] = now }
      condition.broadcast()
    }
  }

  /// What has been measured since the last call.
  package func take() -> [Item] {
    condition.withLock {
      defer { results = [] }
      if !results.isEmpty { condition.broadcast() }
      return results
    }
  }

  /// No further file is begun; what is under way is waited for.
  ///
  /// - Parameter seconds: so long at most.
  /// - Returns: what was measured and not taken yet.
  package func stop(within seconds: Double) -> [Item] {
    let deadline = Date(timeIntervalSinceNow: seconds)
    return condition.withLock {
      isOver = true
      paths = []
      waiting = [:]
      condition.broadcast()
      while threads > 0, condition.wait(until: deadline) {}
      defer { results = [] }
      return results
    }
  }

  private func next() -> FilePath? {
    condition.withLock {
      // A file that is being measured is not begun a second time beside: the older answer might come last.
      var place = paths.lastIndex { !underWay.contains($0) }
      while place == nil && !isOver {
        condition.wait()
        place = paths.lastIndex { !underWay.contains($0) }
      }
      guard let place else { return nil }
      let path = paths.remove(at: place)
      waiting[path] = nil
      underWay.insert(path)
      return path
    }
  }

  private func put(_ item: Item) {
    condition.withLock {
      // Nobody takes any more once it is over: then there is room for all that was under way.
      while results.count >= backlog && !isOver { condition.wait() }
      underWay.remove(item.path)
      results.append(item)
      condition.broadcast()
    }
    isReady()
  }
}
