import HTTPTypes
import Server
import Testing

@Suite struct GateTests {
  private struct Ring: KeyRing {
    var keys: [String: KeyHolder] = [:]
    var isRequired: Bool { !keys.isEmpty }
    func holder(of key: String) throws -> KeyHolder? { keys[key] }
    func scope(ofHolder id: String) throws -> Endpoint.Scope? { keys.values.first { $0.id == id }?.scope }
  }

  private func request(
    _ method: HTTPRequest.Method = .get, host: String? = "127.0.0.1:8420", headers: [String: String] = [:]
  ) throws -> HTTPRequest {
    var request = HTTPRequest(method: method, scheme: "http", authority: host, path: "/v1/status")
    for (name, value) in headers { request.headerFields[try #require(HTTPField.Name(name))] = value }
    return request
  }

  private func refuses(_ gate: Gate, _ request: HTTPRequest) -> Bool {
    do throws(Problem) {
      try gate.checkOrigin(request)
      return false
    } catch {
      return error.status == 403
    }
  }

  @Test(arguments: ["127.0.0.1:8420", "localhost", "LOCALHOST:1", "[::1]:8420", "art.museum.example"])
  func itIsCalledByItsNames(host: String) throws {
    let gate = Gate(.loopback, keys: Ring(), sessions: Sessions(), hosts: ["art.museum.example"])
    #expect(try !refuses(gate, request(host: host)))
  }

  @Test(arguments: ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8420", "", "[::2]"])
  func anotherNameIsRefused(host: String) throws {
    // DNS rebinding: a page has its own name lead to this machine.
    let gate = Gate(.loopback, keys: Ring(), sessions: Sessions())
    #expect(try refuses(gate, request(host: host)))
    #expect(try !refuses(Gate(.network, keys: Ring(), sessions: Sessions()), request(host: host)))
  }

  @Test func pagesOfOtherSitesChangeNothing() throws {
    let gate = Gate(.loopback, keys: Ring(), sessions: Sessions(), origins: ["https://a.example"])
    for method in [HTTPRequest.Method.post, .patch, .delete] {
      #expect(try refuses(gate, request(method, headers: ["Origin": "https://evil.example"])))
      #expect(try refuses(gate, request(method, headers: ["Origin": "null"])))
      #expect(try refuses(gate, request(method, headers: ["Sec-Fetch-Site": "cross-site"])))
      #expect(try !refuses(gate, request(method, headers: ["Origin": "http://127.0.0.1:8420"])))
      #expect(try !refuses(gate, request(method, headers: ["Origin": "https://a.example"])))
      #expect(try !refuses(gate, request(method)))
    }
    #expect(try !refuses(gate, request(.get, headers: ["Origin": "https://evil.example"])))
    // `*` admits readers alone.
    let open = Gate(.loopback, keys: Ring(), sessions: Sessions(), origins: ["*"])
    #expect(try refuses(open, request(.post, headers: ["Origin": "https://evil.example"])))
  }

  @Test func aKeyGivesItsScope() throws {
    let gate = Gate(
      .network, keys: Ring(keys: ["k": KeyHolder(id: "1", scope: .write)]), sessions: Sessions())
    #expect(try gate.scope(request(headers: ["Authorization": "Bearer k"])) == .write)
    #expect(try gate.scope(request(headers: ["Authorization": "bearer k"])) == .write)
    #expect(try gate.scope(request()) == nil)
    for other in ["Bearer x", "Basic k", "k", "Bearer"] {
      #expect(throws: Problem.self) { try gate.scope(request(headers: ["Authorization": other])) }
    }
  }

  @Test func withoutKeysEverythingIsOpenOnThisMachine() throws {
    #expect(try Gate(.loopback, keys: Ring(), sessions: Sessions()).scope(request()) == .admin)
    let ring = Ring(keys: ["k": KeyHolder(id: "1", scope: .read)])
    #expect(try Gate(.owner, keys: ring, sessions: Sessions()).scope(request()) == .admin)
  }

  @Test func aSessionLastsAsLongAsItsKey() throws {
    let sessions = Sessions()
    let holder = KeyHolder(id: "1", scope: .read)
    let cookie = sessions.begin(for: holder, isSecure: true)
    for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] { #expect(cookie.contains(part)) }
    let pair = String(cookie.prefix { $0 != ";" })
    let gate = Gate(.network, keys: Ring(keys: ["k": holder]), sessions: sessions)
    #expect(try gate.scope(request(headers: ["Cookie": "other=1; \(pair)"])) == .read)
    #expect(try gate.scope(request(headers: ["Cookie": "morelli_session=guess"])) == nil)
    // Revoked: the key ring knows its holder no more.
    let revoked = Gate(
      .network, keys: Ring(keys: ["k2": KeyHolder(id: "2", scope: .read)]), sessions: sessions)
    #expect(try revoked.scope(request(headers: ["Cookie": pair])) == nil)
    _ = sessions.end(pair)
    #expect(try gate.scope(request(headers: ["Cookie": pair])) == nil)
  }

  @Test func widerScopesHaveTheNarrowerOnes() {
    #expect(Endpoint.Scope.read < .write && .write < Endpoint.Scope.admin)
  }
}
