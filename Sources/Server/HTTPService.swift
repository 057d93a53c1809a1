import Dispatch
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
import Platform
package import ServiceLifecycle
package import SystemPackage

/// Serves endpoints over HTTP, until it is shut down: then requests under way are finished.
package struct HTTPService: Service {
  package enum Address: Sendable {
    /// A Unix socket, made anew; nobody else may be serving on it. At most 107 bytes.
    case socket(FilePath)
    /// The first of these ports that is free.
    case network(host: String, ports: ClosedRange<Int>)
  }

  /// The longest path that a Unix socket can have, in bytes.
  package static let longestSocketPath = 107

  /// Bytes of a request's head.
  private static let headLimit = 32 << 10
  /// Connections that are open at once; others wait to be accepted.
  private static let connections = 12_000
  /// Descriptors that are left for everything else.
  private static let otherDescriptors = 400
  /// A connection on which nothing is asked for so long is closed.
  private static let idleSeconds: Int64 = 75

  private let address: Address
  private let responder: EndpointResponder
  private let logger: Logger
  private let isReady: @Sendable (_ address: String) -> Void

  /// - Parameters:
  ///   - spool: a folder of its own, where pictures that are sent lie while they are looked at.
  ///   - lines: shared by all services of a daemon.
  ///   - isReady: called with what people can open once the first request can be answered.
  package init(
    _ address: Address, _ gate: Gate, _ endpoints: [Endpoint], lines: WaitingLines, spool: FilePath,
    logger: Logger,
    isReady: @escaping @Sendable (_ address: String) -> Void
  ) {
    self.address = address
    self.logger = logger
    self.isReady = isReady
    responder = EndpointResponder(endpoints, gate, lines, spool: spool, logger)
  }

  /// - Throws: where the address can't be had.
  package func run() async throws {
    switch address {
    case .socket(let path):
      // One of a daemon that was killed: whoever holds the home's lock may take it.
      try? FileManager.default.removeItem(atPath: path.string)
      defer { try? FileManager.default.removeItem(atPath: path.string) }
      try await serve(.unixDomainSocket(path: path.string)) { _ in
        // The home is its owner's alone; so is what answers for it.
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path.string)
        return path.string
      }
    case .network(let host, let ports):
      for port in ports {
        do {
          try await serve(.hostname(host, port: port)) { channel in
            let shown = host.contains(":") ? "[\(host)]" : host
            return "http://\(shown):\(channel.localAddress?.port ?? port)"
          }
          return
        } catch let error as IOError where error.errnoCode == EADDRINUSE && port < ports.upperBound {
          continue
        }
      }
    }
  }

  private func serve(_ address: BindAddress, shown: @escaping @Sendable (any Channel) -> String) async throws
  {
    let router = responder.router()
    let loop = Self.loops.next()
    let application = Application(
      router: router,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [ParserProblems(), HeadsWithBodies()],
          idleTimeout: .seconds(Self.idleSeconds),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: Self.headLimit, maxHeaderListSize: Self.headLimit, maxHeaderFieldCount: 100))),
      configuration: ApplicationConfiguration(
        address: address, serverName: "morelli", backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(
          min(Self.connections, max(64, ProcessLimits.raiseOpenFiles() - Self.otherDescriptors)))),
      onServerRunning: { [isReady] channel in isReady(shown(channel)) },
      eventLoopGroupProvider: .shared(loop),
      logger: Self.quiet(logger))
    // Tasks run where the connections are, so that a request wakes no other thread but the one that answers it.
    let executor = CallbackExecutor { loop.execute($0) }
    try await withTaskExecutorPreference(executor) { try await application.run() }
  }

  /// What takes its time is done in `WaitingLines`: for the rest one thread is enough.
  private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// What the server says of itself is told otherwise, or concerns a connection alone.
  private static func quiet(_ logger: Logger) -> Logger {
    var logger = logger
    logger.logLevel = .critical
    return logger
  }
}
