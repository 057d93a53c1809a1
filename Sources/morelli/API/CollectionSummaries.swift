import Catalog
import Foundation
import Model
import Synchronization

/// What takes a look at every work, kept until something is committed.
final class CollectionSummaries: Sendable {
  private static let most = 200

  private struct State {
    var commit: Int64 = .min
    var totals: [String: Int] = [:]
    var documents: [String: Data] = [:]
  }

  private let commits: CommitWatch
  private let state = Mutex(State())

  init(_ catalog: Catalog) throws { commits = try CommitWatch(catalog) }

  /// How many works a list has.
  ///
  /// - Parameter key: tells it from other lists.
  func total(of key: String, counting: () throws -> Int) throws -> Int {
    let commit = try commits.mark()
    if let known = current(commit, { $0.totals[key] }) { return known }
    let made = try counting()
    keep(commit) { $0.totals[key] = made }
    return made
  }

  /// A document.
  ///
  /// - Parameter key: tells it from others.
  func document(_ key: String, make: () throws -> JSONNode) throws -> Data {
    let commit = try commits.mark()
    if let known = current(commit, { $0.documents[key] }) { return known }
    let made = Data(try make().bytes)
    keep(commit) { $0.documents[key] = made }
    return made
  }

  private func current<R>(_ commit: Int64, _ body: (State) -> R?) -> R? {
    state.withLock { state in state.commit == commit ? body(state) : nil }
  }

  private func keep(_ commit: Int64, _ body: (inout State) -> Void) {
    state.withLock { state in
      if state.commit != commit || state.totals.count + state.documents.count >= Self.most {
        state = State(commit: commit)
      }
      body(&state)
    }
  }
}
