package import HTTPTypes

/// Who is known by a key.
package protocol KeyRing: Sendable {
  /// Whether nothing is answered without one.
  var isRequired: Bool { get throws }
  /// nil for a key that is not known, or not any more.
  func holder(of key: String) throws -> KeyHolder?
  /// What the holder with this id may do now; nil where that was revoked.
  func scope(ofHolder id: String) throws -> Endpoint.Scope?
}

/// Whom a key was made for.
package struct KeyHolder: Sendable {
  package let id: String
  package let scope: Endpoint.Scope

  package init(id: String, scope: Endpoint.Scope) {
    self.id = id
    self.scope = scope
  }
}

/// Who may ask what, and from where.
package struct Gate: Sendable {
  /// Where requests come from.
  package enum Reach: Sendable {
    /// A socket that only its owner can open: whoever asks may do everything.
    case owner
    /// This machine alone.
    case loopback
    /// Any machine.
    case network
  }

  let reach: Reach
  let keys: any KeyRing
  package let sessions: Sessions
  /// Names by which the server is called beside those of the loopback; empty for any where it is open to the network.
  let hosts: [String]
  /// Pages of these origins may read answers; `*` is any.
  let origins: [String]
  let limiter: RateLimiter?

  package init(
    _ reach: Reach, keys: any KeyRing, sessions: Sessions, hosts: [String] = [], origins: [String] = [],
    limiter: RateLimiter? = nil
  ) {
    self.reach = reach
    self.keys = keys
    self.sessions = sessions
    self.hosts = hosts
    self.origins = origins
    self.limiter = limiter
  }

  var isOwners: Bool { if case .owner = reach { true } else { false } }

  private static let loopbackNames: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
  private static let changing: Set<HTTPRequest.Method> = [.post, .patch, .put, .delete]

  /// Refuses what comes from a page that has no business here: one that has itself called by a name that leads to this machine
  /// (DNS rebinding), or one of another site that has a visitor's browser send something (cross-site request forgery).
  package func checkOrigin(_ request: HTTPRequest) throws(Problem) {
    if case .owner = reach { return }
    // The first name is the authority; a second one is left among the headers.
    guard !request.headerFields.contains(where: { $0.name.canonicalName == "host" }) else {
      throw Problem(400, "Not understood", "a request names one host")
    }
    let host = request.authority ?? ""
    let name = Self.name(host)
    let isKnown = Self.loopbackNames.contains(name) || hosts.contains(name)
    let isOpen = if case .network = reach { hosts.isEmpty } else { false }
    guard isKnown || isOpen else {
      throw Problem(
        403, "Unknown host",
        "this server is not called '\(host.prefix(80))': the setting server.hosts names it")
    }
    guard Self.changing.contains(request.method) else { return }
    // `*` admits readers alone: whose pages may change something is said by name.
    if let origin = request.headerFields[.origin], !isOwn(origin, host), !origins.contains(origin) {
      throw Problem(403, "Other origin", "pages of '\(origin.prefix(80))' may not change anything here")
    }
    if request.headerFields[.origin] == nil, request.headerFields[.fetchSite] == "cross-site" {
      throw Problem(403, "Other origin", "pages of other sites may not change anything here")
    }
  }

  private func isOwn(_ origin: String, _ host: String) -> Bool {
    origin == "http://\(host)" || origin == "https://\(host)"
  }

  /// Whether pages of an origin may read answers.
  func admits(_ origin: String) -> Bool { origins.contains("*") || origins.contains(origin) }

  /// Without its port, in lower case.
  private static func name(_ host: String) -> String {
    let host = host.lowercased()
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return String(host[...end]) }
    return String(host.prefix { $0 != ":" })
  }

  /// What whoever sends this may do; nil where a key is needed and none is shown.
  ///
  /// - Throws: `Problem` (401) for a key that is none.
  package func scope(_ request: HTTPRequest) throws -> Endpoint.Scope? {
    if case .owner = reach { return .admin }
    guard try keys.isRequired else { return .admin }
    if let shown = request.headerFields[.authorization] {
      let words = shown.split(separator: " ", maxSplits: 1)
      guard words.count == 2, words[0].lowercased() == "bearer",
        let holder = try keys.holder(of: String(words[1]))
      else { throw Self.unknownKey }
      return holder.scope
    }
    guard let token = Sessions.token(in: request.headerFields[values: .cookie]) else { return nil }
    guard let holder = sessions.holder(of: token) else { return nil }
    return try keys.scope(ofHolder: holder)
  }

  package static var unknownKey: Problem {
    Problem(
      401, "Unknown key", "the key is not known, or was revoked",
      headers: ["WWW-Authenticate": "Bearer realm=\"morelli\", error=\"invalid_token\""])
  }

  static var keyNeeded: Problem {
    Problem(
      401, "A key is needed", "send a key as 'Authorization: Bearer …': morelli key create makes one",
      headers: ["WWW-Authenticate": "Bearer realm=\"morelli\""])
  }
}

extension HTTPField.Name {
  /// Where a browser says that a request was made from (Fetch Metadata).
  static var fetchSite: HTTPField.Name { HTTPField.Name(parsed: "sec-fetch-site") ?? .origin }
}
