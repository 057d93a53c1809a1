import Catalog
import Foundation
import Layout
import Model
import Platform
import Search
import ServiceLifecycle
import Synchronization
import SystemPackage

/// Keeps a map of the collection: made anew beside whenever there is another generation, kept with the index, and never waited for.
final class MapService: Service, Sendable {
  enum State: Sendable {
    /// With the share that is done.
    case building(Double)
    case ready(WorkMap)
    /// There are too few works, or too many.
    case none
  }

  /// Fewer works can be seen at a glance.
  private static let fewest = 3
  /// A map of more would take hours and gigabytes.
  private static let most = 300_000
  private static let looksEvery = 0.5
  /// New works that are placed at one request.
  private static let placedAtOnce = 200

  private let collection: OpenCollection
  private let journal: DaemonJournal
  private let state = Mutex<State>(.none)
  private let isStopped = Atomic<Bool>(false)

  init(_ collection: OpenCollection, _ journal: DaemonJournal) {
    self.collection = collection
    self.journal = journal
  }

  private var file: FilePath { collection.home.indexFolder.appending("map") }

  /// The map with works that are newer than it, as far as they can be placed at once.
  func current() throws -> State {
    let state = state.withLock { $0 }
    guard case .ready(let map) = state else { return state }
    let weights = try BlockWeights(named: collection.settings.weights)
    return .ready(try collection.search().map(map, withNewer: Self.placedAtOnce, weights: weights))
  }

  func run() async throws {
    await withGracefulShutdownHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let thread = Thread { [self] in
          // Of this thread alone: whoever asks comes first.
          ProcessLimits.yieldToOthers()
          keep()
          continuation.resume()
        }
        thread.name = "map"
        // Deep recursions of sorting and searching are the libraries'.
        thread.stackSize = 8 << 20
        thread.start()
      }
    } onGracefulShutdown: { [self] in
      isStopped.store(true, ordering: .relaxed)
    }
  }

  private var isOver: Bool { isStopped.load(ordering: .relaxed) }

  private func keep() {
    var last = FileManager.default.contents(atPath: file.string).flatMap { WorkMap(bytes: $0) }
    if let last, last.generation == collection.state.generation { state.withLock { $0 = .ready(last) } }
    var made: (generation: Int?, works: Int)? = last.map { ($0.generation, $0.ids.count) }
    var failure: String?
    while !isOver {
      Thread.sleep(forTimeInterval: Self.looksEvery)
      let now = collection.state
      // Small collections have no generation, and a map all the same: made anew when it has grown.
      let isDue =
        made.map {
          now.generation != $0.generation ?? 0 && now.generation != nil
            || now.generation == nil && now.signatures > 2 * $0.works
        }
        ?? (now.signatures >= Self.fewest)
      guard isDue, now.signatures <= Self.most, now.signatures >= Self.fewest, !now.isBuilding else {
        continue
      }
      do {
        let map = try make(last)
        last = map
        made = (map.generation, map.ids.count)
        failure = nil
      } catch is CollectionMapError {
        return
      } catch {
        if failure != "\(error)" { journal.trouble("the map can't be made: \(error)") }
        failure = "\(error)"
        made = (now.generation, now.signatures)
      }
    }
  }

  private func make(_ earlier: WorkMap?) throws -> WorkMap {
    let search = try collection.search()
    let weights = try BlockWeights(named: collection.settings.weights)
    let isFirst = if case .ready = state.withLock({ $0 }) { false } else { true }
    let map = try search.map(
      weights: weights, threads: 1, earlier: earlier, isStopped: { [self] in isOver },
      progress: { [self] done in if isFirst { state.withLock { $0 = .building(done) } } })
    // What can't be kept is made again the next time.
    try? FileManager.default.createDirectory(
      atPath: file.removingLastComponent().string, withIntermediateDirectories: true)
    try? map.bytes.write(to: URL(fileURLWithPath: file.string), options: .atomic)
    state.withLock { $0 = .ready(map) }
    HeapMemory.giveBack()
    return map
  }
}
