import CLinux
package import SystemPackage

/// The file system that a path lies on (statfs(2)).
package struct FileSystemKind: Sendable, Hashable {
  /// Bytes that this user may still fill; what is kept for root is left out.
  package let freeBytes: Int
  package let totalBytes: Int
  package let isReadOnly: Bool
  /// Of the superblock; statfs(2) lists them.
  package let magic: UInt32

  /// - Parameter path: of any file or folder on it.
  /// - Throws: `Errno`.
  package init(at path: FilePath) throws(Errno) {
    var found = morelli_file_system()
    let failure = unsafe path.withPlatformString { unsafe morelli_file_system_at($0, &found) }
    guard failure == 0 else { throw Errno(rawValue: failure) }
    freeBytes = Int(clamping: found.free_bytes)
    totalBytes = Int(clamping: found.total_bytes)
    isReadOnly = found.is_read_only != 0
    magic = found.magic
  }

  /// Bytes that this user may still fill on the file system of `path`.
  ///
  /// - Throws: `Errno`.
  package static func freeBytes(at path: FilePath) throws(Errno) -> Int {
    try FileSystemKind(at: path).freeBytes
  }

  /// Of network file systems and of those that a program serves: none of them tells of every change that is made
  /// elsewhere (inotify(7)).
  private static let remote: Set<UInt32> = [
    0x6969,  // NFS
    0xFF53_4D42,  // CIFS
    0xFE53_4D42,  // SMB2
    0x517B,  // SMB
    0x0102_1997,  // 9P
    0x6573_5546,  // FUSE: sshfs and its like
    0x00C3_6400,  // Ceph
    0x5346_414F,  // AFS
    0x6B41_4653,  // kAFS
    0x7375_7245,  // Coda
    0x0BD0_0BD0,  // Lustre
    0x786F_4256,  // VirtualBox's shared folders
  ]

  /// Others may write to it without this kernel's knowledge.
  package var isRemote: Bool { Self.remote.contains(magic) }
}
