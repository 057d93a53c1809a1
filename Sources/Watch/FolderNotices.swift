import Platform
import SystemPackage

/// Folders that are to be compared, held a moment so that many become few: a folder covers those below it, and where there are
/// too many, the folder above stands for them.
struct FolderNotices: Sendable {
  private static let most = 64

  private var held: [FilePath: (first: Duration, due: Duration)] = [:]
  private let delay: Duration
  /// While folders keep coming, a notice waits for no more than this.
  private let longest: Duration

  init(delay: Duration) {
    self.delay = delay
    longest = delay * 10
  }

  var count: Int { held.count }
  var nextDeadline: Duration? { held.values.map(\.due).min() }

  /// - Parameter isRoot: what has nothing above it that could stand for it.
  mutating func add(_ folder: FilePath, at now: Duration, isRoot: (FilePath) -> Bool) {
    insert(folder, first: now, at: now, isRoot: isRoot)
    while held.count > Self.most {
      // The folder that stands for the most; of none that stands for two, the deepest path goes up.
      var groups: [FilePath: Int] = [:]
      for path in held.keys where !isRoot(path) { groups[path.removingLastComponent(), default: 0] += 1 }
      let best = groups.max { a, b in
        a.value != b.value ? a.value < b.value : a.key.components.count < b.key.components.count
      }
      guard let above = best?.key else { return }
      let first = held.filter { $0.key.starts(with: above) }.map(\.value.first).min() ?? now
      insert(above, first: first, at: now, isRoot: isRoot)
    }
  }

  private mutating func insert(
    _ folder: FilePath, first: Duration, at now: Duration, isRoot: (FilePath) -> Bool
  ) {
    var above = folder
    while true {
      if let entry = held[above] {
        held[above] = (entry.first, min(now + delay, entry.first + longest))
        return
      }
      if isRoot(above) || !above.removeLastComponent() { break }
    }
    for path in held.keys.filter({ $0.starts(with: folder) }) { held[path] = nil }
    held[folder] = (first, min(now + delay, first + longest))
  }

  /// As soon as the time of one has come: takes out all, in the order of their paths, so that the two ends of a move are said
  /// together.
  ///
  /// - Parameter isWalking: others are about to come, such as the new place of a folder that has left an old one; they are
  ///   waited for, though not without end.
  mutating func take(at now: Duration, isWalking: Bool) -> [FilePath] {
    let isDue = held.values.contains { $0.due <= now && (!isWalking || $0.first + longest * 2 <= now) }
    guard isDue else { return [] }
    defer { held = [:] }
    return held.keys.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  mutating func drop(below folder: FilePath) {
    for path in held.keys.filter({ $0.starts(with: folder) }) { held[path] = nil }
  }
}
