import Glibc
import Synchronization

/// Signals since `Interruption.watch()`. A global, because a signal handler can capture nothing.
private let interruptions = Atomic<Int>(0)

/// Ctrl-C and `kill`, as a long command wants them: the first asks it to finish what is under way, the second
/// ends the program at once. What is committed is safe either way.
package enum Interruption {
  /// Takes SIGINT and SIGTERM over for the rest of the program's life.
  package static func watch() {
    _ = isRequested  // the counter is made before the first signal can come
    // A parent may have started this program with them blocked.
    var open = sigset_t()
    unsafe sigemptyset(&open)
    unsafe sigaddset(&open, SIGINT)
    unsafe sigaddset(&open, SIGTERM)
    unsafe pthread_sigmask(SIG_UNBLOCK, &open, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        // Only what is safe in a signal handler: an atomic, and _exit.
        if interruptions.add(1, ordering: .relaxed).newValue > 1 { _exit(128 + number) }
      }
    }
  }

  /// A signal has come.
  package static var isRequested: Bool { interruptions.load(ordering: .relaxed) > 0 }
}
