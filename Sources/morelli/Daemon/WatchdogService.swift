import Platform
import ServiceLifecycle

/// Tells the service manager that the daemon is alive, and what it is at.
struct WatchdogService: Service {
  let notifier: ServiceNotifier
  /// One line.
  let status: @Sendable () -> String

  func run() async throws {
    let interval = notifier.watchdogInterval.map { $0 / 3 } ?? .seconds(10)
    try? await cancelWhenGracefulShutdown {
      while true {
        notifier.send(.watchdog, .status(status()))
        try await Task.sleep(for: interval)
      }
    }
  }
}
