import Foundation
import Model
import Server

/// Asks the daemon of a home.
struct DaemonClient {
  private let socket: SocketClient

  /// nil where no daemon seems to be running: a socket is there no longer than its daemon, unless that was killed.
  init?(_ home: Home) {
    guard let socket = SocketClient(socket: home.socket) else { return nil }
    self.socket = socket
  }

  /// - Throws: `SocketClient.Unreachable` where there is no daemon after all, `CommandFailure` for a question without an answer.
  func answer(_ question: Question) throws -> Answer {
    try send(.post, "/v1/answers", question, for: Answer.self)
  }

  /// nil where there is no daemon after all.
  func state() throws -> DaemonState? {
    do { return try decoded(socket.send(.get, "/v1/status")) } catch is SocketClient.Unreachable {
      return nil
    }
  }

  /// Has it rebuild, and waits until it has.
  func rebuild(_ request: Rebuilding.Request) throws -> RebuildDocument {
    try send(.post, "/v1/rebuild", request, for: RebuildDocument.self)
  }

  /// Has it look at these files again. Nothing happens where there is no daemon after all.
  func look(_ paths: [String]) throws {
    do { _ = try socket.send(.post, "/v1/looks", JSONEncoder().encode(paths)) } catch is SocketClient
      .Unreachable
    {}
  }

  /// - Throws: `SocketClient.Unreachable` where there is no daemon after all, `CommandFailure` for a question without an answer.
  func recommendations(for user: String, _ request: RecommendDesk.Request) throws -> RecommendationsDocument {
    func encoded(_ text: String) -> String {
      text.addingPercentEncoding(withAllowedCharacters: .init(charactersIn: Self.unreserved)) ?? ""
    }
    var query = ["k=\(request.count)", "available=\(request.onlyAvailable)", "preview=\(request.isPreview)"]
    if let strategy = request.strategy { query.append("strategy=\(encoded(strategy))") }
    if let filter = request.filter { query.append("filter=\(encoded(filter))") }
    do {
      return try decoded(
        socket.send(.get, "/v1/users/\(encoded(user))/recommendations?\(query.joined(separator: "&"))"))
    } catch let problem as Problem {
      throw CommandFailure(problem.detail)
    }
  }

  /// RFC 3986, section 2.3.
  private static let unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"

  private func send<R: Decodable>(
    _ method: Endpoint.Method, _ path: String, _ body: some Encodable, for type: R.Type
  ) throws -> R {
    do {
      return try decoded(socket.send(method, path, JSONEncoder().encode(body)))
    } catch let problem as Problem {
      throw CommandFailure(problem.detail)
    }
  }

  private func decoded<R: Decodable>(_ data: Data) throws -> R {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(R.self, from: data)
  }
}
