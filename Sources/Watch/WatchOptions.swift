package import SystemPackage

/// What is watched, and when a file is taken for finished.
package struct WatchOptions: Sendable {
  package enum Polling: String, Sendable {
    /// Network file systems, and what got no watch.
    case automatic
    /// Every root.
    case always
    /// Also network file systems are watched, though others' changes aren't seen there.
    case never
  }

  /// How long a file must stay as it is after it was closed, moved here or deleted.
  package var settle: Duration = .milliseconds(300)
  /// How long a file that is still open for writing may be quiet before it is looked at all the same.
  package var quietOpen: Duration = .seconds(60)
  /// How long a file must stay as it is when nothing is known of its writers: a network's attribute cache answers with
  /// what was true some seconds ago.
  package var settleUnknown: Duration = .seconds(4)
  /// How long notices of folders are held, so that many become few.
  package var folderDelay: Duration = .milliseconds(100)
  /// How often the roots are looked at, present or lost.
  package var rootInterval: Duration = .seconds(3)
  package var polling = Polling.automatic
  /// Between two comparisons of what is polled.
  package var pollInterval: Duration = .seconds(30)
  package var ignore = IgnorePatterns.standard
  /// Also names that begin with a dot. A root itself may be hidden.
  package var includesHidden = false
  /// Folders that are passed over, by whatever path they are reached.
  package var excluded: [FilePath] = []
  /// Roots below which works are known: such a root that is empty at the start counts as lost.
  package var populated: [FilePath] = []

  package init() {}
}
