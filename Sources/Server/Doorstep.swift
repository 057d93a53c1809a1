import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What holds for every request, whatever it asks: who may come in, how errors look, and what browsers are told.
struct Doorstep: RouterMiddleware {
  let gate: Gate
  let endpoints: [Endpoint]

  func handle(
    _ request: Request, context: ConnectionContext,
    next: (Request, ConnectionContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      try admit(context)
      try gate.checkOrigin(request.head)
      if let preflight = preflight(request) { return preflight }
      response = try await next(request, context)
    } catch let problem as Problem {
      response = ReplyWriting(request, context.channel).response(problem.reply)
      if problem.status == 413 || problem.status == 408 { closeSoon(context.channel) }
    } catch let error as any HTTPResponseError {
      let problem = problem(error, request)
      response = ReplyWriting(request, context.channel).response(problem.reply)
    }
    for field in Self.headers where response.headers[field.name] == nil {
      response.headers[field.name] = field.value
    }
    allow(&response, request)
    return response
  }

  private func admit(_ context: ConnectionContext) throws(Problem) {
    guard let limiter = gate.limiter, let caller = context.caller, let wait = limiter.admit(caller) else {
      return
    }
    throw Problem(
      429, "Too many requests", "others want to be answered too",
      headers: ["Retry-After": "\(Int(wait.rounded(.up)))"])
  }

  /// What was not found: another method may be, at the same address.
  private func problem(_ error: any HTTPResponseError, _ request: Request) -> Problem {
    guard error.status == .notFound else {
      return Problem(error.status.code, error.status.reasonPhrase, "the request can't be understood")
    }
    let components = request.uri.path.split(separator: "/")
    let methods = Set(endpoints.filter { $0.matches(components) }.map(\.method.rawValue)).sorted()
    guard !methods.isEmpty else { return .missing("there is nothing at this address") }
    let allowed = (methods + (methods.contains("GET") ? ["HEAD"] : [])).joined(separator: ", ")
    return Problem(
      405, "Method not allowed", "\(request.method.rawValue.prefix(20)) can't be asked here, only \(allowed)",
      headers: ["Allow": allowed])
  }

  static let headers: HTTPFields = {
    var headers: HTTPFields = [
      .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
      .xContentTypeOptions: "nosniff",
    ]
    for (name, value) in ["referrer-policy": "no-referrer", "cross-origin-resource-policy": "same-origin"] {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return headers
  }()

  // MARK: Pages of other origins (Fetch standard, CORS)

  private func preflight(_ request: Request) -> Response? {
    guard request.method == .options, let origin = request.headers[.origin], gate.admits(origin),
      request.headers[.accessControlRequestMethod] != nil
    else { return nil }
    var response = Response(status: .noContent)
    response.headers[.accessControlAllowMethods] = "GET, HEAD, POST, PATCH, DELETE"
    response.headers[.accessControlAllowHeaders] = "Authorization, Content-Type, If-None-Match, Range"
    response.headers[.accessControlMaxAge] = "600"
    allow(&response, request)
    return response
  }

  private func allow(_ response: inout Response, _ request: Request) {
    guard !gate.origins.isEmpty else { return }
    response.headers[.vary] = "Origin"
    guard let origin = request.headers[.origin], gate.admits(origin) else { return }
    // Never with credentials: a key is sent, or nothing.
    response.headers[.accessControlAllowOrigin] = gate.origins.contains("*") ? "*" : origin
    response.headers[.accessControlExposeHeaders] = "ETag, Link, Retry-After"
    if let name = HTTPField.Name("cross-origin-resource-policy") { response.headers[name] = "cross-origin" }
  }

  /// What is left of a body that is too long is not waited for.
  private func closeSoon(_ channel: any Channel) {
    channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
  }
}
