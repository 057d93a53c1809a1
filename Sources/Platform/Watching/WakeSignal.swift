import CLinux
package import SystemPackage

/// Wakes a thread that waits for a descriptor, from any other thread (eventfd). A signal that comes before the wait isn't lost.
package final class WakeSignal: Sendable {
  private let descriptor: Int32

  package init() throws(Errno) {
    var opened: Int32 = -1
    try check(unsafe morelli_linux_signal_open(&opened))
    descriptor = opened
  }

  deinit { try? FileDescriptor(rawValue: descriptor).close() }

  package func raise() { _ = morelli_linux_signal_raise(descriptor) }

  /// Forgets the signals so far.
  package func clear() { _ = morelli_linux_signal_clear(descriptor) }

  /// Returns when the queue (if there is one) has something, a signal was raised, the time is over, or the thread was
  /// interrupted.
  package func wait(for queue: InotifyQueue?, within time: Duration) throws(Errno) {
    // Rounded up, so that a wait for a part of a millisecond isn't a busy one.
    let milliseconds = max(0, min(1e9, (time / .milliseconds(1)).rounded(.up)))
    // poll() passes over what is below zero.
    try check(morelli_linux_wait_readable(queue?.rawDescriptor ?? -1, descriptor, Int32(milliseconds)))
  }
}
