import Catalog
import Foundation
import Server

// MARK: Who is asking?

extension API {
  var sessionEndpoints: [Endpoint] { [getSession, beginSession, endSession] }

  private struct SessionDocument: Encodable {
    let isRequired: Bool
    let scopes: [String]

    enum CodingKeys: String, CodingKey {
      case scopes
      case isRequired = "keys_required"
    }
  }

  private var getSession: Endpoint {
    Endpoint(.get, "/v1/session", scope: nil) { call in
      let held = call.isKnown ? Endpoint.Scope.allCases.filter { $0 <= call.scope } : []
      return try .document(
        SessionDocument(isRequired: keys.isRequired, scopes: held.map(\.rawValue)))
    }
  }

  private struct KeyDocument: Decodable {
    let key: String
  }

  private var beginSession: Endpoint {
    Endpoint(.post, "/v1/session", scope: nil, content: .document(limit: 4096)) { call in
      guard let holder = try keys.holder(of: call.decoded(KeyDocument.self, keys: ["key"]).key) else {
        throw Gate.unknownKey
      }
      let isSecure = collection.settings.server.url.hasPrefix("https://")
      return Reply(
        .nothing, status: 204, headers: ["Set-Cookie": sessions.begin(for: holder, isSecure: isSecure)])
    }
  }

  private var endSession: Endpoint {
    Endpoint(.delete, "/v1/session", scope: nil) { call in
      Reply(.nothing, status: 204, headers: ["Set-Cookie": sessions.end(call.headers["cookie"])])
    }
  }
}

/// The keys that the catalogue holds.
struct CatalogKeyRing: KeyRing {
  let catalog: Catalog
  /// Whether one is needed although there is none: where other machines can ask.
  let isAlwaysRequired: Bool

  var isRequired: Bool { get throws { try isAlwaysRequired || catalog.hasKeys() } }

  func holder(of key: String) throws -> KeyHolder? {
    try catalog.entry(ofKey: key).flatMap { entry in
      Endpoint.Scope(rawValue: entry.scope).map { KeyHolder(id: entry.id, scope: $0) }
    }
  }

  func scope(ofHolder id: String) throws -> Endpoint.Scope? {
    try catalog.key(withID: id).flatMap { Endpoint.Scope(rawValue: $0.scope) }
  }
}
