import Catalog
import Foundation
import Glibc
import Imaging
import Ingest
import Model
import Platform
import Synchronization
import SystemPackage
import Testing
import Watch

/// A keeper that is told by the test where to look.
@Suite struct KeeperTests {
  /// Notices that the test gives, one batch a call.
  private final class Script: NoticeSource, Sendable {
    let notices = Mutex<[WatchNotice]>([])
    let observed = Mutex<[FilePath]>([])

    func say(_ notice: WatchNotice...) { notices.withLock { $0 += notice } }
    func next(within patience: Duration) -> [WatchNotice] {
      let given = notices.withLock { notices in
        defer { notices = [] }
        return notices
      }
      if given.isEmpty { usleep(5000) }
      return given
    }
    /// The time has passed.
    func observe(_ path: FilePath) { say(.look(path)) }
    func compareAll() {}
    func wake() {}
  }

  private let fake: FakeWorker
  private let catalog: Catalog
  private let source = Script()

  init() throws {
    fake = try FakeWorker()
    catalog = try Catalog(at: fake.folder.appending("catalog.sqlite"))
  }

  /// Runs a keeper until it has been idle after each of the steps.
  @discardableResult
  private func keep(
    changing change: (inout KeeperOptions) -> Void = { _ in }, _ steps: [() throws -> Void] = []
  ) throws -> [KeeperEvent] {
    var ingest = IngestOptions(jobs: 2)
    ingest.worker = FakeWorker.settings()
    ingest.catalogueName = "catalog.csv"
    var options = KeeperOptions([fake.scans], ingest: ingest)
    options.settle = .zero
    change(&options)
    source.say(.lookBelow(fake.scans))
    var events: [KeeperEvent] = []
    var idle = 0
    let keeper = CollectionKeeper(
      catalog, program: fake.program, options: options, source: source, wake: {},
      tell: { event in
        events.append(event)
        if case .idle = event { idle += 1 }
      })
    var done = 0
    let deadline = ContinuousClock.now + .seconds(30)
    try keeper.run {
      guard ContinuousClock.now < deadline else { return true }
      guard idle > done else { return false }
      guard done < steps.count else { return true }
      #expect(throws: Never.self) { try steps[done]() }
      done += 1
      return false
    }
    #expect(ContinuousClock.now < deadline, "it never came to rest")
    return events
  }

  private func paths(isMissing: Bool = false) throws -> Set<String> {
    try Set(
      catalog.knownFiles(below: fake.scans).filter { $0.value.isMissing == isMissing }
        .compactMap { $0.key.lastComponent?.string })
  }

  @Test func theStartComparesEverything() throws {
    for name in ["1.jpg", "x/2.jpg"] { try fake.write("ok \(name)", to: name) }
    try fake.write("refuse corrupt", to: "bad.jpg")
    try keep()
    #expect(try paths() == ["1.jpg", "2.jpg"])
    #expect(try catalog.counts(of: []).quarantined == 1)
    let requests = fake.requests.count
    try keep()
    #expect(fake.requests.count == requests, "nothing has changed")
  }

  @Test func aRenamedFileIsNotMeasuredAgain() throws {
    try fake.write("ok", to: "x/1.jpg")
    try fake.write("ok two", to: "x/2.jpg")
    try keep([
      { [self] () throws in
        try FileManager.default.moveItem(
          atPath: fake.scans.appending("x").string, toPath: fake.scans.appending("y").string)
        source.say(.lookBelow(fake.scans.appending("x")))
        source.say(.lookBelow(fake.scans.appending("y")))
      }
    ])
    #expect(try catalog.files().map(\.path.string).allSatisfy { $0.contains("/y/") })
    #expect(try catalog.counts(of: []).files == 2)
    #expect(try paths(isMissing: true).isEmpty)
    #expect(fake.requests.count == 2)
  }

  /// The old path is looked at first, as if the file were deleted; the new one a moment later.
  @Test func aRenameInTwoStepsKeepsTheWork() throws {
    try fake.write("ok", to: "1.jpg")
    var id: ArtworkID?
    try keep([
      { [self] () throws in
        id = try catalog.files().first?.artworkID
        try FileManager.default.moveItem(
          atPath: fake.scans.appending("1.jpg").string, toPath: fake.scans.appending("2.jpg").string)
        source.say(.look(fake.scans.appending("1.jpg")))
      },
      { [self] () throws in
        #expect(try paths(isMissing: true) == ["1.jpg"])
        #expect(try catalog.signatureOwners().isEmpty)
        source.say(.look(fake.scans.appending("2.jpg")))
      },
    ])
    #expect(try catalog.files().map(\.artworkID) == [id].compactMap { $0 })
    #expect(try paths() == ["2.jpg"])
    #expect(try paths(isMissing: true).isEmpty)
    #expect(fake.requests.count == 1)
  }

  @Test func whatIsGoneLeavesTheAnswersAndComesBack() throws {
    let path = try fake.write("ok", to: "1.jpg")
    let kept = fake.folder.appending("kept")
    var before: [Int64: ArtworkID] = [:]
    try keep([
      { [self] () throws in
        before = try catalog.signatureOwners()
        try FileManager.default.moveItem(atPath: path.string, toPath: kept.string)
        source.say(.look(path))
      },
      { [self] () throws in
        #expect(try catalog.signatureOwners().isEmpty)
        #expect(try catalog.counts(of: []).missing == 1)
        try FileManager.default.moveItem(atPath: kept.string, toPath: path.string)
        source.say(.look(path))
      },
    ])
    #expect(!before.isEmpty)
    #expect(try catalog.signatureOwners() == before)
    #expect(try catalog.counts(of: []).missing == 0)
  }

  @Test func nothingIsTakenForDeletedBelowALostRoot() throws {
    try fake.write("ok", to: "1.jpg")
    let away = fake.folder.appending("away")
    let events = try keep([
      { [self] () throws in
        try FileManager.default.moveItem(atPath: fake.scans.string, toPath: away.string)
        source.say(.rootLost(fake.scans, .missing))
        source.say(.look(fake.scans.appending("1.jpg")))
        source.say(.lookBelow(fake.scans))
      },
      { [self] () throws in
        #expect(try paths() == ["1.jpg"])
        try FileManager.default.moveItem(atPath: away.string, toPath: fake.scans.string)
        source.say(.rootBack(fake.scans))
      },
    ])
    #expect(try paths() == ["1.jpg"])
    #expect(fake.requests.count == 1)
    #expect(events.contains { if case .rootLost = $0 { true } else { false } })
    #expect(events.contains { if case .rootBack = $0 { true } else { false } })
  }

  @Test func anOverwrittenFileIsMeasuredAnewAndOnce() throws {
    let path = try fake.write("ok", to: "1.jpg")
    var id: ArtworkID?
    try keep([
      { [self] () throws in
        id = try catalog.files().first?.artworkID
        try fake.write("ok, and other bytes", to: "1.jpg")
        source.say(.look(path))
        source.say(.look(path))
      }
    ])
    let file = try #require(try catalog.files().first)
    #expect(file.artworkID == id && file.seen.size == 19)
    #expect(fake.requests.count == 2)
  }

  @Test func whatIsLongGoneIsForgotten() throws {
    try fake.write("ok", to: "1.jpg")
    try fake.write("ok 2", to: "2.jpg")
    try keep()
    try fake.remove("1.jpg")
    try keep()
    #expect(try paths(isMissing: true) == ["1.jpg"])
    let events = try keep(changing: { $0.forgetsAfter = .zero })
    #expect(try catalog.files().map(\.path.lastComponent?.string) == ["2.jpg"])
    #expect(try catalog.counts(of: []).artworks == 1)
    #expect(events.contains { if case .forgotten(let paths) = $0 { paths.count == 1 } else { false } })
  }

  @Test func aCatalogueFileIsImportedWheneverItChanges() throws {
    try fake.write("ok", to: "1.jpg")
    let file = try fake.write("id,file,title\na1,1.jpg,First\n", to: "catalog.csv")
    try keep([
      { [self] () throws in
        #expect(try catalog.artwork(ArtworkID(rawValue: "a1"))?.artwork.title == "First")
        try fake.write("id,file,title\na1,1.jpg,Second title\n", to: "catalog.csv")
        source.say(.look(file))
      }
    ])
    let record = try #require(try catalog.artwork(ArtworkID(rawValue: "a1")))
    #expect(record.artwork.title == "Second title" && record.files.count == 1)
    #expect(record.aliases.isEmpty, "the row came first: its image was never named after its bytes")
    let events = try keep()
    #expect(!events.contains { if case .imported = $0 { true } else { false } }, "it has not changed since")
  }

  @Test func aBrokenCatalogueFileIsToldAndHarmsNothing() throws {
    try fake.write("ok", to: "1.jpg")
    try fake.write("nothing,here\n1,2\n", to: "catalog.csv")
    let events = try keep()
    #expect(try paths() == ["1.jpg"])
    #expect(
      events.contains {
        if case .catalogueRefused(_, let reason) = $0 { reason.contains("'id'") } else { false }
      })
  }

  @Test func aCatalogueThatIsLockedIsWaitedFor() throws {
    try fake.write("ok", to: "1.jpg")
    // Longer than any of its own waits would be noticed as a failure; here the lock is gone before.
    let lock = try Catalog(at: fake.folder.appending("catalog.sqlite"))
    let release = Mutex(false)
    let thread = Thread {
      try? lock.write("holding the lock") { _ in while !release.withLock({ $0 }) { usleep(1000) } }
    }
    thread.start()
    usleep(50_000)
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { release.withLock { $0 = true } }
    try keep()
    #expect(try paths() == ["1.jpg"])
  }

  @Test func ignoredFilesAreLeftOut() throws {
    try fake.write("ok", to: "1.jpg")
    try fake.write("ok 2", to: "drafts/2.jpg")
    try keep(changing: { options in
      options.ingest.walk = { root in
        DirectoryWalk(root).filter { entry in
          if case .file(let path, _) = entry { !path.string.contains("/drafts") } else { true }
        }
      }
    })
    #expect(try paths() == ["1.jpg"])
  }
}
