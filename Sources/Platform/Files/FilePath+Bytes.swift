import Glibc
package import SystemPackage

extension FilePath {
  /// The path's bytes, without the closing zero.
  package var bytes: [UInt8] {
    unsafe withPlatformString { start in
      unsafe UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(bitPattern: $0) }
    }
  }

  /// - Parameter bytes: without a zero byte; what follows one is cut off.
  package init(bytes: [UInt8]) {
    let characters = bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
    self = unsafe characters.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return FilePath() }
      return unsafe FilePath(platformString: start)
    }
  }

  /// For people: bytes that are no UTF-8 are shown as `\xNN`, control characters too.
  package var displayName: String {
    var shown = ""
    var rest = bytes[...]
    while let byte = rest.first {
      let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      if let text = String(validating: rest.prefix(length), as: UTF8.self),
        text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
      {
        shown += text
        rest = rest.dropFirst(length)
      } else {
        let digits = String(byte, radix: 16)
        shown += "\\x" + (digits.count == 1 ? "0" : "") + digits
        rest = rest.dropFirst()
      }
    }
    return shown
  }

  /// The path from the root, with `.` and `..` taken out of the text; symbolic links stay as they are.
  package var absolute: FilePath {
    if isAbsolute { return lexicallyNormalized() }
    guard let here = unsafe getcwd(nil, 0) else { return lexicallyNormalized() }
    defer { unsafe free(here) }
    return unsafe FilePath(platformString: here).pushing(self).lexicallyNormalized()
  }

  /// At most `count` bytes from the beginning of the file at this path.
  ///
  /// - Throws: `Errno`.
  package func leadingBytes(_ count: Int) throws -> [UInt8] {
    // Non-blocking, so that a named pipe without a writer doesn't hang us.
    let file = try FileDescriptor.open(self, .readOnly, options: [.closeOnExec, .nonBlocking])
    return try file.closeAfter {
      var bytes = [UInt8](repeating: 0, count: count)
      let got = try unsafe bytes.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
      return Array(bytes.prefix(got))
    }
  }

  /// All bytes of the file at this path, read, not mapped: a mapped file that is cut short meanwhile kills the process.
  ///
  /// - Parameter limit: in bytes.
  /// - Throws: `Errno`; `.notSupported` for what is not a regular file, `.fileTooLarge` beyond the limit.
  package func contents(limit: Int) throws -> [UInt8] {
    let file = try FileDescriptor.open(self, .readOnly, options: [.closeOnExec, .nonBlocking])
    return try file.closeAfter {
      guard case .regular = try FileKind(at: self) else { throw Errno.notSupported }
      var bytes: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 1 << 20)
      while bytes.count <= limit {
        let count = try unsafe part.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        if count == 0 { return bytes }
        bytes += part.prefix(count)
      }
      throw Errno.fileTooLarge
    }
  }
}
