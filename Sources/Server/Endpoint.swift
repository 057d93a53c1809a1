package import Foundation
package import SystemPackage

/// One thing that can be asked over HTTP. What it means is known to whoever made it; this room knows the protocol.
package struct Endpoint: Sendable {
  package enum Method: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  /// What whoever asks must be allowed to do. A wider one has the narrower ones in it.
  package enum Scope: String, Sendable, Codable, CaseIterable, Comparable {
    case read, write, admin

    package static func < (a: Scope, b: Scope) -> Bool {
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
  }

  /// What a request carries.
  package enum Content: Sendable {
    case nothing
    /// JSON, of at most so many bytes.
    case document(limit: Int)
    /// An image, streamed to a file of our own, of at most so many bytes.
    case image(limit: @Sendable () -> Int)
    /// Either: JSON or an image.
    case documentOrImage(limit: @Sendable () -> Int)
  }

  /// How long it usually takes: what takes long waits in a line of its own, so that searches don't wait for it.
  package enum Pace: Sendable, CaseIterable {
    /// Milliseconds, on a processor.
    case quick
    /// A worker process decodes a picture.
    case decoding
    /// Seconds to minutes.
    case long
  }

  /// What was asked.
  package struct Call: Sendable {
    package let query: QueryItems
    /// As it was sent, percent-encoded.
    package let rawQuery: String
    /// What stood in the place of `{name}` in the path, percent-decoded.
    package let parameters: [String: String]
    /// By their names in lower case.
    package let headers: [String: String]
    /// Empty where a picture was sent.
    package let body: Data
    /// Where the picture is that was sent, as long as the call lasts.
    package let image: FilePath?
    /// What the caller may do, and whether it is known who that is.
    package let scope: Scope
    package let isKnown: Bool
    /// By the socket that is the owner's alone.
    package let isOwner: Bool
    /// Such as `http://127.0.0.1:8420`, as the caller wrote it.
    package let origin: String
  }

  let method: Method
  let path: String
  let scope: Scope?
  let names: Set<String>?
  let content: Content
  let pace: Pace
  let handle: @Sendable (Call) throws -> Reply

  /// - Parameters:
  ///   - path: such as `/v1/artworks/{id}`.
  ///   - query: the names of the parameters that there are; others are refused. nil where it is not looked at.
  ///   - scope: nil for what anybody may ask, with a key or without.
  ///   - handle: may take its time: it runs on a thread of its own. What it throws is a `Problem`, or else answered as one of
  ///     the server's (500).
  package init(
    _ method: Method, _ path: String, query names: Set<String>? = [], scope: Scope? = .read,
    content: Content = .nothing, pace: Pace = .quick, handle: @escaping @Sendable (Call) throws -> Reply
  ) {
    self.method = method
    self.path = path
    self.names = names
    self.scope = scope
    self.content = content
    self.pace = pace
    self.handle = handle
  }

  /// Whether a path, cut at its slashes, is one of this endpoint's.
  func matches(_ components: [Substring]) -> Bool {
    let own = path.split(separator: "/")
    return own.count == components.count
      && zip(own, components).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}
