package import Foundation

/// One thing that can be asked over HTTP. What it means is known to whoever made it; this room knows the protocol.
package struct Endpoint: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case delete = "DELETE"
  }

  /// What was asked.
  package struct Call: Sendable {
    package let body: Data
    /// Of the address.
    package let query: [String: String]
    /// What stood in the place of `{name}` in the path.
    package let parameters: [String: String]
  }

  /// What is answered.
  package struct Reply: Sendable {
    package let status: Int
    package let contentType: String
    package let body: Data

    package init(_ body: Data, contentType: String = "application/json", status: Int = 200) {
      self.status = status
      self.contentType = contentType
      self.body = body
    }
  }

  let method: Method
  let path: String
  let handle: @Sendable (Call) throws -> Reply

  /// - Parameters:
  ///   - path: such as `/v1/artworks/{id}`.
  ///   - handle: may take its time: it runs on a thread of its own. What it throws is a `Problem`, or else answered as one of
  ///     the server's (500).
  package init(_ method: Method, _ path: String, handle: @escaping @Sendable (Call) throws -> Reply) {
    self.method = method
    self.path = path
    self.handle = handle
  }
}

/// Why there is no answer, as RFC 9457 has it.
package struct Problem: Error, Codable, Sendable {
  package let status: Int
  /// What kind of problem; the same for all of a kind.
  package let title: String
  /// One sentence for people about this very one.
  package let detail: String

  package init(_ status: Int, _ title: String, _ detail: String) {
    self.status = status
    self.title = title
    self.detail = detail
  }
}
