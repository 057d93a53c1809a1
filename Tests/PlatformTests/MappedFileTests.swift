import Foundation
import Glibc
import Model
import Platform
import SystemPackage
import Testing

@Suite struct MappedFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// FIPS 180-4's examples (NIST, "Secure Hash Standard: Examples"), and the empty text.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func hashes(text: String, hash: String) throws {
    let file = try MappedFile(opening: folder.write(text, to: "f"))
    #expect(file.contentHash().hexadecimal == hash)
    #expect(file.withBytes { $0.count } == text.utf8.count)
    #expect(file.stamp.size == text.utf8.count)
  }

  @Test func givesTheBytes() throws {
    let file = try MappedFile(opening: folder.write([7, 0, 255], to: Array("f".utf8)))
    #expect(file.withBytes { [$0[0], $0[1], $0[2]] } == [7, 0, 255])
  }

  @Test func refusesWhatIsNoFile() throws {
    #expect(throws: Errno.isDirectory) { try MappedFile(opening: folder.path) }
    #expect(throws: Errno.noSuchFileOrDirectory) { try MappedFile(opening: folder.path.appending("none")) }
    #expect(throws: Errno.notSupported) { try MappedFile(opening: "/dev/null") }
    let pipe = folder.path.appending("pipe")
    try check(unsafe mkfifo(pipe.string, 0o600))
    #expect(throws: Errno.notSupported) { try MappedFile(opening: pipe) }
  }

  private enum Change: String, CaseIterable { case append, rewrite, chmod, truncate, replace, unlink }

  @Test func nothingHasChanged() throws {
    let file = try MappedFile(opening: folder.write("abc", to: "f"))
    TemporaryFolder.waitForClock()
    _ = file.contentHash()
    #expect(!file.hasChanged())
  }

  @Test(arguments: Change.allCases)
  private func tellsAChange(change: Change) throws {
    let path = try folder.write("abc", to: "f")
    let file = try MappedFile(opening: path)
    TemporaryFolder.waitForClock()
    switch change {
    case .append:
      let descriptor = try FileDescriptor.open(path, .writeOnly, options: .append)
      _ = try descriptor.closeAfter { try descriptor.writeAll("d".utf8) }
    case .rewrite: try folder.write("xyz", to: "f")
    case .chmod: try check(unsafe Glibc.chmod(path.string, 0o644))
    case .truncate: try check(unsafe Glibc.truncate(path.string, 0))
    case .replace:
      let other = try folder.write("abc", to: "g")
      try check(unsafe rename(other.string, path.string))
    case .unlink: try folder.remove("f")
    }
    #expect(file.hasChanged(), "\(change.rawValue)")
  }
}
