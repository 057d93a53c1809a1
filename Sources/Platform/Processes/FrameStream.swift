import Glibc
package import SystemPackage

/// Messages over a pipe or a socket: four bytes of length, little-endian, then so many bytes.
///
/// Not for sharing between threads: one reader, one writer.
package struct FrameStream {
  /// The longest message; a longer one is a broken peer.
  package static let maximumLength = 64 << 20

  package let input: FileDescriptor
  package let output: FileDescriptor

  package init(input: FileDescriptor, output: FileDescriptor) {
    self.input = input
    self.output = output
  }

  /// Over a socket a peer that is gone is only an error; over a pipe it is also SIGPIPE.
  ///
  /// - Throws: `Errno`; `.brokenPipe` when the other side is gone.
  package func write(_ message: [UInt8]) throws {
    precondition(message.count <= Self.maximumLength, "a message of \(message.count) bytes")
    let length = UInt32(message.count)
    let prefix = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    try send(prefix + message)
  }

  /// The next message; nil when the other side has closed.
  ///
  /// - Throws: `Errno`; `.badMessage` for a length over the limit or an end within a message.
  package func read() throws -> [UInt8]? {
    guard let prefix = try read(exactly: 4) else { return nil }
    let length = prefix.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.maximumLength else { throw Errno.badMessage }
    guard let message = try read(exactly: length) else { throw Errno.badMessage }
    return message
  }

  /// Waits until a read would not block: a message has begun, or the other side has closed.
  ///
  /// - Returns: false when the time is over first.
  package func waitForInput(milliseconds: Int32) -> Bool {
    var item = pollfd(fd: input.rawValue, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&item, 1, milliseconds) > 0
  }

  private func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(output.rawValue, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent >= 0 {
        rest = rest.dropFirst(sent)
      } else if errno == ENOTSOCK {
        _ = try output.writeAll(rest)
        return
      } else if errno != EINTR {
        throw Errno(rawValue: errno)
      }
    }
  }

  private func read(exactly count: Int) throws -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = try unsafe bytes.withUnsafeMutableBytes { buffer in
        try unsafe input.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      }
      if got == 0 {
        if filled == 0 { return nil }
        throw Errno.badMessage
      }
      filled += got
    }
    return bytes
  }
}
