import Glibc
package import SystemPackage

/// A file of our own that only this user can read, and that goes away with its owner.
package final class TemporaryFile: Sendable {
  package let path: FilePath

  fileprivate init(_ path: FilePath) { self.path = path }

  /// Copies what `source` gives until its end.
  ///
  /// - Parameters:
  ///   - source: such as standard input.
  ///   - limit: in bytes.
  /// - Throws: `Errno`; `.fileTooLarge` beyond the limit.
  package static func copying(_ source: FileDescriptor, limit: Int) throws -> TemporaryFile {
    let spool = try TemporarySpool()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while true {
      let got = try unsafe buffer.withUnsafeMutableBytes { try unsafe source.read(into: $0) }
      if got == 0 { return try spool.finish() }
      total += got
      guard total <= limit else { throw Errno.fileTooLarge }
      try spool.append(buffer.prefix(got))
    }
  }

  deinit { unsafe path.withPlatformString { unsafe _ = unlink($0) } }
}

/// A temporary file that is being written.
package final class TemporarySpool: Sendable {
  private let file: TemporaryFile
  private let descriptor: FileDescriptor

  /// - Parameter folder: nil for the system's, `$TMPDIR` or `/tmp`.
  /// - Throws: `Errno`.
  package init(in folder: FilePath? = nil) throws {
    let usual = unsafe getenv("TMPDIR").map { unsafe FilePath(platformString: $0) } ?? "/tmp"
    let folder = folder ?? usual
    var template = unsafe folder.appending("morelli-XXXXXX").withPlatformString {
      unsafe Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1))
    }
    let number = unsafe mkstemp(&template)
    guard number >= 0 else { throw Errno(rawValue: errno) }
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    descriptor = FileDescriptor(rawValue: number)
    file = TemporaryFile(
      unsafe template.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return FilePath() }
        return unsafe FilePath(platformString: start)
      })
  }

  package func append(_ bytes: some Sequence<UInt8>) throws { try descriptor.writeAll(bytes) }

  /// The file, when all is written.
  package func finish() throws -> TemporaryFile { file }

  deinit { try? descriptor.close() }
}
