package import SystemPackage

/// Where to look. A hint: it may be repeated, and what it points at may have changed again; none is lost.
package enum WatchNotice: Sendable, Equatable {
  /// Why a root isn't there.
  package enum LossReason: String, Sendable {
    /// Nothing is at the path, or no folder.
    case missing
    case deleted
    case movedAway
    case unmounted
    /// Another folder or file system has its place.
    case replaced
    /// Empty, where works are known: the mount point of a disk that isn't mounted.
    case empty
  }

  /// Something at this path is finished, or gone: a regular file, or nothing that could be read as one.
  case look(FilePath)
  /// Compare everything below this folder: it is new, was moved here or away, is gone, or events were lost.
  case lookBelow(FilePath)
  /// A root (or the mount point of a file system below a root) is not there any more, or not yet. Until `rootBack` nothing
  /// below it may be taken for deleted, whatever another notice says.
  case rootLost(FilePath, LossReason)
  /// Followed by `lookBelow` of the same path, once its folders are watched.
  case rootBack(FilePath)
  /// What keeps watching from being complete, for the user.
  case trouble(WatchTrouble)
}
