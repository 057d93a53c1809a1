import Glibc
package import SystemPackage

/// A file of our own that only this user can read, and that goes away with its owner.
package final class TemporaryFile {
  package let path: FilePath

  /// Copies what `source` gives until its end.
  ///
  /// - Parameters:
  ///   - source: such as standard input.
  ///   - limit: in bytes.
  /// - Throws: `Errno`; `.fileTooLarge` beyond the limit.
  package init(copying source: FileDescriptor, limit: Int) throws {
    let folder = unsafe getenv("TMPDIR").map { unsafe FilePath(platformString: $0) } ?? "/tmp"
    var template = unsafe folder.appending("morelli-XXXXXX").withPlatformString {
      unsafe Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1))
    }
    let number = unsafe mkstemp(&template)
    guard number >= 0 else { throw Errno(rawValue: errno) }
    path = unsafe template.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return FilePath() }
      return unsafe FilePath(platformString: start)
    }
    let copy = FileDescriptor(rawValue: number)
    do {
      try copy.closeAfter { try Self.copy(source, to: copy, limit: limit) }
    } catch {
      unsafe path.withPlatformString { unsafe _ = unlink($0) }
      throw error
    }
  }

  deinit { unsafe path.withPlatformString { unsafe _ = unlink($0) } }

  private static func copy(_ source: FileDescriptor, to target: FileDescriptor, limit: Int) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while true {
      let got = try unsafe buffer.withUnsafeMutableBytes { try unsafe source.read(into: $0) }
      if got == 0 { return }
      total += got
      guard total <= limit else { throw Errno.fileTooLarge }
      try target.writeAll(buffer.prefix(got))
    }
  }
}
