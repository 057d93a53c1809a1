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
    case process = "pid"
    case since, roots, queue, counts, paused, pending, generation, troubles
    case isBuilding = "building"
    case residentBytes = "resident_bytes"
  }
}
