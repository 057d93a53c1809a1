package import Glibc

/// Tells the service manager how this program does, in the words of sd_notify(3): datagrams to the socket that
/// `NOTIFY_SOCKET` names. Without one, everything is done and nothing is said.
package struct ServiceNotifier: Sendable {
  /// What can be said, one or several in one datagram.
  package enum Message: Sendable, Hashable {
    /// Started; also: settings read anew.
    case ready
    /// A line for people, shown by `systemctl status`.
    case status(String)
    case reloading
    case stopping
    /// Still alive. Due more often than `watchdogInterval`; twice as often is usual.
    case watchdog
    /// Another process is the one to watch.
    case mainProcess(pid_t)
    /// The present step (start, reload or stop) takes so much longer.
    case extendTimeout(Duration)
  }

  /// The socket's address; nil where nobody listens.
  private let address: LocalAddress?
  /// The manager takes this program for dead when it hears no `.watchdog` for so long; nil where it doesn't watch.
  package let watchdogInterval: Duration?

  /// - Parameter environment: looks a variable up; the process's own by default.
  package init(environment: (String) -> String? = Self.variable) {
    address = environment("NOTIFY_SOCKET").flatMap(LocalAddress.init(notifySocket:))
    watchdogInterval = Self.interval(
      microseconds: environment("WATCHDOG_USEC"), process: environment("WATCHDOG_PID"))
  }

  /// There is somebody to tell.
  package var isConnected: Bool { address != nil }

  /// Says it. Never waits: a manager that doesn't listen is not worth a daemon's standstill.
  ///
  /// - Returns: false where it was not taken.
  @discardableResult package func send(_ messages: Message...) -> Bool {
    guard let address, !messages.isEmpty else { return false }
    let text = messages.map(Self.text).joined(separator: "\n") + "\n"
    return address.send(Array(text.utf8))
  }

  /// The process's own environment.
  package static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// The message's line or lines, without the last end.
  package static func text(of message: Message) -> String {
    switch message {
    case .ready: "READY=1"
    case .status(let text): "STATUS=" + oneLine(text)
    // The time tells the manager which of two reloads a later READY=1 belongs to.
    case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(monotonicMicroseconds())"
    case .stopping: "STOPPING=1"
    case .watchdog: "WATCHDOG=1"
    case .mainProcess(let process): "MAINPID=\(process)"
    case .extendTimeout(let time): "EXTEND_TIMEOUT_USEC=\(max(0, microseconds(time)))"
    }
  }

  /// A line of its own would be a message of its own, and a file's name may hold one.
  private static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  private static func interval(microseconds: String?, process: String?) -> Duration? {
    guard let microseconds = microseconds.flatMap({ Int64($0) }), microseconds > 0 else { return nil }
    // Meant for one process; what it starts inherits the variable.
    if let process, pid_t(process) != getpid() { return nil }
    return .microseconds(microseconds)
  }

  private static func microseconds(_ time: Duration) -> Int64 {
    time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
  }

  private static func monotonicMicroseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
