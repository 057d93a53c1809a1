import Glibc
package import SystemPackage

/// Every file below a folder, in an order that is the same each time (by the names' bytes).
///
/// Names are bytes, as Linux has them: one that is not UTF-8 is a name like any other. Symbolic links are
/// followed; a folder that is reached a second time (a link loop) is passed over.
package struct DirectoryWalk: Sequence, IteratorProtocol {
  /// One thing found.
  package enum Entry: Equatable, Sendable {
    case file(FilePath, FileStamp)
    /// A folder that can't be listed, a dangling link, a device: with the reason.
    case unreadable(FilePath, Errno)
  }

  private struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  private var pending: [FilePath]
  private var visited: Set<Identity> = []
  private let includesHidden: Bool

  /// - Parameters:
  ///   - root: a folder or a single file.
  ///   - includesHidden: also names that begin with a dot. The root itself may be hidden.
  ///   - excluded: folders that are passed over, by whatever path they are reached.
  package init(_ root: FilePath, includesHidden: Bool = false, excluding excluded: [FilePath] = []) {
    pending = [root]
    self.includesHidden = includesHidden
    visited = Set(excluded.compactMap { try? identity(of: $0) })
  }

  package mutating func next() -> Entry? {
    while let path = pending.popLast() {
      do throws(Errno) {
        switch try FileKind(at: path) {
        case .regular(let stamp): return .file(path, stamp)
        case .other: return .unreadable(path, .notSupported)
        case .directory:
          guard visited.insert(try identity(of: path)).inserted else { continue }
          // Reversed, because the last is taken first.
          pending += try names(in: path).sorted { $1.lexicographicallyPrecedes($0) }.map {
            appending($0, to: path)
          }
        }
      } catch .noSuchFileOrDirectory where !isSymbolicLink(path) {
        continue  // deleted or renamed since its folder was listed
      } catch {
        return .unreadable(path, error)
      }
    }
    return nil
  }

  private func names(in folder: FilePath) throws(Errno) -> [[UInt8]] {
    guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
      throw Errno(rawValue: errno)
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      // Only errno tells the end of a folder from a failure to read on.
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw Errno(rawValue: errno) }
        break
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      let isHidden = name.first == UInt8(ascii: ".")
      guard name != [0x2E], name != [0x2E, 0x2E], includesHidden || !isHidden else { continue }
      names.append(name)
    }
    return names
  }

  private func appending(_ name: [UInt8], to folder: FilePath) -> FilePath {
    FilePath(bytes: folder.bytes + (folder.bytes.last == 0x2F ? [] : [0x2F]) + name)
  }

  private func identity(of folder: FilePath) throws(Errno) -> Identity {
    var status = stat()
    guard unsafe folder.withPlatformString({ unsafe stat($0, &status) }) == 0 else {
      throw Errno(rawValue: errno)
    }
    return Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  private func isSymbolicLink(_ path: FilePath) -> Bool {
    var status = stat()
    return unsafe path.withPlatformString { unsafe lstat($0, &status) } == 0
      && status.st_mode & S_IFMT == S_IFLNK
  }
}
