import Platform
import SystemPackage

@testable import Watch

/// What a consumer does: keeps what it knows of every file equal to the folders, by notices alone.
struct Mirror {
  struct File: Equatable {
    let size: Int
    let modified: Int64
    let inode: UInt64
  }

  let watcher: FolderWatcher
  private(set) var files: [FilePath: File] = [:]
  private(set) var notices: [WatchNotice] = []
  private var lost: Set<FilePath> = []

  init(_ watcher: FolderWatcher) { self.watcher = watcher }

  /// What a walk finds now.
  var truth: [FilePath: File] {
    watcher.roots.reduce(into: [:]) { found, root in found.merge(below(root)) { $1 } }
  }

  mutating func follow(within time: Duration) throws {
    for notice in try watcher.next(within: time) {
      notices.append(notice)
      switch notice {
      case .look(let path):
        if lost.contains(where: { path.starts(with: $0) }) { continue }
        let found = watcher.takes(path) ? try? FileKind(at: path) : nil
        if case .regular(let stamp)? = found { files[path] = Self.file(stamp) } else { files[path] = nil }
      case .lookBelow(let folder):
        if lost.contains(where: { folder.starts(with: $0) }) { continue }
        for path in files.keys where path.starts(with: folder) { files[path] = nil }
        files.merge(below(folder)) { $1 }
      case .rootLost(let root, _): lost.insert(root)
      case .rootBack(let root): lost.remove(root)
      case .trouble: break
      }
    }
  }

  /// Until nothing more is to come; at most 20 s.
  mutating func followToTheEnd() throws {
    let end = ContinuousClock.now + .seconds(20)
    var quiet = 0
    while quiet < 3, ContinuousClock.now < end {
      let count = notices.count
      try follow(within: .milliseconds(20))
      quiet = notices.count == count && watcher.statistics.pending == 0 ? quiet + 1 : 0
    }
  }

  mutating func forgetNotices() { notices = [] }

  private func below(_ folder: FilePath) -> [FilePath: File] {
    var found: [FilePath: File] = [:]
    for case .file(let path, let stamp) in watcher.scan(folder) { found[path] = Self.file(stamp) }
    return found
  }

  private static func file(_ stamp: FileStamp) -> File {
    File(size: stamp.size, modified: stamp.modified, inode: stamp.inode)
  }
}

extension WatchOptions {
  /// As the real ones, and faster.
  static var quick: WatchOptions {
    var options = WatchOptions()
    options.settle = .milliseconds(30)
    options.settleUnknown = .milliseconds(60)
    options.folderDelay = .milliseconds(10)
    options.rootInterval = .milliseconds(50)
    options.pollInterval = .milliseconds(100)
    options.quietOpen = .milliseconds(200)
    return options
  }
}
