import Foundation
import Platform
package import SystemPackage

/// Measures many files side by side, each thread with a worker process of its own.
package struct WorkerPool: Sendable {
  private let program: Worker.Program
  private let settings: WorkerSettings
  private let width: Int

  /// - Parameter width: how many files at once, at least 1.
  package init(_ program: Worker.Program, settings: WorkerSettings, width: Int) {
    precondition(width >= 1)
    self.program = program
    self.settings = settings
    self.width = width
  }

  /// Measures the files and hands over the results on the calling thread, in batches, in the order in which they
  /// come in. Blocks until all are done, or until `batch` says to stop and what was under way is done.
  ///
  /// A slow consumer slows the workers down: at most `backlog` results wait.
  ///
  /// - Parameters:
  ///   - batch: called with 1…`backlog` results; returns false to stop. What it throws ends the run.
  package func measure(
    _ paths: [FilePath], backlog: Int = 64,
    batch: ([(path: FilePath, result: Result<Measurement, Refusal>)]) throws -> Bool
  ) throws {
    let exchange = Exchange(paths, backlog: backlog, producers: min(width, paths.count))
    for number in 0..<min(width, paths.count) {
      let thread = Thread { [program, settings] in
        let worker = Worker(program, settings: settings)
        while let path = exchange.next() { exchange.put(path, worker.measure(path)) }
        exchange.producerIsDone()
      }
      thread.name = "measure \(number)"
      thread.start()
    }
    // Also after an error no file is being read any more when this returns.
    defer {
      exchange.stop()
      while exchange.take() != nil {}
    }
    var goesOn = true
    while let results = exchange.take() {
      if goesOn, try !batch(results) {
        goesOn = false
        exchange.stopProducing()
      } else if !goesOn {
        _ = try batch(results)
      }
    }
  }
}

/// Where the threads of a pool meet: paths out, results in, both bounded.
///
/// `@unchecked Sendable`: every stored property is read and written under `condition`.
private final class Exchange: @unchecked Sendable {
  typealias Item = (path: FilePath, result: Result<Measurement, Refusal>)

  private let condition = NSCondition()
  private let backlog: Int
  private var paths: ArraySlice<FilePath>
  private var results: [Item] = []
  private var producers: Int
  private var isAbandoned = false

  init(_ paths: [FilePath], backlog: Int, producers: Int) {
    self.paths = paths[...]
    self.backlog = backlog
    self.producers = producers
  }

  func next() -> FilePath? {
    condition.withLock { paths.popFirst() }
  }

  func put(_ path: FilePath, _ result: Result<Measurement, Refusal>) {
    condition.withLock {
      while results.count >= backlog && !isAbandoned { condition.wait() }
      results.append((path, result))
      condition.broadcast()
    }
  }

  func producerIsDone() {
    condition.withLock {
      producers -= 1
      condition.broadcast()
    }
  }

  /// All results that wait, at least one; nil when there will be no more.
  func take() -> [Item]? {
    condition.withLock {
      while results.isEmpty && producers > 0 { condition.wait() }
      guard !results.isEmpty else { return nil }
      defer { results = [] }
      condition.broadcast()
      return results
    }
  }

  func stopProducing() {
    condition.withLock { paths = [] }
  }

  /// Nobody takes results any more: threads must not wait to hand them over.
  func stop() {
    condition.withLock {
      paths = []
      isAbandoned = true
      condition.broadcast()
    }
  }
}
