import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

/// The service manager's end: a datagram socket of the test's own.
private final class Manager {
  private let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)

  init(_ name: String) throws {
    let address = try #require(LocalAddress(notifySocket: name))
    try check(unsafe address.withAddress { unsafe bind(socket, $0, $1) })
  }

  deinit { close(socket) }

  /// The next datagram; nil when there is none.
  func next() -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe recv(socket, &bytes, bytes.count, 0)
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}

@Suite struct ServiceNotifierTests {
  private func notifier(_ variables: [String: String]) -> ServiceNotifier {
    ServiceNotifier { variables[$0] }
  }

  @Test func speaksToASocketInAFolder() throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("notify").string
    let manager = try Manager(path)
    let notifier = notifier(["NOTIFY_SOCKET": path])
    #expect(notifier.isConnected)
    #expect(notifier.send(.ready, .status("Watching 2 folders")))
    #expect(notifier.send(.watchdog))
    #expect(manager.next() == "READY=1\nSTATUS=Watching 2 folders\n")
    #expect(manager.next() == "WATCHDOG=1\n")
    #expect(manager.next() == nil)
  }

  @Test func speaksToAnAbstractSocket() throws {
    let name = "@morelli-test-\(UUID().uuidString)"
    let manager = try Manager(name)
    #expect(notifier(["NOTIFY_SOCKET": name]).send(.stopping, .mainProcess(4711)))
    #expect(manager.next() == "STOPPING=1\nMAINPID=4711\n")
  }

  @Test func tellsTheTimeOfAReload() throws {
    let name = "@morelli-test-\(UUID().uuidString)"
    let manager = try Manager(name)
    let before = try monotonicMicroseconds()
    notifier(["NOTIFY_SOCKET": name]).send(.reloading)
    let lines = try #require(manager.next()).split(separator: "\n")
    #expect(lines.first == "RELOADING=1")
    let prefix = "MONOTONIC_USEC="
    #expect(lines.count == 2 && lines[1].hasPrefix(prefix))
    let time = try #require(Int(lines[1].dropFirst(prefix.count)))
    #expect((before...(try monotonicMicroseconds())).contains(time))
  }

  private func monotonicMicroseconds() throws -> Int {
    var time = timespec()
    try check(unsafe clock_gettime(CLOCK_MONOTONIC, &time))
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }

  @Test func aStatusIsOneLine() {
    #expect(
      ServiceNotifier.text(of: .status("a\nSTOPPING=1\u{0}\u{1B}b é")) == "STATUS=a STOPPING=1  b é")
  }

  @Test func timesAreInMicroseconds() {
    #expect(ServiceNotifier.text(of: .extendTimeout(.milliseconds(1500))) == "EXTEND_TIMEOUT_USEC=1500000")
    #expect(ServiceNotifier.text(of: .extendTimeout(.seconds(-1))) == "EXTEND_TIMEOUT_USEC=0")
  }

  @Test(arguments: ["", "@", "/", "relative", "vsock:2:1234", "/" + String(repeating: "x", count: 107)])
  func aSocketThatCannotBe(name: String) {
    let notifier = notifier(["NOTIFY_SOCKET": name])
    #expect(!notifier.isConnected)
    #expect(!notifier.send(.ready))
  }

  @Test func aSocketThatIsGone() throws {
    let folder = try TemporaryFolder()
    #expect(!notifier(["NOTIFY_SOCKET": folder.path.appending("none").string]).send(.ready))
    #expect(!notifier([:]).send(.ready))
    #expect(!notifier([:]).isConnected)
  }

  /// A manager that doesn't read must not hold the daemon up.
  @Test func aManagerThatDoesNotListen() throws {
    let name = "@morelli-test-\(UUID().uuidString)"
    let manager = try Manager(name)
    let notifier = notifier(["NOTIFY_SOCKET": name])
    var taken = 0
    while taken < 100_000, notifier.send(.watchdog) { taken += 1 }
    #expect(taken > 0 && taken < 100_000)
    #expect(manager.next() == "WATCHDOG=1\n")
    #expect(notifier.send(.ready))
  }

  @Test func theWatchdogsInterval() {
    let own = String(getpid())
    #expect(notifier([:]).watchdogInterval == nil)
    #expect(notifier(["WATCHDOG_USEC": "30000000"]).watchdogInterval == .seconds(30))
    #expect(notifier(["WATCHDOG_USEC": "1500", "WATCHDOG_PID": own]).watchdogInterval == .microseconds(1500))
    #expect(notifier(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"]).watchdogInterval == nil)
    #expect(notifier(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "x"]).watchdogInterval == nil)
    for bad in ["0", "-5", "x", ""] { #expect(notifier(["WATCHDOG_USEC": bad]).watchdogInterval == nil) }
  }
}
