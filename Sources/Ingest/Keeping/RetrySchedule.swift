package import SystemPackage

/// When files are tried again whose refusal says nothing of the file itself: ever more rarely.
package struct RetrySchedule {
  /// How long after each refusal; the last for all further ones.
  private static let delays: [Duration] = [
    .seconds(5), .seconds(30), .seconds(120), .seconds(600), .seconds(3600),
  ]

  private struct Entry {
    var attempts = 0
    /// Nil while it is being tried.
    var due: ContinuousClock.Instant?
  }

  private var entries: [FilePath: Entry] = [:]

  package init() {}

  /// It was refused once more.
  package mutating func postpone(_ path: FilePath, at now: ContinuousClock.Instant) {
    let attempts = entries[path]?.attempts ?? 0
    let delay = Self.delays[min(attempts, Self.delays.count - 1)]
    entries[path] = Entry(attempts: attempts + 1, due: now.advanced(by: delay))
  }

  /// It counts as never refused.
  package mutating func forget(_ path: FilePath) { entries[path] = nil }

  /// Those to try now; each is given once for each refusal.
  package mutating func takeDue(at now: ContinuousClock.Instant) -> [FilePath] {
    let due = entries.filter { $0.value.due.map { $0 <= now } ?? false }.map(\.key)
    for path in due { entries[path]?.due = nil }
    return due
  }
}
