package import Platform
package import SystemPackage

/// What the machine wants done.
package enum WatchEffect: Sendable, Equatable {
  /// Add a watch, then list the folder; answered by `.folder`. May wait; the rest is done at once and in order.
  case watchFolder(FilePath, job: Int)
  /// Watch the file that a link leads to; answered by `.linkedFile`. May wait.
  case watchLinkedFile(FilePath, job: Int)
  case unwatch(Int32)
  /// Answered by `.examined`. `probing`: also whether somebody writes.
  case examine(FilePath, probing: Bool)
  /// Answered by `.root`.
  case probeRoot(FilePath)
  case notice(WatchNotice)
}

/// What the machine is told.
package enum WatchEvent: Sendable, Equatable {
  case kernel(InotifyEvent)
  case observe(FilePath)
  case compareAll
  case folder(FilePath, job: Int, FolderReply)
  case linkedFile(FilePath, job: Int, watch: Int32?)
  case examined(FilePath, FileFinding)
  case root(FilePath, RootFinding)
}

/// How a folder was watched.
package enum FolderReply: Sendable, Equatable {
  /// `folders` and `linkedFiles` are names: what is to be watched below.
  case watched(Int32, device: UInt64, isLink: Bool, folders: [[UInt8]], linkedFiles: [[UInt8]])
  /// Nothing is there, or no folder, or one that doesn't belong to the scope.
  case passedOver
  /// The system has no more watches.
  case limit
  case unreadable(Errno)
  /// On a network file system (its name), where watching is no use.
  case remote(String)
}

/// What stands at a path that something happened to.
package enum FileFinding: Sendable, Equatable {
  /// Nothing; with what stands at its root, so that a lost root isn't taken for a deleted file.
  case absent(root: PathStatus.Identity?)
  /// `writers` where it was asked for.
  case regular(FileStamp, links: Int, isLink: Bool, writers: WriterProbe)
  case folder
  case other
}

/// What stands at a root's path.
package enum RootFinding: Sendable, Equatable {
  /// Nothing, or no folder; with the device of the nearest folder above that is there.
  case missing(device: UInt64)
  /// `parentDevice`: another one than the folder's own means a mount point. `remote`: the network file system's name.
  case folder(PathStatus.Identity, parentDevice: UInt64, isEmpty: Bool, remote: String?)
}
