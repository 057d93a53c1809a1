import Platform
package import SystemPackage

/// Something that the user can mend. Nothing is lost by it: what can't be watched is compared at an interval.
package struct WatchTrouble: Sendable, Equatable, Error, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// fs.inotify.max_user_watches.
    case watchLimit
    /// fs.inotify.max_queued_events.
    case queueOverflow
    /// fs.inotify.max_user_instances.
    case instanceLimit
    /// A folder that can't be listed or watched.
    case unreadable
  }

  package let code: Code
  /// The root, or the folder.
  package let path: FilePath?
  /// The system's reason, where it has one.
  package let cause: Errno?
  /// A sentence for people.
  package let description: String

  static func watchLimit(_ root: FilePath, watches: Int) -> WatchTrouble {
    // Twice what there is, rounded up to a power of two, and no less than the usual advice.
    var advised = 524_288
    while advised < watches * 2 { advised *= 2 }
    return WatchTrouble(
      code: .watchLimit, path: root, cause: .noSpace,
      description: """
        \(root.displayName): the system's limit of watched folders is reached; the folder is compared at an interval \
        instead. To watch it: sudo sysctl fs.inotify.max_user_watches=\(advised)
        """)
  }

  static let queueOverflow = WatchTrouble(
    code: .queueOverflow, path: nil, cause: nil,
    description: """
      More changes came than the system's queue holds; every watched folder is compared now, and nothing is lost. If that \
      happens often: sudo sysctl fs.inotify.max_queued_events=131072
      """)

  static func instanceLimit(_ cause: Errno) -> WatchTrouble {
    WatchTrouble(
      code: .instanceLimit, path: nil, cause: cause,
      description: """
        The system gives no queue of changes (\(cause)); all folders are compared at an interval instead. To watch them: \
        sudo sysctl fs.inotify.max_user_instances=1024
        """)
  }

  static func unreadable(_ folder: FilePath, _ cause: Errno) -> WatchTrouble {
    WatchTrouble(
      code: .unreadable, path: folder, cause: cause,
      description: "\(folder.displayName): the folder can't be watched (\(cause)).")
  }
}
