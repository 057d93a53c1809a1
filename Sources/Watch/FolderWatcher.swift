import Platform
import Synchronization
package import SystemPackage

/// How the watcher stands.
package struct WatchStatistics: Sendable, Equatable {
  package var watches = 0
  /// Files that aren't finished, folders and notices that wait.
  package var pending = 0
  /// Times that events were lost.
  package var overflows = 0
  /// Roots that are compared at an interval, wholly or because watches ran out.
  package var polledRoots = 0
  package var lostRoots = 0
}

/// Watches folders and says where to look: one thread calls `next` again and again, any thread the rest.
///
/// What is found is for the caller to compare with what it knows. Memory is what the folders and the unfinished files need.
package final class FolderWatcher: Sendable {
  private struct State: ~Copyable {
    var driver: InotifyDriver
  }

  private struct Inbox {
    var events: [WatchEvent] = []
    var isWoken = false
    var statistics = WatchStatistics()
    var first: [WatchNotice] = []
  }

  private let queue: InotifyQueue?
  private let signal: WakeSignal
  private let state: Mutex<State>
  private let inbox: Mutex<Inbox>
  private let firstScope: WatchScope

  /// Adds no watch yet: `next` does.
  ///
  /// - Parameters:
  ///   - roots: relative ones are taken from the current folder. One that isn't there is waited for; one that is given twice,
  ///     or lies inside another that takes it, is left out (`roots` says which are left).
  ///   - watchLimit: for tests: as if the system had no more watches than these.
  /// - Throws: `Errno` when there is no descriptor left.
  package init(_ roots: [FilePath], options: WatchOptions = WatchOptions(), watchLimit: Int = .max)
    throws(Errno)
  {
    signal = try WakeSignal()
    var first: [WatchNotice] = []
    do throws(Errno) {
      queue = try InotifyQueue()
    } catch {
      queue = nil
      first = [.trouble(.instanceLimit(error))]
    }
    let driver = InotifyDriver(roots, options: options, queue: queue, watchLimit: watchLimit)
    firstScope = driver.scope
    state = Mutex(State(driver: driver))
    inbox = Mutex(Inbox(first: first))
  }

  /// What is watched, after merging.
  package var roots: [FilePath] { firstScope.roots }

  /// Every file below a folder (or the file itself) that belongs to the watched ones.
  package func scan(_ folder: FilePath) -> FolderScan { FolderScan(folder, scope: firstScope) }

  /// Whether a path is in a root, not hidden and not ignored.
  package func takes(_ path: FilePath, isFolder: Bool = false) -> Bool {
    firstScope.takes(path, isFolder: isFolder)
  }

  package var statistics: WatchStatistics { inbox.withLock { $0.statistics } }

  /// A file that was found by walking, and may not be finished: `look` follows when it is.
  package func observe(_ path: FilePath) {
    tell(.observe(path))
  }

  /// For comparing everything at an interval: walks all roots again, so that what no event told of (a file system that was
  /// mounted over a folder) is watched too; `lookBelow` of each root follows.
  package func compareAll() { tell(.compareAll) }

  /// Lets `next` return, now or when it is called.
  package func wake() {
    inbox.withLock { $0.isWoken = true }
    signal.raise()
  }

  /// As if the kernel had said it.
  func inject(_ event: InotifyEvent) {
    tell(.kernel(event))
  }

  private func tell(_ event: WatchEvent) {
    inbox.withLock { $0.events.append(event) }
    signal.raise()
  }

  /// Waits for something to say.
  ///
  /// - Parameter time: the longest wait; the first walk of a large tree is spread over several calls.
  /// - Returns: nothing when the time was over or `wake` was called.
  /// - Throws: `Errno` when the system's queue can't be read.
  package func next(within time: Duration) throws(Errno) -> [WatchNotice] {
    let end = ContinuousClock.now + time
    while true {
      signal.clear()
      let (events, first, isWoken) = inbox.withLock { inbox in
        defer { (inbox.events, inbox.first, inbox.isWoken) = ([], [], false) }
        return (inbox.events, inbox.first, inbox.isWoken)
      }
      let (notices, rest, statistics) = try state.withLock { state throws(Errno) in
        try state.driver.step(events)
        return (state.driver.takeNotices(), state.driver.rest, state.driver.statistics)
      }
      inbox.withLock { $0.statistics = statistics }
      let left = end - .now
      if isWoken || !notices.isEmpty || !first.isEmpty || left <= .zero { return first + notices }
      try signal.wait(for: queue, within: min(left, rest))
    }
  }
}
