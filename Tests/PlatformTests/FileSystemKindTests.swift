import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

@Suite struct FileSystemKindTests {
  @Test func agreesWithFoundation() throws {
    let folder = try TemporaryFolder()
    let kind = try FileSystemKind(at: folder.path)
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.path.string)
    let free = try #require(attributes[.systemFreeSize] as? NSNumber).intValue
    #expect(kind.totalBytes == (attributes[.systemSize] as? NSNumber)?.intValue)
    // Other programs write meanwhile.
    #expect(abs(kind.freeBytes - free) < 4 << 30)
    #expect(kind.freeBytes > 0 && kind.freeBytes <= kind.totalBytes)
    #expect(!kind.isReadOnly)
    #expect(abs(try FileSystemKind.freeBytes(at: folder.path) - free) < 4 << 30)
  }

  @Test func knowsLocalOnes() throws {
    let kind = try FileSystemKind(at: "/proc")
    #expect(kind.magic == 0x9FA0 && !kind.isRemote && kind.freeBytes == 0)
  }

  @Test func aPathThatIsNotThere() {
    #expect(throws: Errno.noSuchFileOrDirectory) { try FileSystemKind(at: "/none/such") }
  }
}
