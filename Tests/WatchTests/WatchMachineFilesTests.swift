import Platform
import SystemPackage
import Testing

@testable import Watch

/// When a file is finished. The settle time is 300 ms, the patience with an open file 60 s.
@Suite struct WatchMachineFilesTests {
  private let look = [WatchNotice.look("/r/a.jpg")]

  private func rig() -> MachineRig {
    var rig = MachineRig()
    rig.settle()
    rig.files["/r/a.jpg"] = MachineRig.file()
    return rig
  }

  @Test(arguments: [InotifyEvent.Mask.closedAfterWriting, .movedTo, .attributes])
  func aFinishedFileIsSaidAfterTheSettleTime(_ mask: InotifyEvent.Mask) {
    var rig = rig()
    rig.kernel(mask, "a.jpg")
    rig.pass(.milliseconds(299))
    #expect(rig.takeNotices().isEmpty)
    rig.pass(.milliseconds(2))
    #expect(rig.takeNotices() == look)
    rig.pass(.seconds(100))
    #expect(rig.takeNotices().isEmpty)
    #expect(rig.machine.pending == 0)
  }

  @Test func writingStartsTheTimerAnew() {
    var rig = rig()
    rig.kernel(.created, "a.jpg")
    for _ in 0..<20 {
      rig.pass(.milliseconds(200))
      rig.kernel(.modified, "a.jpg")
    }
    #expect(rig.takeNotices().isEmpty)
    rig.kernel(.closedAfterWriting, "a.jpg")
    rig.pass(.milliseconds(200))
    // Opened again and appended to.
    rig.kernel(.modified, "a.jpg")
    rig.kernel(.closedAfterWriting, "a.jpg")
    rig.pass(.milliseconds(299))
    #expect(rig.takeNotices().isEmpty)
    rig.pass(.milliseconds(2))
    #expect(rig.takeNotices() == look)
  }

  @Test func aStampThatChangesWithoutAnEventIsWaitedFor() {
    var rig = rig()
    rig.kernel(.closedAfterWriting, "a.jpg")
    for version in 2..<6 {
      rig.files["/r/a.jpg"] = MachineRig.file(version)
      rig.pass(.milliseconds(300))
      #expect(rig.takeNotices().isEmpty)
    }
    rig.pass(.milliseconds(300))
    #expect(rig.takeNotices() == look)
  }

  @Test(arguments: [WriterProbe.somebody, .unknown]) func anOpenFileIsWaitedFor(_ probe: WriterProbe) {
    var rig = rig()
    rig.files["/r/a.jpg"] = MachineRig.file(writers: probe)
    rig.kernel(.created, "a.jpg")
    rig.kernel(.modified, "a.jpg")
    rig.pass(.seconds(50))
    #expect(rig.takeNotices().isEmpty)
    rig.files["/r/a.jpg"] = MachineRig.file(writers: probe == .unknown ? .unknown : .nobody)
    rig.kernel(.closedAfterWriting, "a.jpg")
    rig.pass(.milliseconds(301))
    #expect(rig.takeNotices() == look)
  }

  @Test func anOpenFileThatIsQuietForLongIsLookedAt() {
    var rig = rig()
    rig.files["/r/a.jpg"] = MachineRig.file(writers: .somebody)
    rig.kernel(.created, "a.jpg")
    rig.pass(.seconds(59))
    #expect(rig.takeNotices().isEmpty)
    rig.pass(.seconds(3))
    #expect(rig.takeNotices() == look)
  }

  /// Another process has it open, though the one that events told of has closed it.
  @Test func theProbeStandsAboveTheEvents() {
    var rig = rig()
    rig.files["/r/a.jpg"] = MachineRig.file(writers: .somebody)
    rig.kernel(.closedAfterWriting, "a.jpg")
    rig.pass(.seconds(5))
    #expect(rig.takeNotices().isEmpty)
    rig.files["/r/a.jpg"] = MachineRig.file(writers: .nobody)
    rig.pass(.seconds(2))
    #expect(rig.takeNotices() == look)
  }

  @Test func aCloseAmidAWaitIsNotedAtOnce() {
    var rig = rig()
    rig.files["/r/a.jpg"] = MachineRig.file(writers: .somebody)
    rig.kernel(.created, "a.jpg")
    rig.pass(.seconds(30))
    rig.files["/r/a.jpg"] = MachineRig.file(2)
    rig.kernel(.closedAfterWriting, "a.jpg")
    rig.pass(.milliseconds(301))
    #expect(rig.takeNotices() == look)
  }

  @Test func linksAreMadeWithoutOpening() {
    var hard = rig()
    hard.files["/r/a.jpg"] = MachineRig.file(writers: .unknown, links: 2)
    hard.kernel(.created, "a.jpg")
    hard.pass(.milliseconds(301))
    #expect(hard.takeNotices() == look)
    var symbolic = rig()
    symbolic.files["/r/a.jpg"] = MachineRig.file(writers: .unknown, isLink: true)
    symbolic.kernel(.created, "a.jpg")
    symbolic.pass(.milliseconds(301))
    #expect(symbolic.takeNotices() == look)
    // What it leads to is watched, and said by the link's name.
    symbolic.kernel(.modified, in: "/r/a.jpg")
    symbolic.kernel(.closedAfterWriting, in: "/r/a.jpg")
    symbolic.pass(.milliseconds(301))
    #expect(symbolic.takeNotices() == look)
  }

  @Test func aFileThatIsReplacedIsSaidOnce() {
    var rig = rig()
    rig.kernel(.deleted, "a.jpg")
    rig.pass(.milliseconds(100))
    rig.kernel(.movedTo, "a.jpg")
    rig.pass(.seconds(10))
    #expect(rig.takeNotices() == look)
  }

  @Test func bothEndsOfARenameComeTogether() {
    var rig = rig()
    rig.files["/r/b.jpg"] = MachineRig.file()
    rig.files["/r/a.jpg"] = nil
    rig.kernel(.movedFrom, "a.jpg")
    rig.kernel(.movedTo, "b.jpg")
    rig.pass(.milliseconds(299))
    #expect(rig.takeNotices().isEmpty)
    rig.pass(.milliseconds(1))
    #expect(Set(rig.takeNotices().map(String.init(describing:))).count == 2)
  }

  @Test func hiddenAndIgnoredNamesAreNothing() {
    var rig = rig()
    for name in [".a.jpg.Xy12", "a.jpg.part", "~$a", "Thumbs.db"] {
      rig.kernel(.created, name)
      rig.kernel(.closedAfterWriting, name)
    }
    rig.kernel([.created, .isFolder], "@eaDir")
    rig.pass(.seconds(10))
    #expect(rig.takeNotices().isEmpty)
    #expect(rig.examined.isEmpty)
    #expect(rig.watched.count == 1)
    // rsync's last step.
    rig.kernel(.movedFrom, ".a.jpg.Xy12")
    rig.kernel(.movedTo, "a.jpg")
    rig.pass(.milliseconds(301))
    #expect(rig.takeNotices() == look)
  }

  @Test func anObservedFileWaitsLongerWhereNothingIsKnownOfWriters() {
    var rig = rig()
    rig.observe("/r/a.jpg")
    rig.pass(.milliseconds(301))
    #expect(rig.takeNotices() == look)
    rig.files["/r/a.jpg"] = MachineRig.file(writers: .unknown)
    rig.observe("/r/a.jpg")
    rig.pass(.seconds(3))
    #expect(rig.takeNotices().isEmpty)
    rig.pass(.seconds(2))
    #expect(rig.takeNotices() == look)
  }

  /// Nothing of a root that is gone is taken for deleted, even before the loss is noticed.
  @Test func aFileThatIsGoneWithItsRootIsNotSaid() {
    var rig = rig()
    rig.kernel(.closedAfterWriting, "a.jpg")
    rig.files["/r/a.jpg"] = nil
    rig.roots["/r"] = nil
    rig.pass(.milliseconds(400))
    #expect(rig.takeNotices() == [.rootLost("/r", .missing)])
    rig.pass(.seconds(20))
    #expect(rig.takeNotices().isEmpty)
  }

  @Test func manyFilesOnePassEach() {
    var rig = rig()
    for number in 0..<500 {
      rig.files[FilePath("/r/\(number)")] = MachineRig.file()
      rig.kernel(.created, "\(number)")
      rig.kernel(.closedAfterWriting, "\(number)")
    }
    rig.pass(.seconds(1))
    #expect(rig.takeNotices().count == 500)
    #expect(rig.machine.pending == 0)
    #expect(rig.machine.fileDeadlines.count == 0)
  }
}
