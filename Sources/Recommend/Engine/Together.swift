import Dispatch

/// Does two things at once, on two threads where there are as many free.
func together<A, B>(_ first: () -> A, _ second: () -> B) -> (A, B) {
  var (a, b): (A?, B?) = (nil, nil)
  withUnsafeMutablePointer(to: &a) { a in
    withUnsafeMutablePointer(to: &b) { b in
      nonisolated(unsafe) let (first, second, a, b) = unsafe (first, second, a, b)
      DispatchQueue.concurrentPerform(iterations: 2) { number in
        if number == 0 {
          unsafe a.pointee = unsafe first()
        } else {
          unsafe b.pointee = unsafe second()
        }
      }
    }
  }
  guard let a, let b else { preconditionFailure("both have been done") }
  return (a, b)
}
