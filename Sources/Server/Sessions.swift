import Synchronization

/// Browsers that have shown a key: a page's pictures can't send one, so that a cookie stands for it. Forgotten when the daemon ends.
package final class Sessions: Sendable {
  package static let cookie = "morelli_session"
  private static let lasts: Duration = .seconds(12 * 3600)
  private static let most = 10_000

  private struct Session {
    let holder: String
    let end: ContinuousClock.Instant
  }

  private let sessions = Mutex<[String: Session]>([:])

  package init() {}

  /// Begins a session for a holder of a key.
  ///
  /// - Returns: the cookie to be set.
  package func begin(for holder: KeyHolder, isSecure: Bool) -> String {
    var generator = SystemRandomNumberGenerator()
    let token = (0..<4).map { _ in
      let word = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - word.count) + word
    }.joined()
    sessions.withLock { sessions in
      let now = ContinuousClock.now
      if sessions.count >= Self.most { sessions = sessions.filter { $0.value.end > now } }
      if sessions.count >= Self.most { sessions = [:] }
      sessions[token] = Session(holder: holder.id, end: now + Self.lasts)
    }
    return
      "\(Self.cookie)=\(token); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(Self.lasts.components.seconds)"
      + (isSecure ? "; Secure" : "")
  }

  /// Ends the session of these cookies.
  ///
  /// - Returns: the cookie to be set.
  package func end(_ cookies: String?) -> String {
    if let token = Self.token(in: cookies.map { [$0] } ?? []) {
      sessions.withLock { _ = $0.removeValue(forKey: token) }
    }
    return "\(Self.cookie)=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"
  }

  func holder(of token: String) -> String? {
    sessions.withLock { sessions in
      guard let session = sessions[token] else { return nil }
      guard session.end > .now else {
        sessions[token] = nil
        return nil
      }
      return session.holder
    }
  }

  static func token(in cookies: [String]) -> String? {
    for cookie in cookies.flatMap({ $0.split(separator: ";") }) {
      let pair = cookie.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      if pair.count == 2, pair[0] == Self.cookie { return String(pair[1]) }
    }
    return nil
  }
}
