import Crypto
package import Foundation
import GRDB

/// A key by which somebody may ask over the network.
package struct AccessKey: Sendable, Equatable {
  /// Short; the first part of the key.
  package let id: String
  /// What people call it.
  package let name: String
  /// Such as `read`.
  package let scope: String
  package let createdAt: Date
  package let revokedAt: Date?

  /// What a key begins with, so that a key that got somewhere it should not be can be found.
  private static let prefix = "mrl"

  /// A new key: `mrl_<id>_<secret>`.
  static func make() -> (id: String, key: String) {
    var generator = SystemRandomNumberGenerator()
    func digits(_ words: Int) -> String {
      (0..<words).map { _ in
        let word = String(generator.next() as UInt64, radix: 16)
        return String(repeating: "0", count: 16 - word.count) + word
      }.joined()
    }
    let id = String(digits(1).prefix(10))
    return (id, "\(prefix)_\(id)_\(digits(4))")
  }

  /// nil for what is no key.
  static func id(of key: String) -> String? {
    let parts = key.split(separator: "_", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == prefix && key.utf8.count < 200 ? String(parts[1]) : nil
  }
}

extension Catalog {
  /// Makes a key.
  ///
  /// - Returns: the key itself, too: it is kept nowhere.
  package func makeKey(
    name: String, scope: String, at time: Date = Date()
  ) throws(CatalogError) -> (key: String, entry: AccessKey) {
    let (id, key) = AccessKey.make()
    try write("keeping a key") { database in
      try database.execute(
        sql: "INSERT INTO accessKey (id, name, scope, hash, createdAt) VALUES (?, ?, ?, ?, ?)",
        arguments: [id, name, scope, Data(SHA256.hash(data: Data(key.utf8))), time])
    }
    return (key, AccessKey(id: id, name: name, scope: scope, createdAt: time, revokedAt: nil))
  }

  /// All keys, the newest first.
  package func keys() throws(CatalogError) -> [AccessKey] {
    try read("listing keys") { database in
      try Row.fetchAll(database, sql: "SELECT * FROM accessKey ORDER BY createdAt DESC, id").map(Self.key)
    }
  }

  /// Whether there is a key that is not revoked.
  package func hasKeys() throws(CatalogError) -> Bool {
    try read("looking for keys") { database in
      try Bool.fetchOne(
        database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM accessKey WHERE revokedAt IS NULL)"))
        ?? false
    }
  }

  /// The entry of a key that is shown; nil where it is none, or revoked.
  package func entry(ofKey key: String) throws(CatalogError) -> AccessKey? {
    guard let id = AccessKey.id(of: key) else { return nil }
    let hash = Array(SHA256.hash(data: Data(key.utf8)))
    return try read("looking up a key") { database in
      guard
        let row = try Row.fetchOne(
          database.cachedStatement(sql: "SELECT * FROM accessKey WHERE id = ? AND revokedAt IS NULL"),
          arguments: [id])
      else { return nil }
      let kept: Data = row["hash"]
      // All bytes are looked at, so that the time tells nothing.
      guard kept.count == hash.count, zip(kept, hash).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else {
        return nil
      }
      return Self.key(row)
    }
  }

  /// The entry with this id; nil where there is none, or it is revoked.
  package func key(withID id: String) throws(CatalogError) -> AccessKey? {
    try read("looking up a key") { database in
      try Row.fetchOne(
        database.cachedStatement(sql: "SELECT * FROM accessKey WHERE id = ? AND revokedAt IS NULL"),
        arguments: [id]
      ).map(Self.key)
    }
  }

  /// - Returns: false where there is no such key, or it was revoked before.
  package func revokeKey(withID id: String, at time: Date = Date()) throws(CatalogError) -> Bool {
    try write("revoking a key") { database in
      try database.execute(
        sql: "UPDATE accessKey SET revokedAt = ? WHERE id = ? AND revokedAt IS NULL", arguments: [time, id])
      return database.changesCount > 0
    }
  }

  private static func key(_ row: Row) -> AccessKey {
    AccessKey(
      id: row["id"], name: row["name"], scope: row["scope"], createdAt: row["createdAt"],
      revokedAt: row["revokedAt"])
  }
}
