package import Foundation
import Synchronization

/// Sends events to everybody who listens (server-sent events, WHATWG HTML 9.2).
package final class EventBroadcaster: Sendable {
  /// Who reads too slowly loses the oldest.
  private static let buffered = 64
  /// Listeners at once.
  private static let most = 200

  private struct State {
    var listeners: [Int: AsyncStream<Data>.Continuation] = [:]
    var next = 0
    var isOver = false
  }

  private let state = Mutex(State())

  package init() {}

  /// - Parameter first: sent at once.
  /// - Throws: `Problem` (503) where too many listen.
  package func listen(first: [Data]) throws(Problem) -> AsyncStream<Data> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Data.self, bufferingPolicy: .bufferingNewest(Self.buffered))
    let number = state.withLock { state -> Int? in
      guard state.listeners.count < Self.most, !state.isOver else { return nil }
      state.next += 1
      state.listeners[state.next] = continuation
      return state.next
    }
    guard let number else {
      throw Problem(
        503, "Too many listeners", "\(Self.most) already listen", headers: ["Retry-After": "30"])
    }
    continuation.onTermination = { [self] _ in state.withLock { _ = $0.listeners.removeValue(forKey: number) }
    }
    for event in first { continuation.yield(event) }
    return stream
  }

  package var hasListeners: Bool { state.withLock { !$0.listeners.isEmpty } }

  package func send(_ event: Data) {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield(event) }
  }

  /// Ends all streams, and lets no more begin.
  package func finish() {
    let listeners = state.withLock { state in
      state.isOver = true
      return Array(state.listeners.values)
    }
    for listener in listeners { listener.finish() }
  }

  /// An event with its name, its data one line of JSON.
  package static func event(_ name: String, _ data: Data) -> Data {
    Data("event: \(name)\ndata: ".utf8) + data + Data("\n\n".utf8)
  }

  /// What keeps a silent connection open.
  package static let comment = Data(":\n\n".utf8)
}
