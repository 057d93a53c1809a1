import Glibc
package import SystemPackage

/// What a folder's own record says of its names, without looking at each.
package struct FolderListing: Sendable {
  package enum Kind: Sendable, Equatable {
    case regular, folder, link, other
  }

  package struct Entry: Sendable, Equatable {
    /// Any bytes but `/` and zero.
    package let name: [UInt8]
    package let kind: Kind
  }

  /// In the order of the names' bytes.
  package let entries: [Entry]

  /// - Throws: `Errno`.
  package init(of folder: FilePath) throws(Errno) {
    guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
      throw Errno(rawValue: errno)
    }
    defer { unsafe closedir(stream) }
    var found: [Entry] = []
    while true {
      // Only errno tells the end of a folder from a failure to read on.
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw Errno(rawValue: errno) }
        break
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      guard name != [0x2E], name != [0x2E, 0x2E] else { continue }
      let kind: Kind? =
        switch unsafe Int(entry.pointee.d_type) {
        case Int(DT_REG): .regular
        case Int(DT_DIR): .folder
        case Int(DT_LNK): .link
        case Int(DT_UNKNOWN): Self.kind(of: folder.appending(name: name))
        default: .other
        }
      if let kind { found.append(Entry(name: name, kind: kind)) }
    }
    entries = found.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// Some file systems don't keep the kind beside the name.
  private static func kind(of path: FilePath) -> Kind? {
    var status = stat()
    guard unsafe path.withPlatformString({ unsafe lstat($0, &status) }) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .regular
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }
}
