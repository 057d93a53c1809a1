import NIOPosix
import Synchronization

/// Threads for what takes its time, a line for each pace: whoever asks waits in turn, and is turned away where the line is long.
package final class WaitingLines: Sendable {
  private final class Line: Sendable {
    private let threads: NIOThreadPool
    private let waiting = Atomic<Int>(0)
    private let most: Int

    init(width: Int, most: Int) {
      self.most = most
      threads = NIOThreadPool(numberOfThreads: width)
      threads.start()
    }

    deinit { threads.shutdownGracefully { _ in } }

    func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
      guard waiting.add(1, ordering: .relaxed).newValue <= most else {
        waiting.subtract(1, ordering: .relaxed)
        throw Problem(
          503, "Too much to do", "\(most) requests already wait", headers: ["Retry-After": "1"])
      }
      defer { waiting.subtract(1, ordering: .relaxed) }
      return try await threads.runIfActive(body)
    }
  }

  private let quick, decoding, long: Line

  /// - Parameter processors: requests of the quick line answered at once, and worker processes that decode.
  package init(processors: Int) {
    quick = Line(width: processors, most: 2000)
    decoding = Line(width: processors, most: 500)
    long = Line(width: 2, most: 20)
  }

  func run<R: Sendable>(_ pace: Endpoint.Pace, _ body: @escaping @Sendable () throws -> R) async throws -> R {
    switch pace {
    case .quick: try await quick.run(body)
    case .decoding: try await decoding.run(body)
    case .long: try await long.run(body)
    }
  }
}
