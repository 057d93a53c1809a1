/// Deadlines, the earliest first (a binary heap).
struct DeadlineQueue<Key: Sendable>: Sendable {
  private var heap: [(time: Duration, key: Key)] = []

  var first: Duration? { heap.first?.time }
  var count: Int { heap.count }

  mutating func insert(_ key: Key, at time: Duration) {
    heap.append((time, key))
    var child = heap.count - 1
    while child > 0, heap[child].time < heap[(child - 1) / 2].time {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The earliest, if its time has come.
  mutating func next(at now: Duration) -> (time: Duration, key: Key)? {
    guard let first = heap.first, first.time <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child].time < heap[least].time { least = child }
      }
      if least == parent { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
