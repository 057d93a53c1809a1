import Foundation

/// What a daemon says of itself.
struct DaemonState: Codable, Sendable {
  struct Root: Codable, Sendable {
    let folder: String
    /// `watched`, or why it is not.
    let state: String
  }

  struct Queue: Codable, Sendable {
    /// Files that wait for a worker, are with one, or have been measured and are not stored yet.
    var waiting = 0
    var measuring = 0
    var measured = 0
    /// How long the file has been waiting that waits the longest.
    var oldestSeconds = 0.0

    enum CodingKeys: String, CodingKey {
      case waiting, measuring, measured
      case oldestSeconds = "oldest_seconds"
    }
  }

  /// Since it started.
  struct Counts: Codable, Sendable {
    var added = 0
    var changed = 0
    var moved = 0
    var missing = 0
    var found = 0
    var refused = 0
    var imported = 0
  }

  var process: Int32
  var since: Date
  var roots: [Root]
  var queue: Queue
  var counts: Counts
  /// Why nothing is being stored; null while all is well.
  @OrNull var paused: String?
  /// Signatures newer than the generation in use.
  var pending: Int
  @OrNull var generation: Int?
  var isBuilding: Bool
  var residentBytes: Int
  /// The latest troubles, newest last.
  var troubles: [String]

  enum CodingKeys: String, CodingKey {
    case process
    case since, roots, queue, counts, paused, pending, generation, troubles
    case isBuilding = "building"
    case residentBytes = "resident_bytes"
  }
}

extension DaemonState {
  /// For people.
  var rows: [[String]] {
    var rows = [
      ["daemon", "process \(process), \(residentBytes >> 20) MiB, since \(since.formatted(.iso8601))"]
    ]
    rows += roots.map { ["", "\($0.folder): \($0.state)"] }
    let left = queue.waiting + queue.measuring + queue.measured
    rows.append([
      "",
      "\(left) files to go; \(counts.added) added, \(counts.changed) changed, \(counts.moved) moved, \(counts.missing) gone, "
        + "\(counts.found) back, \(counts.refused) refused"
        + (isBuilding ? "; the index is being built" : ""),
    ])
    if let paused { rows.append(["", "paused: \(paused)"]) }
    rows += troubles.suffix(3).map { ["", "last: \($0)"] }
    return rows
  }
}
