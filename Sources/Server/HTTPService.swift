import Dispatch
import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle
package import SystemPackage

/// Serves endpoints over HTTP on a Unix socket, until it is shut down: then requests under way are finished.
package struct HTTPService: Service {
  /// Bytes of a request's body.
  private static let bodyLimit = 64 << 20

  private let socket: FilePath
  private let endpoints: [Endpoint]
  private let workers: Workers
  private let logger: Logger
  private let isReady: @Sendable () -> Void

  /// - Parameters:
  ///   - socket: made anew; nobody else may be serving on it. At most 107 bytes.
  ///   - width: requests answered at once; others wait.
  ///   - isReady: called once the first request can be answered.
  package init(
    socket: FilePath, endpoints: [Endpoint], width: Int, logger: Logger,
    isReady: @escaping @Sendable () -> Void
  ) {
    self.isReady = isReady
    self.socket = socket
    self.endpoints = endpoints
    self.logger = logger
    workers = Workers(width: width)
  }

  /// The longest path that a Unix socket can have, in bytes.
  package static let longestSocketPath = 107

  package func run() async throws {
    // One of a daemon that was killed: whoever holds the home's lock may take it.
    try? FileManager.default.removeItem(atPath: socket.string)
    defer { try? FileManager.default.removeItem(atPath: socket.string) }
    let router = Router()
    for endpoint in endpoints {
      router.on(RouterPath(endpoint.path), method: HTTPRequest.Method(endpoint.method.rawValue) ?? .get) {
        request, context in
        await respond(to: request, context, endpoint)
      }
    }
    let path = socket.string
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(address: .unixDomainSocket(path: path), serverName: "morelli"),
      onServerRunning: { [isReady] _ in
        // The home is its owner's alone; so is what answers for it.
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        isReady()
      },
      logger: logger)
    try await application.run()
  }

  private func respond(
    to request: Request, _ context: BasicRequestContext, _ endpoint: Endpoint
  ) async -> Response {
    let reply: Endpoint.Reply
    do {
      let buffer = try await request.body.collect(upTo: Self.bodyLimit)
      let call = Endpoint.Call(
        body: Data(buffer.readableBytesView),
        query: request.uri.queryParameters.reduce(into: [:]) { $0[String($1.key)] = String($1.value) },
        parameters: context.parameters.reduce(into: [:]) { $0[String($1.key)] = String($1.value) })
      reply = try await workers.run { try endpoint.handle(call) }
    } catch let problem as Problem {
      reply = Self.reply(problem)
    } catch is NIOTooManyBytesError {
      reply = Self.reply(Problem(413, "Too much", "a request has at most \(Self.bodyLimit) bytes"))
    } catch {
      logger.error("\(endpoint.path): \(error)")
      reply = Self.reply(Problem(500, "Failed", "\(error)"))
    }
    return Response(
      status: HTTPResponse.Status(code: reply.status),
      headers: [.contentType: reply.contentType, .contentLength: String(reply.body.count)],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
  }

  private static func reply(_ problem: Problem) -> Endpoint.Reply {
    let body = (try? JSONEncoder().encode(problem)) ?? Data()
    return Endpoint.Reply(body, contentType: "application/problem+json", status: problem.status)
  }
}

/// Threads for work that takes its time, so many at once.
private final class Workers: Sendable {
  private let queue: OperationQueue

  init(width: Int) {
    queue = OperationQueue()
    queue.maxConcurrentOperationCount = width
    queue.name = "requests"
  }

  func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
      queue.addOperation { continuation.resume(with: Result(catching: body)) }
    }
  }
}
