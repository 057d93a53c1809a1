package import SystemPackage
package import Watch

/// What tells a keeper where to look: a watcher of folders, or a test.
package protocol NoticeSource: AnyObject {
  /// What has been noticed; waits so long at most, less when there is something or somebody wakes it.
  func next(within patience: Duration) throws -> [WatchNotice]
  /// Notices this file when it is finished.
  func observe(_ path: FilePath)
  /// Notices every root, and watches what it has missed.
  func compareAll()
  /// From any thread: `next` returns at once.
  func wake()
}

extension FolderWatcher: NoticeSource {}
