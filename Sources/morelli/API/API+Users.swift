import Catalog
import Foundation
import Model
import Server

// MARK: People

extension API {
  var userEndpoints: [Endpoint] {
    [listUsers, getUser, patchUser, deleteUser, exportUser, userRecommendations, similarUsers]
  }

  /// - Throws: `Problem` (404).
  private func person(_ call: Endpoint.Call) throws -> Person {
    let id = call.part("user")
    guard let person = try catalog.person(id) else {
      throw Problem.missing("nobody is known as '\(id.prefix(80))'")
    }
    return person
  }

  private struct PageDocument: Encodable {
    let users: [UserDocument]
    /// What to ask for the next page with.
    @OrNull var next: String?
    let total: Int
  }

  private var listUsers: Endpoint {
    Endpoint(.get, "/v1/users", query: ["limit", "after"], scope: .admin) { call in
      let limit = try call.query.integer("limit", in: 1...500) ?? 50
      let people = try catalog.people(after: call.query.text("after"), limit: limit + 1)
      return try .document(
        PageDocument(
          users: people.prefix(limit).map { try UserDocument($0, catalog) },
          next: people.count > limit ? people[limit - 1].id : nil, total: catalog.personCount()))
    }
  }

  private var getUser: Endpoint {
    Endpoint(.get, "/v1/users/{user}", scope: .write) { call in
      try .document(UserDocument(person(call), catalog))
    }
  }

  private var patchUser: Endpoint {
    Endpoint(.patch, "/v1/users/{user}", scope: .write, content: .document(limit: 1 << 20)) { call in
      let id = call.part("user")
      guard FeedbackEvent.isPersonID(id) else {
        throw Problem.unclear("a person's id is one line of 1 to 400 bytes")
      }
      return try .document(
        UserDocument(catalog.change(person: id, PersonChange(json: call.body)), catalog))
    }
  }

  private var deleteUser: Endpoint {
    Endpoint(.delete, "/v1/users/{user}", scope: .admin) { call in
      let id = call.part("user")
      guard try desk.forget(id) else {
        throw Problem.missing("nobody is known as '\(id.prefix(80))'")
      }
      return Reply(.nothing, status: 204)
    }
  }

  private var exportUser: Endpoint {
    Endpoint(.get, "/v1/users/{user}/export", scope: .admin) { call in
      try desk.shown.flush()
      var reply = try Reply.document(UserExportDocument(person(call), catalog))
      reply.headers["Content-Disposition"] = "attachment; filename=\"person.json\""
      return reply
    }
  }

  private var userRecommendations: Endpoint {
    Endpoint(.get, "/v1/users/{user}/recommendations", query: Self.recommendedBy, scope: .write) { call in
      let start = ContinuousClock.now
      let request = try recommendationRequest(call)
      let person = try person(call)
      return try reply(asked { try desk.list(for: person, request) }, for: person.id, since: start)
    }
  }

  private struct SimilarUsersDocument: Encodable {
    struct User: Encodable {
      let id: String
      let similarity: Double
    }

    let users: [User]
  }

  private var similarUsers: Endpoint {
    Endpoint(.get, "/v1/users/{user}/similar", query: ["k"], scope: .write) { call in
      let count = try call.query.integer("k", in: 1...100) ?? 10
      let person = try person(call)
      let users = try desk.people(like: person, most: count).map {
        SimilarUsersDocument.User(id: $0.id, similarity: $0.similarity.rounded6)
      }
      return try .document(SimilarUsersDocument(users: users))
    }
  }
}

extension PersonChange {
  private static let longest = 10_000
  private static let keys: Set<String> = ["statement", "budget", "attributes"]

  /// What a document says of a person; null takes away.
  ///
  /// - Throws: `Problem` (400) that names the member.
  init(json: Data) throws(Problem) {
    self.init()
    guard let members = try? JSONDecoder().decode([String: JSONValue].self, from: json) else {
      throw .unclear("an object with what changes is expected")
    }
    for (name, value) in members {
      switch (name, value) {
      case ("statement", .text(let text)): statement = try Self.checked(text, name)
      case ("statement", .null): statement = ""
      case ("budget", .number(let amount)) where amount >= 0: budget = amount
      case ("budget", .null): budget = 0
      case ("attributes", .object(let values)): attributes = try Self.attributes(values)
      default:
        throw .unclear(
          Self.keys.contains(name)
            ? "the value of '\(name)' is of another kind than it should be"
            : "the body has no key '\(name.prefix(80))': it has \(Self.keys.sorted().joined(separator: ", "))"
        )
      }
    }
  }

  private static func attributes(_ values: [String: JSONValue]) throws(Problem) -> [String: String] {
    var attributes: [String: String] = [:]
    for (name, value) in values {
      guard (1...200).contains(name.utf8.count), !name.unicodeScalars.contains(where: { $0.value < 32 })
      else {
        throw .unclear("'\(name.prefix(80))' can't be the name of an attribute")
      }
      switch value {
      case .text(let text): attributes[name] = try checked(text, name)
      case .null: attributes[name] = ""
      default: throw .unclear("the attribute '\(name)' is text or null")
      }
    }
    return attributes
  }

  private static func checked(_ text: String, _ name: String) throws(Problem) -> String {
    guard text.utf8.count <= longest, !text.unicodeScalars.contains(where: { $0.value == 0 }) else {
      throw .unclear("the text of '\(name)' has more than \(longest) bytes, or holds a null character")
    }
    return text
  }
}
