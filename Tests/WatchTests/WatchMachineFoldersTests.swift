import Platform
import SystemPackage
import Testing

@testable import Watch

@Suite struct WatchMachineFoldersTests {
  private func rig() -> MachineRig {
    var rig = MachineRig()
    rig.folders["/r"] = (["a"], [])
    rig.folders["/r/a"] = (["b"], ["link.jpg"])
    rig.folders["/r/a/b"] = ([], [])
    rig.settle()
    return rig
  }

  @Test func atTheStartEverythingIsWatchedAndThenSaid() {
    var rig = MachineRig()
    rig.folders["/r"] = (["a"], [])
    rig.folders["/r/a"] = ([], ["link.jpg"])
    rig.pass(.milliseconds(1))
    #expect(Set(rig.watched.keys) == ["/r", "/r/a", "/r/a/link.jpg"])
    rig.pass(.seconds(1))
    #expect(rig.takeNotices() == [.lookBelow("/r")])
    #expect(rig.machine.watches == 3)
  }

  @Test func aNewFolderIsWatchedBeforeItIsSaid() {
    var rig = rig()
    rig.folders["/r/new"] = (["deep"], [])
    rig.folders["/r/new/deep"] = ([], [])
    rig.kernel([.created, .isFolder], "new")
    #expect(rig.watched["/r/new/deep"] != nil)
    rig.pass(.milliseconds(101))
    #expect(rig.takeNotices() == [.lookBelow("/r/new")])
  }

  @Test func aFolderThatMovesTakesItsWatchesAlong() {
    var rig = rig()
    rig.folders["/r/c"] = rig.folders["/r/a"]
    rig.folders["/r/c/b"] = ([], [])
    rig.kernel([.movedFrom, .isFolder], "a")
    #expect(rig.unwatched.count == 3)
    rig.kernel([.movedTo, .isFolder], "c")
    rig.pass(.seconds(1))
    #expect(Set(rig.takeNotices().map(String.init(describing:))).count == 2)
    rig.files["/r/c/b/x.jpg"] = MachineRig.file()
    rig.kernel(.closedAfterWriting, "x.jpg", in: "/r/c/b")
    rig.pass(.seconds(1))
    #expect(rig.takeNotices() == [.look("/r/c/b/x.jpg")])
    #expect(rig.machine.watches == 4)
  }

  /// The walk of the new place comes before the event of the old one.
  @Test func aWatchThatIsFoundAtItsNewPlaceFirstStays() throws {
    var tree = WatchTree()
    func insert(_ path: FilePath, _ watch: Int32) -> WatchTree.ID? {
      tree.insert(path, root: "/r", watch: watch, device: 1, generation: 0, isLink: false, isFile: false)
    }
    _ = insert("/r", 1)
    let old = try #require(insert("/r/old", 2))
    let new = try #require(insert("/r/new", 2))
    #expect(tree.nodes(of: 2) == [old, new])
    #expect(tree.remove(old) == [])
    #expect(tree.nodes(of: 2).map { tree.path(of: $0) } == ["/r/new"])
    #expect(tree.remove(new) == [2])
    #expect(tree.count == 1)
    #expect(insert("/r/none/inner", 3) == nil)
  }

  @Test func aTreeOfManyFoldersIsSaidOnce() {
    var rig = rig()
    rig.folders["/r/big"] = ((0..<20).map { "\($0)" }, [])
    for outer in 0..<20 {
      rig.folders[FilePath("/r/big/\(outer)")] = ((0..<40).map { "\($0)" }, [])
      for inner in 0..<40 { rig.folders[FilePath("/r/big/\(outer)/\(inner)")] = ([], []) }
    }
    rig.kernel([.movedTo, .isFolder], "big")
    rig.pass(.seconds(2))
    #expect(rig.takeNotices() == [.lookBelow("/r/big")])
    #expect(rig.machine.watches == 1 + 20 + 800 + 4)
    rig.kernel([.movedFrom, .isFolder], "big")
    rig.pass(.seconds(2))
    #expect(rig.takeNotices() == [.lookBelow("/r/big")])
    #expect(rig.machine.watches == 4)
  }

  @Test func manyFoldersMadeOneByOneAreSaidByFewAbove() {
    var rig = rig()
    for number in 0..<300 {
      rig.folders[FilePath("/r/a/\(number)")] = ([], [])
      rig.kernel([.created, .isFolder], "\(number)", in: "/r/a")
    }
    rig.pass(.seconds(2))
    #expect(rig.takeNotices() == [.lookBelow("/r/a")])
  }

  @Test func anOverflowComparesEverythingAndForgetsWhatIsGone() {
    var rig = rig()
    rig.folders["/r"] = (["new"], [])
    rig.folders["/r/a"] = nil
    rig.folders["/r/new"] = ([], [])
    rig.kernel(.overflow, in: "/nowhere")
    rig.pass(.seconds(1))
    #expect(rig.takeNotices() == [.trouble(.queueOverflow), .lookBelow("/r")])
    #expect(rig.machine.overflows == 1)
    #expect(Set(rig.watched.keys) == ["/r", "/r/new"])
    #expect(rig.machine.watches == 2)
  }

  @Test func whatGetsNoWatchIsComparedAtAnInterval() throws {
    var rig = rig()
    rig.limit = 5
    for name in ["x", "y", "z"] { rig.folders[FilePath("/r/\(name)")] = ([], []) }
    for name in ["x", "y", "z"] { rig.kernel([.created, .isFolder], name) }
    rig.pass(.seconds(1))
    let said = rig.takeNotices()
    let troubles = said.compactMap { if case .trouble(let trouble) = $0 { trouble } else { nil } }
    #expect(troubles.map(\.code) == [.watchLimit])
    #expect(troubles.first?.description.contains("fs.inotify.max_user_watches=524288") == true)
    #expect(rig.machine.polledRoots == 1)
    rig.folders["/r"] = (["a", "x", "y", "z"], [])
    rig.pass(.seconds(35))
    #expect(rig.takeNotices() == [.lookBelow("/r")])
    // There is room again.
    rig.limit = 100
    rig.pass(.seconds(70))
    #expect(rig.machine.polledRoots == 0)
    #expect(rig.machine.watches == 7)
    // And none again: said again.
    rig.limit = 7
    rig.folders["/r/last"] = ([], [])
    rig.kernel([.created, .isFolder], "last")
    #expect(rig.takeNotices().contains { if case .trouble = $0 { true } else { false } })
  }

  @Test func aFolderThatCannotBeReadIsSaidOnceAndTriedAgain() {
    var rig = rig()
    _ = rig.machine.handle(
      .kernel(InotifyEvent(watch: 1, mask: [.created, .isFolder], name: Array("locked".utf8))), at: rig.now)
    let reply = FolderReply.unreadable(.permissionDenied)
    let first = rig.machine.handle(.folder("/r/locked", job: rig.machine.lastJob, reply), at: rig.now)
    #expect(first == [.notice(.trouble(.unreadable("/r/locked", .permissionDenied)))])
    rig.machine.startJob("/r/locked", rescanOf: nil)
    _ = rig.machine.advance(to: rig.now)
    #expect(rig.machine.handle(.folder("/r/locked", job: rig.machine.lastJob, reply), at: rig.now) == [])
    rig.folders["/r/locked"] = ([], [])
    rig.pass(.seconds(1))
    _ = rig.takeNotices()
    rig.kernel([.attributes, .isFolder], "locked")
    rig.pass(.seconds(1))
    #expect(rig.takeNotices() == [.lookBelow("/r/locked")])
    #expect(rig.watched["/r/locked"] != nil)
  }

  @Test func aNetworkFolderBelowARootIsComparedAtAnInterval() {
    var rig = rig()
    rig.kernel([.created, .isFolder], "share")
    rig.machine.startJob("/r/share", rescanOf: nil)
    _ = rig.machine.advance(to: rig.now)
    _ = rig.machine.handle(.folder("/r/share", job: rig.machine.lastJob, .remote("NFS")), at: rig.now)
    rig.roots["/r/share"] = .folder(
      PathStatus.Identity(device: 9, inode: 1), parentDevice: 1, isEmpty: false, remote: "NFS")
    rig.pass(.seconds(1))
    _ = rig.takeNotices()
    rig.pass(.seconds(65))
    #expect(rig.takeNotices() == [.lookBelow("/r/share"), .lookBelow("/r/share")])
    // The mount point alone.
    rig.roots["/r/share"] = .folder(
      PathStatus.Identity(device: 1, inode: 5), parentDevice: 1, isEmpty: true, remote: nil)
    rig.pass(.seconds(100))
    #expect(rig.takeNotices() == [.rootLost("/r/share", .unmounted)])
  }
}
