import CLinux
package import SystemPackage

/// File systems that other machines (or programs) change behind the kernel's back, so that inotify says nothing of it.
package enum NetworkFileSystem {
  /// statfs(2)'s magic numbers, and names for people.
  private static let names: [UInt64: String] = [
    0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB2", 0x6573_5546: "FUSE",
    0x0102_1997: "9P", 0x5346_414F: "AFS", 0x6B41_4653: "AFS", 0x00C3_6400: "Ceph", 0x7375_7245: "Coda",
    0x564C: "NCP", 0x0116_1970: "GFS2", 0x0BD0_0BD0: "Lustre", 0x7461_636F: "OCFS2", 0xAAD7_AAEA: "PanFS",
    0x4750_4653: "GPFS", 0x786F_4256: "VirtualBox", 0xBACB_ACBC: "VMware", 0x2003_0528: "OrangeFS",
  ]

  /// The name of the network file system that has this path, nothing for a local one.
  ///
  /// - Throws: `Errno`.
  package static func name(at path: FilePath) throws(Errno) -> String? {
    var magic: UInt64 = 0
    try check(unsafe path.withPlatformString { unsafe morelli_linux_filesystem_magic($0, &magic) })
    return name(magic: magic)
  }

  package static func name(magic: UInt64) -> String? { names[magic] }
}
