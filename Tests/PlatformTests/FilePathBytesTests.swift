import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

@Suite struct FilePathBytesTests {
  @Test(
    arguments: [
      Array("/a/b.jpg".utf8), Array("relative/ä.png".utf8), [0x2F, 0xFF, 0xFE, 0x2F, 0x80], [0x61, 0xC3], [],
      Array("/100%/_".utf8), [0x2F, 0x0A, 0x07],
    ] as [[UInt8]])
  func bytesComeBack(bytes: [UInt8]) { #expect(FilePath(bytes: bytes).bytes == bytes) }

  @Test func whatFollowsAZeroByteIsCutOff() {
    #expect(FilePath(bytes: [0x61, 0, 0x62]).bytes == [0x61])
  }

  @Test(
    arguments: [
      (Array("/a/ä 画.png".utf8), "/a/ä 画.png"), ([0x61, 0xFF, 0x62], "a\\xffb"), ([0xC3], "\\xc3"),
      ([0xC3, 0x28], "\\xc3("), ([0x61, 0x0A, 0x1B], "a\\x0a\\x1b"), ([0x7F], "\\x7f"),
      (Array("🎨".utf8), "🎨"), ([0xF0, 0x9F, 0x8E], "\\xf0\\x9f\\x8e"),
      // A surrogate and an overlong form are no UTF-8; CSI as one character steers terminals.
      ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"), ([0xC0, 0xAF], "\\xc0\\xaf"), ([0xC2, 0x9B], "\\xc2\\x9b"),
    ] as [([UInt8], String)])
  func displayNames(bytes: [UInt8], shown: String) { #expect(FilePath(bytes: bytes).displayName == shown) }

  @Test func absolutePaths() {
    #expect(FilePath("/a/./b/../c").absolute == "/a/c")
    let here = FilePath(FileManager.default.currentDirectoryPath)
    #expect(FilePath("x/../y").absolute == here.appending("y"))
    #expect(FilePath(".").absolute == here)
  }

  @Test func leadingBytes() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("abcdef", to: "f")
    #expect(try file.leadingBytes(3) == Array("abc".utf8))
    #expect(try file.leadingBytes(100) == Array("abcdef".utf8))
    #expect(throws: Errno.noSuchFileOrDirectory) { try folder.path.appending("none").leadingBytes(1) }
    #expect(throws: Errno.isDirectory) { try folder.path.leadingBytes(1) }
    let pipe = folder.path.appending("pipe")
    try check(unsafe mkfifo(pipe.string, 0o600))
    #expect(try pipe.leadingBytes(5) == [])  // and no hanging
  }
}
