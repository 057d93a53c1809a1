package import Catalog
package import Model
import Synchronization
package import VectorIndex

/// The search that a daemon keeps open: it follows the catalogue change by change, and takes new generations into use without
/// making anybody wait.
///
/// Any thread may call anything.
package final class SearchHub: Sendable {
  /// A query waits for so many changes to be read, not for more: then it is answered from what was known before.
  private static let readByQuery: Int64 = 2000

  private struct State {
    var index: SearchIndex
    var opened: OpenedIndex
  }

  private let catalog: Catalog
  private let state: Mutex<State>
  /// What queries are answered from; never locked for longer than a copy takes.
  private let current: Mutex<Served>

  private struct Served {
    var search: SimilaritySearch
    var covered: Int64
  }

  /// Opens the index, with all that is newer.
  ///
  /// - Parameter tell: is told of a generation that can't be used.
  package init(_ catalog: Catalog, _ index: SearchIndex, tell: (String) -> Void = { _ in }) throws {
    self.catalog = catalog
    let opened = try index.opened(tell: tell)
    current = Mutex(Served(search: opened.search, covered: opened.covered))
    state = Mutex(State(index: index, opened: opened))
  }

  /// A search over the catalogue as it is now, or, where very much has changed at once, as it was a moment ago.
  ///
  /// - Parameter change: the catalogue's change number, where it has just been read.
  package func search(at change: Int64? = nil) throws -> SimilaritySearch {
    let covered = current.withLock { $0.covered }
    let now = try change ?? catalog.changeNumber()
    if now != covered, now - covered <= Self.readByQuery { try follow() }
    return current.withLock { $0.search }
  }

  /// Takes in what has changed in the catalogue.
  package func follow() throws {
    try state.withLock { state in
      let before = state.opened.covered
      try state.opened.follow(catalog, SignatureReader(catalog, state.index.descriptors))
      guard state.opened.covered != before else { return }
      publish(state)
    }
  }

  /// Takes a generation into use that was built for the same blocks; the one before goes when its last query is through.
  package func swap(to generation: Generation) throws {
    try state.withLock { state in
      try state.opened.live.swap(to: generation)
      state.opened.calibration = state.index.calibration
      publish(state)
    }
  }

  /// Reads the generation in use into memory, where it is not: from then on searches don't wait for files.
  package func settle() throws {
    let index = state.withLock { $0.index }
    guard let number = generation, let resident = try index.currentGeneration(.memory),
      resident.number == number
    else { return }
    try swap(to: resident)
  }

  /// Opens an index of other blocks in place of this one: queries are answered by the old one until the new is open.
  ///
  /// - Parameter wanted: gives the index as it should be now; asked again when the opening is over, as others may have been faster.
  package func reopen(tell: (String) -> Void = { _ in }, _ wanted: () throws -> SearchIndex) throws {
    var isDone = false
    while !isDone {
      let index = try wanted()
      let number = try? index.currentNumber()
      let opened = try index.opened(tell: tell)
      // A generation that was built and taken into use meanwhile must not give way to what was before it, nor newer blocks to older.
      isDone = try state.withLock { state in
        guard (try? index.currentNumber()) == number, try wanted().descriptors == index.descriptors else {
          return false
        }
        state = State(index: index, opened: opened)
        publish(state)
        return true
      }
    }
    try follow()
  }

  /// The blocks of its signatures.
  package var descriptors: [BlockDescriptor] { current.withLock { $0.search.layout.descriptors } }

  /// The generation in use; nil where all is searched without one.
  package var generation: Int? { current.withLock { $0.search.generation } }

  /// Signatures that are newer than the generation, and all.
  package var pending: (changed: Int, all: Int) {
    let search = current.withLock { $0.search }
    return (search.index.newerCount, search.count)
  }

  private func publish(_ state: borrowing State) {
    let served = Served(search: state.opened.search, covered: state.opened.covered)
    current.withLock { $0 = served }
  }
}
