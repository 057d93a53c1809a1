import Catalog
import Crypto
import Foundation
import Platform
import Server
import SystemPackage

// MARK: Files that are not in

extension API {
  var quarantineEndpoints: [Endpoint] { [listQuarantine, retryQuarantine, clearQuarantine] }

  private struct QuarantineDocument: Encodable {
    struct File: Encodable {
      let id, name, code, reason: String
      let attempts: Int
      let firstSeen, lastSeen: Date

      enum CodingKeys: String, CodingKey {
        case id, name, code, reason, attempts
        case firstSeen = "first_seen"
        case lastSeen = "last_seen"
      }
    }

    let files: [File]
    @OrNull var next: String?
    let total: Int
  }

  /// In the order of their paths, each with a name that says nothing of where it is.
  private func refused() throws -> [(id: String, entry: QuarantineEntry)] {
    try catalog.quarantine().values.sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }.map {
      entry in
      let hash = SHA256.hash(data: Data(entry.path.bytes))
      return (hash.prefix(12).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(), entry)
    }
  }

  private var listQuarantine: Endpoint {
    Endpoint(.get, "/v1/quarantine", query: ["limit", "after"]) { call in
      let limit = try call.query.integer("limit", in: 1...500) ?? 50
      let all = try refused()
      var start = 0
      if let after = try call.query.text("after") {
        guard let place = all.firstIndex(where: { $0.id == after }) else {
          throw Problem.unclear("'after' is not what 'next' of a page was, or that file is in by now")
        }
        start = place + 1
      }
      let shown = all.dropFirst(start).prefix(limit)
      return try .document(
        QuarantineDocument(
          files: shown.map { id, entry in
            .init(
              id: id, name: entry.path.lastComponent.map { FilePath($0.string).displayName } ?? "",
              code: entry.code,
              reason: entry.reason, attempts: entry.attempts, firstSeen: entry.firstSeen,
              lastSeen: entry.lastSeen)
          }, next: start + shown.count < all.count ? shown.last?.id : nil, total: all.count))
    }
  }

  private struct RetryRequest: Decodable {
    let ids: [String]?
  }

  private struct CountDocument: Encodable {
    let files: Int
  }

  private var retryQuarantine: Endpoint {
    Endpoint(.post, "/v1/quarantine/retry", scope: .write, content: .document(limit: 1 << 20)) { call in
      let wanted = try call.decoded(RetryRequest.self, keys: ["ids"]).ids.map(Set.init)
      let paths = try refused().filter { wanted?.contains($0.id) ?? true }.map(\.entry.path)
      _ = try catalog.allowRetry(of: paths)
      keeper.look(paths)
      return try .document(CountDocument(files: paths.count), status: 202)
    }
  }

  private var clearQuarantine: Endpoint {
    Endpoint(.delete, "/v1/quarantine", scope: .write) { _ in
      let paths = try refused().map(\.entry.path)
      try catalog.forgetRefused(paths)
      return try .document(CountDocument(files: paths.count))
    }
  }
}
