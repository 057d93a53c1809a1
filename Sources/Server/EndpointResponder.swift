import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Platform
import SystemPackage

/// Turns requests into calls of endpoints, and what they give into responses; refuses what may not be asked.
struct EndpointResponder: Sendable {
  private let endpoints: [Endpoint]
  private let gate: Gate
  private let lines: WaitingLines
  private let logger: Logger
  private let spool: FilePath

  /// - Parameter spool: where pictures that are sent lie while they are looked at.
  init(_ endpoints: [Endpoint], _ gate: Gate, _ lines: WaitingLines, spool: FilePath, _ logger: Logger) {
    self.spool = spool
    self.endpoints = endpoints
    self.gate = gate
    self.lines = lines
    self.logger = logger
  }

  func router() -> Router<ConnectionContext> {
    let router = Router(context: ConnectionContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: Doorstep(gate: gate, endpoints: endpoints))
    for endpoint in endpoints {
      router.on(RouterPath(endpoint.path), method: HTTPRequest.Method(endpoint.method.rawValue) ?? .get) {
        request, context in
        try await respond(to: request, context, endpoint)
      }
    }
    return router
  }

  private func respond(to request: Request, _ context: ConnectionContext, _ endpoint: Endpoint) async throws
    -> Response
  {
    // What is open to everybody is so to those, too, who show a key that is none any more.
    let held = endpoint.scope == nil ? try? gate.scope(request.head) : try gate.scope(request.head)
    if let needed = endpoint.scope {
      guard let held else { throw Gate.keyNeeded }
      guard held >= needed else {
        throw Problem(
          403, "Not allowed", "this key may \(held.rawValue), and the scope \(needed.rawValue) is needed")
      }
    }
    var query = QueryItems()
    if let names = endpoint.names {
      query = try QueryItems(parsing: request.uri.query ?? "")
      try query.check(names)
    }
    var parameters: [String: String] = [:]
    for (name, value) in context.parameters {
      guard let text = PercentCoding.decoded(value), !text.unicodeScalars.contains(where: { $0.value < 32 })
      else {
        throw Problem.missing("there is nothing of that name")
      }
      parameters[String(name)] = text
    }
    let content = try await RequestContent(request, endpoint.content, spool)
    let call = Endpoint.Call(
      query: query, rawQuery: request.uri.query ?? "", parameters: parameters,
      headers: request.headers.reduce(into: [:]) { $0[$1.name.canonicalName] = $1.value },
      body: content.body, image: content.image?.path, scope: held ?? .read, isKnown: held != nil,
      isOwner: gate.isOwners,
      origin: "http://\(request.head.authority ?? "localhost")")
    // The picture's file is there for as long as the call lasts.
    defer { withExtendedLifetime(content.image) {} }
    var reply = try await run(endpoint.pace, endpoint, context.channel) { try endpoint.handle(call) }
    while case .later(let pace, let body) = reply.body {
      reply = try await run(pace, endpoint, context.channel, body)
    }
    return ReplyWriting(request, context.channel).response(reply)
  }

  private func run(
    _ pace: Endpoint.Pace, _ endpoint: Endpoint, _ channel: any Channel,
    _ body: @escaping @Sendable () throws -> Reply
  ) async throws -> Reply {
    try await lines.run(pace) { [logger] in
      // Whoever has gone while it waited its turn needs no answer.
      guard channel.isActive else { throw Problem(503, "Gone", "nobody waits for the answer any more") }
      do {
        return try body()
      } catch let problem as Problem {
        throw problem
      } catch {
        logger.error("\(endpoint.method.rawValue) \(endpoint.path): \(error)")
        throw Problem(500, "Failed", "this could not be answered; the daemon's log says why")
      }
    }
  }
}

/// A request's connection.
struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }

  /// Whose requests are counted together; nil for a socket of this machine.
  var caller: String? { channel.remoteAddress?.ipAddress }
}
