import Platform
import SystemPackage
import Testing

@Suite struct FileLockTests {
  private let folder = try? TemporaryFolder()

  @Test func oneAtATime() throws {
    let path = try #require(folder).path.appending("lock")
    do {
      let lock = try FileLock(path)
      withExtendedLifetime(lock) {
        #expect(throws: Errno.wouldBlock) { _ = try FileLock(path) }
      }
    }
    _ = try FileLock(path)
  }

  @Test func aFolderThatIsNotThere() throws {
    let path = try #require(folder).path.appending("none/lock")
    #expect(throws: Errno.noSuchFileOrDirectory) { _ = try FileLock(path) }
  }
}
