import Foundation
import Platform
import SystemPackage
import Testing

@Suite struct FrameStreamTests {
  private let pipe: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
  private let stream: FrameStream

  init() throws {
    pipe = try FileDescriptor.pipe()
    // Programs that other tests start meanwhile must not hold an end open that is closed here.
    for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
    stream = FrameStream(input: pipe.readEnd, output: pipe.writeEnd)
  }

  /// Each end once: the number of one that is closed may be another test's by then.
  private func close() throws {
    try pipe.writeEnd.close()
    try pipe.readEnd.close()
  }

  @Test func messagesComeBack() throws {
    defer { try? close() }
    for message in [[], [0], Array("héllo".utf8), [UInt8](repeating: 7, count: 40_000)] as [[UInt8]] {
      try stream.write(message)
      #expect(try stream.read() == message)
    }
  }

  @Test func manyMessagesInOneGo() throws {
    defer { try? pipe.readEnd.close() }
    for number in 0..<100 { try stream.write([UInt8(number), 1, 2]) }
    for number in 0..<100 { #expect(try stream.read() == [UInt8(number), 1, 2]) }
    try pipe.writeEnd.close()
    #expect(try stream.read() == nil)
    #expect(try stream.read() == nil)
  }

  @Test func aMessageLongerThanThePipe() throws {
    defer { try? close() }
    let message = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let writer = Thread { [stream] in try? stream.write(message) }
    writer.start()
    #expect(try stream.read() == message)
  }

  @Test func lengthIsLittleEndian() throws {
    defer { try? close() }
    try stream.write([UInt8](repeating: 9, count: 258))
    var prefix = [UInt8](repeating: 0, count: 4)
    _ = try unsafe prefix.withUnsafeMutableBytes { try unsafe pipe.readEnd.read(into: $0) }
    #expect(prefix == [2, 1, 0, 0])
  }

  @Test(
    arguments: [
      [1, 0, 0, 4],  // 64 MiB and one
      [0xFF, 0xFF, 0xFF, 0xFF], [5, 0], [5, 0, 0, 0], [5, 0, 0, 0, 1, 2, 3, 4],
    ] as [[UInt8]])
  func brokenMessages(bytes: [UInt8]) throws {
    try pipe.writeEnd.writeAll(bytes)
    try pipe.writeEnd.close()
    #expect(throws: Errno.badMessage) { try stream.read() }
    try pipe.readEnd.close()
  }

  @Test func aReaderThatIsGoneIsAnErrorAndNoSignal() throws {
    try pipe.readEnd.close()
    for _ in 0..<3 { #expect(throws: Errno.brokenPipe) { try stream.write([1, 2, 3]) } }
    try pipe.writeEnd.close()
  }

  @Test func waitsForInput() throws {
    defer { try? pipe.readEnd.close() }
    #expect(!stream.waitForInput(milliseconds: 10))
    try stream.write([])
    #expect(stream.waitForInput(milliseconds: 1000))
    _ = try stream.read()
    #expect(!stream.waitForInput(milliseconds: 0))
    try pipe.writeEnd.close()
    #expect(stream.waitForInput(milliseconds: 1000))
  }

  private struct Impatience: Error {}

  /// Also within a message: a peer that hangs there must not hold the reader.
  @Test(arguments: [[], [5], [5, 0, 0, 0, 1]] as [[UInt8]])
  func patienceEnds(bytes: [UInt8]) throws {
    defer { try? close() }
    try pipe.writeEnd.writeAll(bytes)
    var asked = 0
    #expect(throws: Impatience.self) {
      try stream.read(patience: 5) {
        asked += 1
        if asked == 3 { throw Impatience() }
      }
    }
    #expect(asked == 3)
  }
}
