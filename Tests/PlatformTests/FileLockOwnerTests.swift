import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

@Suite struct FileLockOwnerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func namesItsOwner() throws {
    let path = folder.path.appending("lock")
    #expect(FileLock.owner(of: path) == nil)
    // Left by a longer number.
    try folder.write("4194304\nmore", to: "lock")
    let lock = try FileLock(path)
    #expect(FileLock.owner(of: path) == getpid())
    #expect(try path.leadingBytes(50) == Array("\(getpid())\n".utf8))
    #expect(throws: Errno.wouldBlock) { _ = try FileLock(path) }
    #expect(FileLock.owner(of: path) == getpid())
    lock.release()
    _ = try FileLock(path)
  }

  /// A process that was killed leaves its number and not its lock.
  @Test func aStaleOneIsNoMatter() async throws {
    let path = folder.path.appending("lock")
    await #expect(processExitsWith: .signal(SIGKILL)) { [text = path.string as String] in
      let lock = try FileLock(FilePath(text))
      withExtendedLifetime(lock) { _ = kill(getpid(), SIGKILL) }
    }
    let stale = try #require(FileLock.owner(of: path))
    #expect(stale != getpid())
    let lock = try FileLock(path)
    #expect(FileLock.owner(of: path) == getpid())
    lock.release()
  }

  @Test(arguments: ["", "\n", "x\n", "-3\n", "0\n", "99999999999999\n"])
  func aFileThatSaysNothing(text: String) throws {
    #expect(FileLock.owner(of: try folder.write(text, to: "lock")) == nil)
  }
}
