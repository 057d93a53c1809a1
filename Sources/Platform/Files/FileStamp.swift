import Glibc
package import SystemPackage

/// What a file system says of a file without reading it: two equal stamps mean that nothing was written.
package struct FileStamp: Hashable, Sendable, Codable {
  /// Bytes.
  package let size: Int
  /// Of the contents, in nanoseconds since 1970.
  package let modified: Int64
  /// Of the contents or of the permissions, in nanoseconds since 1970.
  package let changed: Int64
  package let inode: UInt64

  package init(size: Int, modified: Int64, changed: Int64, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
  }

  init(_ status: stat) {
    self.init(
      size: Int(status.st_size), modified: Self.nanoseconds(status.st_mtim),
      changed: Self.nanoseconds(status.st_ctim), inode: UInt64(status.st_ino))
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// What stands at a path.
package enum FileKind: Sendable, Equatable {
  case regular(FileStamp)
  case directory
  /// A device, a socket, a pipe.
  case other
}

extension FileKind {
  /// Follows symbolic links.
  ///
  /// - Throws: `Errno`: `.noSuchFileOrDirectory` for a dangling link too, `.tooManySymbolicLinkLevels` for a loop.
  package init(at path: FilePath) throws(Errno) {
    var status = stat()
    let result = unsafe path.withPlatformString { unsafe stat($0, &status) }
    guard result == 0 else { throw Errno(rawValue: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .regular(FileStamp(status))
    case S_IFDIR: self = .directory
    default: self = .other
    }
  }
}
