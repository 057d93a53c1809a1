package import Foundation
package import Platform
package import SystemPackage

/// What is answered.
package struct Reply: Sendable {
  package enum Body: Sendable {
    case nothing
    case data(Data)
    /// A file's bytes, or the part of them that was asked for.
    case file(FilePath, size: Int)
    /// The same of a file that goes away when it is sent.
    case spooled(TemporaryFile, size: Int)
    /// Server-sent events, until the stream ends.
    case events(AsyncStream<Data>)
    /// What takes longer than the endpoint usually does, answered in the line for that.
    case later(Endpoint.Pace, @Sendable () throws -> Reply)
  }

  package var status: Int
  /// By their names; `Content-Length` comes by itself.
  package var headers: [String: String]
  package var body: Body

  package init(_ body: Body, contentType: String? = nil, status: Int = 200, headers: [String: String] = [:]) {
    self.status = status
    self.headers = headers
    self.body = body
    if let contentType { self.headers["Content-Type"] = contentType }
  }

  package init(_ data: Data, contentType: String = "application/json", status: Int = 200) {
    self.init(.data(data), contentType: contentType, status: status)
  }

  /// What is answered when its turn has come in another line.
  package static func later(_ pace: Endpoint.Pace, _ body: @escaping @Sendable () throws -> Reply) -> Reply {
    Reply(.later(pace, body))
  }

  /// The same, which may be kept for so long, and asked for again by its tag.
  ///
  /// - Parameters:
  ///   - tag: another one for other bytes.
  ///   - seconds: 0 where it must be asked for again each time.
  package func cached(tag: String, seconds: Int) -> Reply {
    var reply = self
    reply.headers["ETag"] = "\"\(tag)\""
    reply.headers["Cache-Control"] = seconds == 0 ? "private, no-cache" : "private, max-age=\(seconds)"
    return reply
  }
}

/// Why there is no answer, as RFC 9457 has it.
package struct Problem: Error, Codable, Sendable {
  /// What kind of problem: none has a page of its own.
  package let type: String
  package let status: Int
  /// The same for all of a kind.
  package let title: String
  /// One sentence for people about this very one.
  package let detail: String
  /// Sent with it.
  package var headers: [String: String] = [:]

  package init(_ status: Int, _ title: String, _ detail: String, headers: [String: String] = [:]) {
    type = "about:blank"
    self.status = status
    self.title = title
    self.detail = detail
    self.headers = headers
  }

  enum CodingKeys: String, CodingKey {
    case type, status, title, detail
  }

  package static func unclear(_ detail: String) -> Problem { Problem(400, "Not understood", detail) }
  package static func missing(_ detail: String) -> Problem { Problem(404, "Not found", detail) }

  var reply: Reply {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var headers = headers
    headers["Cache-Control"] = "no-store"
    return Reply(
      .data((try? encoder.encode(self)) ?? Data()), contentType: "application/problem+json", status: status,
      headers: headers)
  }
}
