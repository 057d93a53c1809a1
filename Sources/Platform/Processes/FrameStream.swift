import Glibc
package import SystemPackage

/// Messages over a pipe or a socket: four bytes of length, little-endian, then so many bytes.
///
/// Not for sharing between threads: one reader, one writer.
package struct FrameStream {
  /// The longest message; a longer one is a broken peer.
  package static let maximumLength = 256 << 20

  package let input: FileDescriptor
  package let output: FileDescriptor

  package init(input: FileDescriptor, output: FileDescriptor) {
    self.input = input
    self.output = output
  }

  /// - Throws: `Errno`; `.brokenPipe` when the other side is gone.
  package func write(_ message: [UInt8]) throws {
    precondition(message.count <= Self.maximumLength, "a message of \(message.count) bytes")
    let length = UInt32(message.count)
    let prefix = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    try Self.withoutPipeSignal { _ = try output.writeAll(prefix + message) }
  }

  /// The next message; nil when the other side has closed.
  ///
  /// - Throws: `Errno`; `.badMessage` for a length over the limit or an end within a message.
  package func read() throws -> [UInt8]? {
    try read(patience: -1) {}
  }

  /// The next message, from a peer that may stop at any point, also in the middle of it.
  ///
  /// - Parameters:
  ///   - patience: milliseconds without a byte, after which `whileWaiting` is called, again and again; −1 for never.
  ///   - whileWaiting: what it throws ends the reading; the stream is of no use then.
  /// - Throws: as `read()` does, and what `whileWaiting` throws.
  package func read(patience: Int32, whileWaiting: () throws -> Void) throws -> [UInt8]? {
    guard let prefix = try read(exactly: 4, patience, whileWaiting) else { return nil }
    let length = prefix.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.maximumLength else { throw Errno.badMessage }
    guard let message = try read(exactly: length, patience, whileWaiting) else { throw Errno.badMessage }
    return message
  }

  /// Waits until a read would not block: a message has begun, or the other side has closed.
  ///
  /// - Returns: false when the time is over first.
  package func waitForInput(milliseconds: Int32) -> Bool {
    var item = pollfd(fd: input.rawValue, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&item, 1, milliseconds) > 0
  }

  private func read(
    exactly count: Int, _ patience: Int32, _ whileWaiting: () throws -> Void
  ) throws -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      while !waitForInput(milliseconds: patience) { try whileWaiting() }
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

  /// A write to a pipe that nobody reads would end this whole program by SIGPIPE. While `body` runs, this thread
  /// holds the signal back, and afterwards takes away the one that came: `.brokenPipe` is all that is left of it.
  private static func withoutPipeSignal(_ body: () throws -> Void) rethrows {
    var pipeSignal = sigset_t()
    var pending = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&pipeSignal)
    unsafe sigaddset(&pipeSignal, SIGPIPE)
    unsafe sigpending(&pending)
    let wasPending = unsafe sigismember(&pending, SIGPIPE) == 1
    unsafe pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
    defer {
      var atOnce = timespec()
      if !wasPending { while unsafe sigtimedwait(&pipeSignal, nil, &atOnce) < 0, errno == EINTR {} }
      unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    try body()
  }
}
