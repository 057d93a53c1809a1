import Foundation
import Synchronization
import VectorIndex

/// What clients notice of a build beside them: times of searches before and during it, and searches without a whole answer.
struct BenchIndexRebuild {
  private static let clients = 4
  /// How long is asked without a build.
  private static let calm: Duration = .seconds(10)
  /// Each client waits so long between two searches: without that four of them are all that two processors can do, and a
  /// build beside them shows only how processors are shared out.
  private static let pause = 0.01

  let live: LiveIndex
  let queries: [[Float]]
  let k: Int
  /// Builds another generation.
  let build: () throws -> Generation

  func run() throws {
    let quiet = Clients(live, queries, k)
    quiet.start(Self.clients)
    Thread.sleep(forTimeInterval: Self.calm / .seconds(1))
    let before = quiet.stop()

    let busy = Clients(live, queries, k)
    busy.start(Self.clients)
    let clock = ContinuousClock()
    let start = clock.now
    let generation = try build()
    try live.swap(to: generation)
    let seconds = (clock.now - start) / .seconds(1)
    let during = busy.stop()

    print(
      "\(Self.clients) clients; a build of \(generation.count) rows beside them took \(Int(seconds.rounded())) s"
    )
    for (name, times) in [("before", before), ("during the build", during)] {
      let sorted = times.milliseconds.sorted()
      guard !sorted.isEmpty else { continue }
      func at(_ part: Double) -> Double { sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))] }
      print(
        String(
          format: "%@: %d searches, p50 %.3f ms, p99 %.3f ms, %d without a whole answer", name, sorted.count,
          at(0.5),
          at(0.99), times.lost))
    }
  }

  /// Threads that ask one query after another.
  private final class Clients: Sendable {
    struct Tally: Sendable {
      var milliseconds: [Double] = []
      var lost = 0
    }

    private let live: LiveIndex
    private let queries: [[Float]]
    private let k: Int
    private let isOver = Atomic<Bool>(false)
    private let tally = Mutex(Tally())
    private let running = DispatchGroup()

    init(_ live: LiveIndex, _ queries: [[Float]], _ k: Int) {
      self.live = live
      self.queries = queries
      self.k = k
    }

    func start(_ count: Int) {
      for client in 0..<count {
        running.enter()
        Thread.detachNewThread { [self] in
          ask(from: client)
          running.leave()
        }
      }
    }

    func stop() -> Tally {
      isOver.store(true, ordering: .relaxed)
      running.wait()
      return tally.withLock { $0 }
    }

    private func ask(from first: Int) {
      let clock = ContinuousClock()
      var own = Tally()
      var next = first
      while !isOver.load(ordering: .relaxed) {
        let query = queries[next % queries.count]
        next += 7
        let start = clock.now
        let hits = try? live.snapshot.search(query, count: k)
        own.milliseconds.append((clock.now - start) / .milliseconds(1))
        if hits?.count != k { own.lost += 1 }
        Thread.sleep(forTimeInterval: BenchIndexRebuild.pause)
      }
      tally.withLock { tally in
        tally.milliseconds += own.milliseconds
        tally.lost += own.lost
      }
    }
  }
}
