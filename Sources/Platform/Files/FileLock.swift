package import Glibc
package import SystemPackage

/// A lock that one process at a time can have, on a file that stays: the system gives it back when the process ends, however it
/// ends (flock).
package final class FileLock: Sendable {
  private let file: FileDescriptor

  /// Takes the lock if nobody has it.
  ///
  /// - Parameter path: the lock's file, made where it is missing.
  /// - Throws: `Errno.wouldBlock` when somebody has it; whatever keeps the file from being opened.
  package init(_ path: FilePath) throws(Errno) {
    let opened: FileDescriptor
    do {
      opened = try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec], permissions: [.ownerReadWrite])
    } catch {
      throw error as? Errno ?? .ioError
    }
    guard flock(opened.rawValue, LOCK_EX | LOCK_NB) == 0 else {
      let error = Errno(rawValue: errno)
      try? opened.close()
      throw error
    }
    file = opened
    // For a message to people alone: a disk that is full must not keep the lock from being had.
    try? opened.resize(to: 0)
    _ = try? opened.writeAll(toAbsoluteOffset: 0, "\(getpid())\n".utf8)
  }

  /// The process that took the lock last; it may have ended since, which gives the lock back but leaves its number.
  ///
  /// To be asked after a lock was refused: "another process (4711) has it". nil where the file doesn't say.
  package static func owner(of path: FilePath) -> pid_t? {
    guard let bytes = try? path.leadingBytes(32),
      let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first,
      let number = pid_t(line), number > 0
    else { return nil }
    return number
  }

  /// Gives the lock back; also done when the last reference is gone.
  package func release() { _ = flock(file.rawValue, LOCK_UN) }

  deinit { try? file.close() }
}
