import Glibc
import Synchronization

/// Ctrl-C and `kill`, as a long command wants them: the first asks it to finish what is under way, the second
/// ends the program at once. What is committed is safe either way.
package enum Interruption {
  private static let count = Atomic<Int>(0)

  /// Takes SIGINT and SIGTERM over for the rest of the program's life.
  package static func watch() {
    _ = count.load(ordering: .relaxed)  // made before the first signal can come
    for number in [SIGINT, SIGTERM] {
      unsafe signal(number) { number in
        // Only what is safe in a signal handler: an atomic, and _exit.
        if count.add(1, ordering: .relaxed).newValue > 1 { _exit(128 + number) }
      }
    }
  }

  /// A signal has come.
  package static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
