import Foundation
import Platform
import SystemPackage
import Testing

@Suite struct InotifyTests {
  private func events(_ queue: InotifyQueue) throws -> [InotifyEvent] {
    let signal = try WakeSignal()
    try signal.wait(for: queue, within: .seconds(5))
    return try queue.read()
  }

  @Test func aWrittenFileIsSaidByItsName() throws {
    let folder = try TemporaryFolder()
    let queue = try InotifyQueue()
    let watch = try queue.add(folder.path, folder: true)
    // A name that is not UTF-8, of a length that the record pads.
    let name: [UInt8] = [0x61, 0xFF, 0x2E, 0x6A]
    try folder.write([1], to: name)
    let found = try events(queue)
    #expect(found.map(\.name) == [name, name, name])
    #expect(found.map(\.mask) == [.created, .modified, .closedAfterWriting])
    #expect(found.allSatisfy { $0.watch == watch })
    #expect(try queue.read() == [])
  }

  @Test func oneFolderHasOneWatchByAnyPath() throws {
    let folder = try TemporaryFolder()
    let inner = try folder.makeFolder(folder.path.appending("inner"))
    let link = try folder.link("link", to: "inner")
    let queue = try InotifyQueue()
    let watch = try queue.add(inner, folder: true)
    #expect(try queue.add(link, folder: true) == watch)
    queue.remove(watch)
    #expect(try events(queue) == [InotifyEvent(watch: watch, mask: .ignored)])
  }

  @Test func whatCannotBeWatchedIsSaid() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", to: "file")
    let queue = try InotifyQueue()
    #expect(throws: Errno.notDirectory) { try queue.add(file, folder: true) }
    #expect(throws: Errno.noSuchFileOrDirectory) {
      try queue.add(folder.path.appending("none"), folder: true)
    }
  }

  @Test func aSignalEndsTheWaitAndIsKept() throws {
    let queue = try InotifyQueue()
    let signal = try WakeSignal()
    signal.raise()
    let start = ContinuousClock.now
    try signal.wait(for: queue, within: .seconds(30))
    try signal.wait(for: nil, within: .seconds(30))
    #expect(ContinuousClock.now - start < .seconds(20))
    signal.clear()
    try signal.wait(for: queue, within: .milliseconds(1))
  }

  @Test func aWriterIsFound() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("text", to: "file")
    // Not every file system has leases; then nothing is known, with and without a writer.
    let knows = WriterProbe(at: file) == .nobody
    let writer = try FileDescriptor.open(file, .writeOnly, options: .closeOnExec)
    #expect(WriterProbe(at: file) == (knows ? .somebody : .unknown))
    try writer.close()
    let reader = try FileDescriptor.open(file, .readOnly, options: .closeOnExec)
    #expect(probed(file) == (knows ? .nobody : .unknown))
    try reader.close()
    #expect(WriterProbe(at: folder.path.appending("none")) == .unknown)
  }

  /// A lease that stayed would hold the next writer up.
  @Test func theProbeLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("text", to: "file")
    for _ in 0..<100 {
      _ = WriterProbe(at: file)
      try FileDescriptor.open(file, .writeOnly, options: .nonBlocking).close()
    }
  }

  /// A writer that comes while the lease is held sends a signal, which must not end the process.
  @Test func aWriterBesideTheProbeIsHarmless() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("text", to: "file")
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      for _ in 0..<2000 {
        if part == 0 {
          _ = WriterProbe(at: file)
        } else {
          try? FileDescriptor.open(file, .writeOnly, options: .closeOnExec).close()
        }
      }
    }
    #expect(probed(file) != .somebody)
  }

  /// What the probe says when no other test is between fork and exec any more: its child has our descriptors.
  private func probed(_ file: FilePath) -> WriterProbe {
    let end = ContinuousClock.now + .seconds(10)
    while WriterProbe(at: file) == .somebody && ContinuousClock.now < end {
      Thread.sleep(forTimeInterval: 0.01)
    }
    return WriterProbe(at: file)
  }

  @Test func networkFileSystemsAreKnownByTheirNumbers() throws {
    #expect(NetworkFileSystem.name(magic: 0x6969) == "NFS")
    #expect(NetworkFileSystem.name(magic: 0xFF53_4D42) == "CIFS")
    #expect(NetworkFileSystem.name(magic: 0x6573_5546) == "FUSE")
    // ext4, tmpfs, overlay, btrfs, XFS.
    for magic: UInt64 in [0xEF53, 0x0102_1994, 0x794C_7630, 0x9123_683E, 0x5846_5342] {
      #expect(NetworkFileSystem.name(magic: magic) == nil)
    }
    #expect(try NetworkFileSystem.name(at: "/proc") == nil)
    #expect(throws: Errno.noSuchFileOrDirectory) { try NetworkFileSystem.name(at: "/nothing/here") }
  }

  @Test func aListingTellsKindsWithoutFollowing() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "b.jpg")
    try folder.write("", to: "a/x.jpg")
    try folder.link("c", to: "a")
    try folder.link("d", to: "nowhere")
    let entries = try FolderListing(of: folder.path).entries
    #expect(entries.map { String(decoding: $0.name, as: UTF8.self) } == ["a", "b.jpg", "c", "d"])
    #expect(entries.map(\.kind) == [.folder, .regular, .link, .link])
    #expect(throws: Errno.notDirectory) { try FolderListing(of: folder.path.appending("b.jpg")) }
  }

  @Test func aPathStatusFollowsAndSaysSo() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("four", to: "file")
    let link = try folder.link("link", to: "file")
    let (direct, behind) = (try PathStatus(at: file), try PathStatus(at: link))
    #expect(direct.identity == behind.identity)
    #expect(direct.kind == behind.kind)
    #expect([direct.isLink, behind.isLink] == [false, true])
    #expect(direct.links == 1)
    let dangling = try folder.link("dangling", to: "nowhere")
    #expect(throws: Errno.noSuchFileOrDirectory) { try PathStatus(at: dangling) }
    #expect(try PathStatus.isLink(at: dangling))
    #expect(link.resolved == file)
    #expect(dangling.resolved == nil)
  }
}
