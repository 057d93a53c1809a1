import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

@Suite struct DirectoryWalkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Files by their path below the folder, unreadable things as "! path".
  private func walk(_ walk: DirectoryWalk) -> [String] {
    walk.map { entry in
      switch entry {
      case .file(let path, _): shown(path)
      case .unreadable(let path, _): "! " + shown(path)
      }
    }
  }

  private func walk(hidden: Bool = false) -> [String] {
    walk(DirectoryWalk(folder.path, includesHidden: hidden))
  }

  private func shown(_ path: FilePath) -> String {
    FilePath(bytes: Array(path.bytes.dropFirst(folder.path.bytes.count + 1))).displayName
  }

  @Test func goesByTheBytesOfTheNames() throws {
    for name in ["b", "a/z", "a.txt", "B", "ä", "a/b/c", "10", "9"] { try folder.write(to: name) }
    try folder.write([], to: [0xFF])
    // A folder takes the place of its own name, so "a" comes before "a.txt".
    #expect(walk() == ["10", "9", "B", "a/b/c", "a/z", "a.txt", "b", "ä", "\\xff"])
    #expect(walk() == walk())
  }

  @Test func hiddenNamesAreLeftOutUnlessAsked() throws {
    for name in [".a", ".b/c", "d/.e", "f", "..g"] { try folder.write(to: name) }
    #expect(walk() == ["f"])
    #expect(walk(hidden: true) == ["..g", ".a", ".b/c", "d/.e", "f"])
    #expect(walk(DirectoryWalk(folder.path.appending(".b"))) == [".b/c"])
  }

  @Test func aSingleFileIsItsOwnWalk() throws {
    let file = try folder.write("12345", to: "one")
    let entries = Array(DirectoryWalk(file))
    guard entries.count == 1, case .file(file, let stamp)? = entries.first else {
      Issue.record("\(entries)")
      return
    }
    #expect(stamp.size == 5)
    #expect(Array(DirectoryWalk(folder.path.appending("none"))).isEmpty)
  }

  @Test func linksAreFollowedOnce() throws {
    try folder.write(to: "real/file")
    try folder.link("real/up", to: "..")
    try folder.link("real/self", to: ".")
    try folder.link("zlink", to: "real")
    try folder.link("filelink", to: "real/file")
    #expect(walk() == ["filelink", "real/file"])
  }

  @Test func brokenLinksAreTold() throws {
    try folder.write(to: "good")
    try folder.link("dangling", to: "nowhere")
    try folder.link("loop", to: "loop")
    let found = Array(DirectoryWalk(folder.path))
    #expect(found.first == .unreadable(folder.path.appending("dangling"), .noSuchFileOrDirectory))
    #expect(found.last == .unreadable(folder.path.appending("loop"), .tooManySymbolicLinkLevels))
    #expect(found.count == 3)
  }

  @Test func devicesAreTold() throws {
    try check(unsafe mkfifo(folder.path.appending("pipe").string, 0o600))
    #expect(
      Array(DirectoryWalk(folder.path)) == [.unreadable(folder.path.appending("pipe"), .notSupported)])
  }

  @Test(.enabled(if: geteuid() != 0, "nothing is closed to root")) func closedFoldersAreTold() throws {
    try folder.write(to: "closed/file")
    try folder.write(to: "open/file")
    let closed = folder.path.appending("closed")
    try check(unsafe chmod(closed.string, 0))
    defer { unsafe chmod(closed.string, 0o755) }
    #expect(walk() == ["! closed", "open/file"])
  }

  @Test func whatGoesAwayMeanwhileIsPassedOver() throws {
    for name in ["a", "b", "c/d", "e"] { try folder.write(to: name) }
    var walk = DirectoryWalk(folder.path)
    guard case .file(let first, _)? = walk.next() else {
      Issue.record("nothing found")
      return
    }
    #expect(shown(first) == "a")
    try folder.remove("b")
    try folder.remove("c")
    try folder.write(to: "f")  // too late for this walk
    #expect(self.walk(walk) == ["e"])
  }

  @Test func manyNames() throws {
    for number in 0..<1500 { try folder.write(to: "x\(number)") }
    let found = walk()
    #expect(found.count == 1500)
    #expect(Set(found).count == 1500)
    #expect(found == found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }
}
