import Platform
import SystemPackage
import Testing

@testable import Watch

@Suite struct WatchMachineRootsTests {
  private func folder(
    device: UInt64, inode: UInt64 = 1, above: UInt64 = 1, isEmpty: Bool = false, remote: String? = nil
  ) -> RootFinding {
    .folder(
      PathStatus.Identity(device: device, inode: inode), parentDevice: above, isEmpty: isEmpty, remote: remote
    )
  }

  private func rig(_ found: RootFinding = MachineRig.present) -> MachineRig {
    var rig = MachineRig()
    rig.roots["/r"] = found
    rig.settle()
    return rig
  }

  @Test func aRootThatIsNotThereIsWaitedFor() {
    var rig = MachineRig()
    rig.roots["/r"] = nil
    rig.pass(.seconds(60))
    #expect(rig.takeNotices() == [.rootLost("/r", .missing)])
    #expect(rig.machine.lostRoots == 1)
    rig.roots["/r"] = MachineRig.present
    rig.pass(.seconds(10))
    #expect(rig.takeNotices() == [.rootBack("/r"), .lookBelow("/r")])
    #expect(rig.watched["/r"] != nil)
  }

  @Test(
    arguments: [
      (InotifyEvent.Mask.deletedSelf, WatchNotice.LossReason.deleted), (.movedSelf, .movedAway),
      (.ignored, .deleted),
    ])
  func whatHappensToTheRootItselfIsALoss(_ mask: InotifyEvent.Mask, _ reason: WatchNotice.LossReason) {
    var rig = rig()
    // What was pending below it goes with it.
    rig.kernel(.deleted, "a.jpg")
    rig.kernel([.deleted, .isFolder], "folder")
    rig.roots["/r"] = nil
    rig.kernel(mask)
    rig.pass(.seconds(20))
    #expect(rig.takeNotices() == [.rootLost("/r", reason)])
    #expect(rig.machine.watches == 0)
    #expect(rig.machine.pending == 0)
    rig.roots["/r"] = folder(device: 1, inode: 2)
    rig.pass(.seconds(5))
    #expect(rig.takeNotices() == [.rootBack("/r"), .lookBelow("/r")])
  }

  @Test func theMountPointIsNotTheDisk() {
    var rig = rig(folder(device: 8))
    rig.roots["/r"] = folder(device: 1, inode: 99)
    rig.kernel(.unmounted)
    rig.pass(.seconds(100))
    #expect(rig.takeNotices() == [.rootLost("/r", .unmounted)])
    // The same disk under another number.
    rig.roots["/r"] = folder(device: 9)
    rig.pass(.seconds(5))
    #expect(rig.takeNotices() == [.rootBack("/r"), .lookBelow("/r")])
  }

  /// The walk met it in a moment when it was away.
  @Test func aRootWithoutAWatchIsWatchedAgain() {
    var rig = rig()
    let names = rig.folders["/r"]
    rig.folders["/r"] = nil
    rig.kernel(.overflow, in: "/nowhere")
    rig.pass(.milliseconds(200))
    #expect(rig.machine.watches == 0)
    rig.folders["/r"] = names
    _ = rig.takeNotices()
    rig.pass(.seconds(4))
    #expect(rig.takeNotices() == [.lookBelow("/r")])
    #expect(rig.machine.watches == 1)
  }

  /// No event tells of a lazy unmount.
  @Test func anUnmountWithoutAnEventIsFoundByLooking() {
    var rig = rig(folder(device: 8))
    rig.roots["/r"] = folder(device: 1, inode: 99, isEmpty: true)
    rig.pass(.seconds(100))
    #expect(rig.takeNotices() == [.rootLost("/r", .unmounted)])
    rig.roots["/r"] = folder(device: 8)
    rig.pass(.seconds(5))
    #expect(rig.takeNotices() == [.rootBack("/r"), .lookBelow("/r")])
  }

  /// The root is a folder of the disk, not its mount point.
  @Test func anEmptyFolderOnAnotherDeviceIsNotTheRoot() {
    var rig = rig(folder(device: 8, above: 8))
    rig.roots["/r"] = nil  // what is above is on device 1
    rig.pass(.seconds(10))
    #expect(rig.takeNotices() == [.rootLost("/r", .missing)])
    rig.roots["/r"] = folder(device: 1, inode: 99)
    rig.pass(.seconds(10))
    #expect(rig.takeNotices().isEmpty)
    rig.roots["/r"] = folder(device: 9, above: 9, isEmpty: true)
    rig.pass(.seconds(10))
    #expect(rig.takeNotices().isEmpty)
    rig.roots["/r"] = folder(device: 9, above: 9)
    rig.pass(.seconds(10))
    #expect(rig.takeNotices() == [.rootBack("/r"), .lookBelow("/r")])
  }

  @Test func anotherFolderInTheRootsPlaceIsALossAndAReturn() {
    var rig = rig()
    rig.roots["/r"] = folder(device: 1, inode: 2)
    rig.pass(.seconds(10))
    #expect(rig.takeNotices() == [.rootLost("/r", .replaced), .rootBack("/r"), .lookBelow("/r")])
    // A disk is mounted over it; an empty one would be waited for.
    rig.roots["/r"] = folder(device: 8, isEmpty: true)
    rig.pass(.seconds(10))
    #expect(rig.takeNotices() == [.rootLost("/r", .replaced)])
    rig.roots["/r"] = folder(device: 8)
    rig.pass(.seconds(10))
    #expect(rig.takeNotices() == [.rootBack("/r"), .lookBelow("/r")])
  }

  @Test func anEmptyRootWithKnownWorksIsLostFromTheStart() {
    var options = WatchOptions()
    options.populated = ["/r"]
    var rig = MachineRig(options: options)
    rig.roots["/r"] = folder(device: 1, isEmpty: true)
    rig.pass(.seconds(20))
    #expect(rig.takeNotices() == [.rootLost("/r", .empty)])
    rig.roots["/r"] = folder(device: 8)
    rig.pass(.seconds(20))
    #expect(rig.takeNotices() == [.rootBack("/r"), .lookBelow("/r")])
  }

  @Test func aMountPointBelowARootIsLostByItself() {
    var rig = rig()
    _ = rig.machine.handle(
      .kernel(InotifyEvent(watch: 1, mask: [.created, .isFolder], name: Array("disk".utf8))), at: rig.now)
    func watched(_ watch: Int32, _ names: [String]) -> FolderReply {
      .watched(watch, device: 8, isLink: false, folders: names.map { Array($0.utf8) }, linkedFiles: [])
    }
    let job = rig.machine.lastJob
    _ = rig.machine.handle(.folder("/r/disk", job: job, watched(70, ["deep"])), at: rig.now)
    _ = rig.machine.handle(.folder("/r/disk/deep", job: job, watched(71, [])), at: rig.now)
    rig.pass(.seconds(1))
    _ = rig.takeNotices()
    // Whichever folder's event comes first.
    let said = rig.machine.handle(.kernel(InotifyEvent(watch: 71, mask: .unmounted)), at: rig.now)
    #expect(said == [.unwatch(70), .unwatch(71), .notice(.rootLost("/r/disk", .unmounted))])
    rig.roots["/r/disk"] = folder(device: 1, inode: 9, isEmpty: true)
    rig.pass(.seconds(20))
    #expect(rig.takeNotices().isEmpty)
    rig.roots["/r/disk"] = folder(device: 8)
    rig.folders["/r/disk"] = ([], [])
    rig.pass(.seconds(20))
    #expect(rig.takeNotices() == [.rootBack("/r/disk"), .lookBelow("/r/disk")])
    #expect(rig.machine.lostRoots == 0)
  }

  @Test(arguments: [WatchOptions.Polling.automatic, .always, .never])
  func networkFileSystemsArePolled(_ polling: WatchOptions.Polling) {
    var options = WatchOptions()
    options.polling = polling
    var rig = MachineRig(options: options)
    rig.roots["/r"] = folder(device: 1, remote: "NFS")
    rig.pass(.seconds(95))
    let expected = polling == .never ? 1 : 4
    #expect(rig.takeNotices() == Array(repeating: .lookBelow("/r"), count: expected))
    #expect(rig.watched.isEmpty == (polling != .never))
    // A poll of a root that is gone says nothing of what was in it.
    rig.roots["/r"] = nil
    rig.pass(.seconds(95))
    #expect(rig.takeNotices() == [.rootLost("/r", .missing)])
  }

  @Test func rootsInEachOtherAreOne() {
    let options = WatchOptions()
    let given: [FilePath] = ["/r/a", "/r", "/r/.hidden", "/r", "/s/../r/b", "/rest"]
    #expect(WatchScope(given, options: options).roots == ["/r", "/r/.hidden", "/rest"])
    var hidden = options
    hidden.includesHidden = true
    #expect(WatchScope(given, options: hidden).roots == ["/r", "/rest"])
  }
}
