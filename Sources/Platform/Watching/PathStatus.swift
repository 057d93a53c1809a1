import Glibc
package import SystemPackage

/// What a file system says of a path: more than `FileKind`, for those who must know the same folder again.
package struct PathStatus: Sendable, Equatable {
  /// The same for one file or folder by whatever path, as long as it exists and its file system is mounted.
  package struct Identity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64

    package init(device: UInt64, inode: UInt64) {
      self.device = device
      self.inode = inode
    }
  }

  /// Of what stands there, behind symbolic links.
  package let kind: FileKind
  package let identity: Identity
  /// Names that the file has (hard links).
  package let links: Int
  /// The path's last name is a symbolic link.
  package let isLink: Bool

  package init(kind: FileKind, identity: Identity, links: Int, isLink: Bool) {
    self.kind = kind
    self.identity = identity
    self.links = links
    self.isLink = isLink
  }

  /// - Throws: `Errno`: `.noSuchFileOrDirectory` for a dangling link too, `.tooManySymbolicLinkLevels` for a loop.
  package init(at path: FilePath) throws(Errno) {
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe lstat($0, &status) }) == 0 else {
      throw Errno(rawValue: errno)
    }
    isLink = status.st_mode & S_IFMT == S_IFLNK
    if isLink, unsafe path.withPlatformString({ unsafe stat($0, &status) }) != 0 {
      throw Errno(rawValue: errno)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .regular(FileStamp(status))
    case S_IFDIR: kind = .directory
    default: kind = .other
    }
    identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    links = Int(status.st_nlink)
  }

  /// Also of a link that leads nowhere.
  ///
  /// - Throws: `Errno`.
  package static func isLink(at path: FilePath) throws(Errno) -> Bool {
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe lstat($0, &status) }) == 0 else {
      throw Errno(rawValue: errno)
    }
    return status.st_mode & S_IFMT == S_IFLNK
  }
}

extension FilePath {
  /// The path without links, `.` and `..`; nothing where it doesn't lead anywhere.
  package var resolved: FilePath? {
    guard let real = unsafe withPlatformString({ unsafe realpath($0, nil) }) else { return nil }
    defer { unsafe free(real) }
    return unsafe FilePath(platformString: real)
  }

  /// The path of a name in this folder; the name may have any bytes but `/` and zero.
  package func appending(name: [UInt8]) -> FilePath {
    let folder = bytes
    return FilePath(bytes: folder + (folder.last == 0x2F ? [] : [0x2F]) + name)
  }
}
