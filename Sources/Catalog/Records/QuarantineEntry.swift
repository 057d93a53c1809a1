package import Foundation
package import GRDB
package import SystemPackage

/// A file that gave no picture, and why.
package struct QuarantineEntry: Sendable, Equatable {
  /// Absolute.
  package var path: FilePath
  /// A stable word such as `truncated`.
  package var code: String
  /// One sentence for people.
  package var reason: String
  /// How often it was tried.
  package var attempts: Int
  /// nil where the file could not even be looked at.
  package var seen: FileSighting?
  /// The decoding settings under which it was refused: others are worth another attempt.
  package var limits: String
  package var firstSeen: Date
  package var lastSeen: Date

  package init(
    path: FilePath, code: String, reason: String, attempts: Int, seen: FileSighting?, limits: String,
    at time: Date
  ) {
    self.path = path
    self.code = code
    self.reason = reason
    self.attempts = attempts
    self.seen = seen
    self.limits = limits
    firstSeen = time
    lastSeen = time
  }
}

extension QuarantineEntry: FetchableRecord, PersistableRecord {
  package static let databaseTableName = "quarantine"
  package static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace, update: .replace)

  package init(row: Row) throws {
    path = FilePath(data: row["path"])
    code = row["code"]
    reason = row["reason"]
    attempts = row["attempts"]
    seen = FileSighting(row: row)
    limits = row["limits"]
    firstSeen = row["firstSeen"]
    lastSeen = row["lastSeen"]
  }

  package func encode(to container: inout PersistenceContainer) {
    container["path"] = path.data
    container["code"] = code
    container["reason"] = reason
    container["attempts"] = attempts
    seen?.encode(to: &container)
    container["limits"] = limits
    container["firstSeen"] = firstSeen
    container["lastSeen"] = lastSeen
  }
}
