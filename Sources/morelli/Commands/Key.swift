import ArgumentParser
import Catalog
import Foundation
import Server

/// Who may ask over the network.
struct Key: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes, lists and revokes keys for the HTTP API.",
    discussion: """
      As long as there is none, whoever is on this machine may ask everything, and no other machine anything. As soon as there is one, \
      nothing is answered without (but for commands of this user). A key is sent as Authorization: Bearer KEY, or typed into the page.

      Scopes: read looks and searches; write changes entries and removes works, too; admin has the index rebuilt and sees where files are.

      Examples:
        morelli key create website --scope read
        morelli key list
        morelli key revoke 3f9a0c21d4
      """,
    subcommands: [Create.self, List.self, Revoke.self])

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes a key and prints it, this once: what is kept can't be turned back into it.",
      discussion: """
        Example:
          morelli key create website --scope read
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "What or whom it is for.") var name: String
    @Option(help: "read, write or admin.") var scope = Endpoint.Scope.read
    @Flag(help: "One JSON document.") var json = false

    func validate() throws {
      if name.isEmpty || name.utf8.count > 200 || name.contains(where: \.isNewline) {
        throw ValidationError("A name is one line of at most 200 bytes.")
      }
    }

    func run() throws {
      let catalog = try options.home.create()
      let (key, entry) = try catalog.makeKey(name: name, scope: scope.rawValue)
      if json {
        return try JSONOutput.print(["id": entry.id, "key": key, "name": name, "scope": scope.rawValue])
      }
      print(key)
      tell("Keep it now: it can't be shown again. morelli key revoke \(entry.id) takes it back.")
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists keys, the newest first.",
      discussion: """
        Example:
          morelli key list --json
        """)

    @OptionGroup var options: HomeOptions
    @Flag(help: "One JSON document.") var json = false

    func run() throws {
      let keys = try options.home.open().keys()
      if json { return try JSONOutput.print(keys.map(Entry.init)) }
      if keys.isEmpty { return print("There is no key: other machines can't ask.") }
      var table = Table(header: ["id", "name", "scope", "made", "revoked"])
      for key in keys {
        table.add([
          key.id, key.name, key.scope, key.createdAt.formatted(.iso8601),
          key.revokedAt?.formatted(.iso8601) ?? "",
        ])
      }
      table.print()
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes keys back; they stop working at once.",
      discussion: """
        Example:
          morelli key revoke 3f9a0c21d4
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "Ids of keys, as list shows them, or names that no other key has.") var ids: [String]

    func run() throws {
      let catalog = try options.home.open()
      let live = try catalog.keys().filter { $0.revokedAt == nil }
      var failures = 0
      for id in ids {
        let meant = live.contains { $0.id == id } ? [id] : live.filter { $0.name == id }.map(\.id)
        if let only = meant.first, meant.count == 1, try catalog.revokeKey(withID: only) { continue }
        failures += 1
        tell(
          meant.count > 1
            ? "'\(id)' is the name of \(meant.count) keys: say which by its id"
            : "there is no key '\(id)', or it was revoked before")
      }
      print("\(ids.count - failures) revoked.")
      if failures == ids.count { throw ExitCode(1) }
      if failures > 0 { throw ExitCode(2) }
    }
  }

  private struct Entry: Encodable {
    let id, name, scope: String
    let createdAt: Date
    @OrNull var revokedAt: Date?

    init(_ key: AccessKey) {
      id = key.id
      name = key.name
      scope = key.scope
      createdAt = key.createdAt
      revokedAt = key.revokedAt
    }

    enum CodingKeys: String, CodingKey {
      case id, name, scope
      case createdAt = "created"
      case revokedAt = "revoked"
    }
  }
}

extension Endpoint.Scope: ExpressibleByArgument {}
