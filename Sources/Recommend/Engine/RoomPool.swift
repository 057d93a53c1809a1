import Synchronization

/// Room for scoring that lists use one after another, each thread its own.
final class RoomPool: Sendable {
  /// More threads than that make room of their own.
  private static let most = 8

  private let free = Mutex<[ScoringRoom]>([])

  func with<R>(_ body: (inout ScoringRoom) throws -> R) rethrows -> R {
    var room = free.withLock { $0.popLast() } ?? ScoringRoom()
    let result = try body(&room)
    free.withLock { [room] rooms in if rooms.count < Self.most { rooms.append(room) } }
    return result
  }
}
