import Dispatch
import Synchronization

/// Calls `body` with ranges that together are `0..<count`, on as many threads; many small ranges, taken as they come, because rows are
/// uneven and other programs take a core away for a while.
///
/// - Parameters:
///   - threads: 1 or more; with 1, all is done on this one.
///   - least: fewer than so many are done here at once, as a thread takes time to start.
///   - body: what is done with a range: the number of the thread (0..<threads), where the range begins and where it ends.
func inParts(_ count: Int, threads: Int, least: Int = 64, _ body: (Int, Int, Int) -> Void) {
  precondition(threads > 0)
  guard count > 0 else { return }
  guard count >= least else { return body(0, 0, count) }
  let parts = min(count, 32 * threads)
  guard threads > 1 else {
    for part in 0..<parts { body(0, count * part / parts, count * (part + 1) / parts) }
    return
  }
  let next = Atomic(0)
  nonisolated(unsafe) let work = body
  DispatchQueue.concurrentPerform(iterations: threads) { thread in
    while true {
      let part = next.add(1, ordering: .relaxed).oldValue
      guard part < parts else { break }
      unsafe work(thread, count * part / parts, count * (part + 1) / parts)
    }
  }
}
