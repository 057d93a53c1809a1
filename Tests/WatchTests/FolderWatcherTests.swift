import Dispatch
import Foundation
import Platform
import SystemPackage
import Testing

@testable import Watch

/// The watcher over real folders.
@Suite struct FolderWatcherTests {
  private let scratch: ScratchFolder
  private let root: FilePath

  init() throws {
    scratch = try ScratchFolder()
    root = try scratch.makeFolder(scratch.at("root"))
  }

  private func mirror(_ change: (inout WatchOptions) -> Void = { _ in }, limit: Int = .max) throws -> Mirror {
    var options = WatchOptions.quick
    change(&options)
    var mirror = Mirror(try FolderWatcher([root], options: options, watchLimit: limit))
    try mirror.followToTheEnd()
    mirror.forgetNotices()
    return mirror
  }

  private func names(_ mirror: Mirror) -> [String] {
    mirror.files.keys.map { String($0.displayName.dropFirst(root.string.count + 1)) }.sorted()
  }

  @Test func aDroppedFileIsSaidOnceAndSoon() throws {
    var mirror = try mirror { $0.settle = .milliseconds(300) }
    let start = ContinuousClock.now
    let file = try scratch.write("picture", to: "root/a.jpg")
    while mirror.notices.isEmpty, ContinuousClock.now - start < .seconds(20) {
      try mirror.follow(within: .seconds(5))
    }
    #expect(ContinuousClock.now - start >= .milliseconds(300))
    try mirror.followToTheEnd()
    #expect(mirror.notices == [.look(file)])
  }

  @Test func foldersThatAreFilledAtOnce() throws {
    var mirror = try mirror()
    for number in 0..<40 { try scratch.write("x", to: "root/a\(number % 4)/b\(number)/c/\(number).jpg") }
    try mirror.followToTheEnd()
    #expect(mirror.files.count == 40)
    #expect(mirror.files == mirror.truth)
    #expect(mirror.watcher.statistics.watches == 1 + 4 + 40 + 40)
    // Renamed, and then changed at the new place.
    try scratch.rename(scratch.at("root/a1"), to: scratch.at("root/z"))
    try mirror.followToTheEnd()
    #expect(mirror.files == mirror.truth)
    mirror.forgetNotices()
    let file = try scratch.write("longer", to: "root/z/b1/c/1.jpg")
    try mirror.followToTheEnd()
    #expect(mirror.notices == [.look(file)])
    #expect(mirror.watcher.statistics.watches == 85)
  }

  @Test func aSlowWriterIsWaitedFor() throws {
    var mirror = try mirror { $0.quietOpen = .seconds(60) }
    let file = scratch.at("root/a.jpg")
    let writer = try FileDescriptor.open(
      file, .writeOnly, options: [.create], permissions: [.ownerReadWrite])
    for _ in 0..<5 {
      try writer.writeAll(Array("chunk".utf8))
      // Twice the settle time.
      for _ in 0..<3 { try mirror.follow(within: .milliseconds(20)) }
    }
    #expect(mirror.notices.isEmpty)
    #expect(mirror.watcher.statistics.pending == 1)
    try writer.close()
    try mirror.followToTheEnd()
    #expect(mirror.notices == [.look(file)])
    #expect(mirror.files[file]?.size == 25)
  }

  @Test func linksOfBothKinds() throws {
    let outside = try scratch.write("x", to: "outside/x.jpg")
    let first = try scratch.write("first", to: "root/first.jpg")
    var mirror = try mirror()
    try scratch.hardLink(scratch.at("root/hard.jpg"), to: first)
    try scratch.link(scratch.at("root/soft.jpg"), to: outside)
    try scratch.link(scratch.at("root/folder"), to: scratch.at("outside"))
    try scratch.link(scratch.at("root/again"), to: scratch.at("outside"))
    // Loops: to the root, to the link's own folder, and from outside.
    try scratch.makeFolder(scratch.at("root/inner"))
    try scratch.link(scratch.at("root/inner/loop"), to: root)
    try scratch.link(scratch.at("outside/loop"), to: scratch.at("outside"))
    try scratch.link(scratch.at("outside/back"), to: scratch.path)
    try mirror.followToTheEnd()
    #expect(
      names(mirror) == ["again/x.jpg", "first.jpg", "folder/x.jpg", "hard.jpg", "soft.jpg"])
    #expect(mirror.files == mirror.truth)
    // Changes behind links.
    mirror.forgetNotices()
    try scratch.write("changed", to: outside)
    try scratch.write("new", to: "outside/y.jpg")
    try mirror.followToTheEnd()
    #expect(names(mirror).contains("again/y.jpg"))
    #expect(names(mirror).contains("folder/y.jpg"))
    #expect(mirror.files == mirror.truth)
    // One of two links to a folder goes: the other stays watched.
    try scratch.removeFile(scratch.at("root/again"))
    try mirror.followToTheEnd()
    try scratch.write("newer", to: "outside/z.jpg")
    // What a link to a file leads to is replaced, as editors do.
    try scratch.write("a new inode", to: "outside/.x.new")
    try scratch.rename(scratch.at("outside/.x.new"), to: outside)
    try mirror.followToTheEnd()
    #expect(
      names(mirror) == ["first.jpg", "folder/x.jpg", "folder/y.jpg", "folder/z.jpg", "hard.jpg", "soft.jpg"])
    #expect(mirror.files == mirror.truth)
    try scratch.write("and again", to: outside)
    try mirror.followToTheEnd()
    #expect(mirror.files == mirror.truth)
  }

  @Test func namesThatAreNotUTF8() throws {
    var mirror = try mirror()
    let folder = root.appending(name: [0xFF, 0xFE])
    let file = try scratch.write("x", to: folder.appending(name: [0xE9, 0x2E, 0x6A]))
    try mirror.followToTheEnd()
    #expect(Array(mirror.files.keys) == [file])
    let moved = folder.appending(name: [0x80])
    try scratch.rename(file, to: moved)
    try mirror.followToTheEnd()
    #expect(Array(mirror.files.keys) == [moved])
  }

  @Test func aRootThatGoesTakesNothingWithItUntilItIsBack() throws {
    try scratch.write("x", to: "root/a/b.jpg")
    var mirror = try mirror()
    try scratch.rename(root, to: scratch.at("away"))
    try mirror.followToTheEnd()
    #expect(mirror.notices == [.rootLost(root, .movedAway)])
    #expect(names(mirror) == ["a/b.jpg"])
    #expect(mirror.watcher.statistics.watches == 0)
    mirror.forgetNotices()
    try scratch.rename(scratch.at("away"), to: root)
    try follow(&mirror) { $0.contains(.lookBelow(root)) }
    #expect(mirror.notices == [.rootBack(root), .lookBelow(root)])
    try scratch.write("y", to: "root/a/c.jpg")
    try mirror.followToTheEnd()
    #expect(names(mirror) == ["a/b.jpg", "a/c.jpg"])
    mirror.forgetNotices()
    // Deleted, and made anew: perhaps with the same inode.
    try scratch.removeFolder(root)
    try follow(&mirror) { $0.contains { if case .rootLost = $0 { true } else { false } } }
    try scratch.write("z", to: "root/new.jpg")
    try follow(&mirror) { $0.contains(.lookBelow(root)) }
    try mirror.followToTheEnd()
    #expect(names(mirror) == ["new.jpg"])
    #expect(mirror.watcher.statistics.watches == 1)
  }

  private func follow(_ mirror: inout Mirror, until isSeen: ([WatchNotice]) -> Bool) throws {
    let end = ContinuousClock.now + .seconds(20)
    while !isSeen(mirror.notices), ContinuousClock.now < end { try mirror.follow(within: .milliseconds(50)) }
  }

  @Test(arguments: [false, true]) func polling(_ isLimited: Bool) throws {
    try scratch.write("x", to: "root/a/b/x.jpg")
    var watching = try isLimited ? mirror(limit: 2) : mirror { $0.polling = .always }
    #expect(watching.watcher.statistics.watches == (isLimited ? 2 : 0))
    #expect(watching.watcher.statistics.polledRoots == 1)
    try scratch.write("longer", to: "root/a/b/x.jpg")
    let new = try scratch.write("y", to: "root/a/b/y.jpg")
    let end = ContinuousClock.now + .seconds(20)
    while watching.files != watching.truth, ContinuousClock.now < end {
      try watching.follow(within: .milliseconds(50))
    }
    #expect(watching.files == watching.truth)
    #expect(watching.files[new] != nil)
    watching.watcher.observe(new)
    try follow(&watching) { $0.contains(.look(new)) }
    #expect(watching.notices.contains(.look(new)))
  }

  @Test func theLimitIsSaidOnce() throws {
    for name in ["a", "b", "c"] { try scratch.write("", to: "root/\(name)/x.jpg") }
    var mirror = Mirror(try FolderWatcher([root], options: .quick, watchLimit: 3))
    let end = ContinuousClock.now + .milliseconds(400)
    while ContinuousClock.now < end { try mirror.follow(within: .milliseconds(20)) }
    let troubles = mirror.notices.compactMap {
      if case .trouble(let trouble) = $0 { trouble.code } else { nil }
    }
    #expect(troubles == [.watchLimit])
    #expect(mirror.notices.count { $0 == .lookBelow(root) } > 1)
  }

  @Test func anOverflowLosesNothing() throws {
    try scratch.write("x", to: "root/a/x.jpg")
    var mirror = try mirror()
    mirror.watcher.inject(InotifyEvent(watch: -1, mask: .overflow))
    try mirror.followToTheEnd()
    #expect(mirror.notices == [.trouble(.queueOverflow), .lookBelow(root)])
    #expect(mirror.watcher.statistics.overflows == 1)
    #expect(mirror.watcher.statistics.watches == 2)
  }

  @Test func everythingIsComparedOnDemand() throws {
    var mirror = try mirror()
    mirror.watcher.compareAll()
    try mirror.followToTheEnd()
    #expect(mirror.notices == [.lookBelow(root)])
  }

  @Test func whatIsExcludedOrHiddenIsNotWatched() throws {
    let home = try scratch.makeFolder(scratch.at("root/home/thumbnails"))
    try scratch.link(scratch.at("root/link"), to: home)
    try scratch.write("x", to: "root/.hidden/x.jpg")
    try scratch.write("x", to: "root/@eaDir/x.jpg")
    var mirror = try mirror { $0.excluded = [scratch.at("root/home")] }
    #expect(mirror.watcher.statistics.watches == 1)
    try scratch.write("x", to: "root/home/thumbnails/x.jpg")
    try scratch.write("x", to: "root/.hidden/y.jpg")
    try mirror.followToTheEnd()
    #expect(mirror.notices.isEmpty)
    #expect(mirror.files.isEmpty)
  }

  @Test func wakingEndsAWait() throws {
    let mirror = try mirror()
    let start = ContinuousClock.now
    let watcher = mirror.watcher
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { watcher.wake() }
    #expect(try watcher.next(within: .seconds(60)).isEmpty)
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test func aWaitEndsByItself() throws {
    let mirror = try mirror()
    #expect(try mirror.watcher.next(within: .milliseconds(10)).isEmpty)
  }
}
