import Catalog
import Foundation
import Glibc
import Imaging
import Ingest
import Model
import Platform
import SystemPackage
import Testing

@Suite struct IngesterTests {
  private let fake: FakeWorker
  private let catalog: Catalog

  init() throws {
    fake = try FakeWorker()
    catalog = try Catalog(at: fake.folder.appending("catalog.sqlite"))
  }

  private func options(_ change: (inout IngestOptions) -> Void = { _ in }) -> IngestOptions {
    var options = IngestOptions(jobs: 2)
    options.worker = FakeWorker.settings()
    change(&options)
    return options
  }

  @discardableResult
  private func ingest(
    _ paths: [FilePath]? = nil, changing change: (inout IngestOptions) -> Void = { _ in }
  ) throws -> IngestReport {
    try Ingester(catalog, program: fake.program, options: options(change)).run(paths ?? [fake.scans])
  }

  private func names(_ refused: [RefusedFile]) -> [String] {
    refused.map { ($0.path.lastComponent?.string ?? "") + ($0.isNew ? "" : " again") }
  }

  @Test func countsWhatItDoes() throws {
    for name in ["1.jpg", "x/2.PNG", "x/y/3.tiff"] { try fake.write("ok \(name)", to: name) }
    try fake.write("ok 1.jpg", to: "copy.jpg")
    try fake.write("GIF89a is how a GIF begins", to: "no-extension")
    try fake.write("some text", to: "readme.txt")
    try fake.write("refuse corrupt", to: "bad.jpg")
    try fake.write("refuse not-an-image", to: "text.bmp")
    try fake.write("ok", to: ".hidden.jpg")
    var steps: [(Int, Int)] = []
    let report = try Ingester(catalog, program: fake.program, options: options())
      .run([fake.scans], progress: { steps.append(($0.done, $0.total)) })
    #expect(report.added == 5 && report.unchanged == 0 && report.changed == 0 && report.moved == 0)
    #expect(report.passedOver == 1 && report.vanished == 0 && !report.isInterrupted && report.left == 0)
    #expect(names(report.refused) == ["bad.jpg", "text.bmp"])
    #expect(report.refused.map(\.refusal.code) == [.corrupt, .notAnImage])
    #expect(steps.first.map { $0 == (0, 7) } == true && steps.last.map { $0 == (7, 7) } == true)
    let counts = try catalog.counts(of: [])
    #expect(counts.artworks == 4 && counts.files == 5 && counts.quarantined == 2)
  }

  @Test func whatIsKnownIsPassedOver() throws {
    try fake.write("ok", to: "1.jpg")
    try fake.write("refuse corrupt", to: "bad.jpg")
    try ingest()
    let again = try ingest()
    #expect(again.unchanged == 1 && again.added == 0 && names(again.refused) == ["bad.jpg again"])
    #expect(again.refused.first?.refusal == Refusal(.corrupt, "as asked"))
    #expect(fake.requests.count == 2)
    #expect(try catalog.quarantine().values.map(\.attempts) == [1])
    #expect(try ingest { $0.remeasures = true }.touched == 1)
    #expect(fake.requests.filter { $0.name == "bad.jpg" }.count == 1)
  }

  @Test func whatWasRefusedIsTriedAgainForAReason() throws {
    let bad = try fake.write("refuse corrupt", to: "bad.jpg")
    try ingest()
    #expect(names(try ingest { $0.retriesRefused = true }.refused) == ["bad.jpg"])
    #expect(fake.requests.count == 2)
    #expect(names(try ingest { $0.worker.limits.pixels += 1 }.refused) == ["bad.jpg"])
    #expect(fake.requests.count == 3)
    // The limits changed back are another change.
    #expect(names(try ingest().refused) == ["bad.jpg"])
    #expect(names(try ingest().refused) == ["bad.jpg again"])
    #expect(try catalog.quarantine()[bad]?.attempts == 4)
    usleep(20_000)
    try fake.write("ok at last", to: "bad.jpg")
    #expect(try ingest().added == 1)
    #expect(try catalog.quarantine().isEmpty)
    #expect(try ingest().refused.isEmpty)
  }

  @Test(arguments: ["unreadable", "changing"])
  func whatIsNotTheFilesFaultIsTriedEachTime(code: String) throws {
    try fake.write("refuse \(code)", to: "1.jpg")
    try ingest()
    let asked = fake.requests.count
    #expect(names(try ingest().refused) == ["1.jpg"])
    #expect(fake.requests.count == 2 * asked)
    #expect(try catalog.counts(of: []).quarantined == 1)
  }

  /// A copy that goes on while it is read: its refusal must not stick to the whole file.
  @Test func aFileWrittenToAfterItsRefusalIsTriedAgain() throws {
    try fake.write("refuse-and-rewrite truncated", to: "1.jpg")
    usleep(20_000)
    #expect(names(try ingest().refused) == ["1.jpg"])
    #expect(try ingest().added == 1)
  }

  @Test func overwrittenTouchedMovedVanished() throws {
    for name in ["1", "2", "3", "4"] { try fake.write("ok \(name)", to: "\(name).jpg") }
    try ingest()
    let ids = try catalog.files().reduce(into: [:]) { $0[$1.path.stem ?? ""] = $1.artworkID }
    usleep(20_000)
    try fake.write("ok other bytes", to: "1.jpg")
    try fake.write("ok 2", to: "2.jpg")
    try FileManager.default.moveItem(
      atPath: fake.scans.appending("3.jpg").string, toPath: fake.scans.appending("moved.jpg").string)
    try fake.write("refuse vanished", to: "5.jpg")
    let report = try ingest()
    #expect(report.changed == 1 && report.touched == 1 && report.moved == 1 && report.unchanged == 1)
    #expect(report.vanished == 1 && report.added == 0 && report.refused.isEmpty)
    let now = try catalog.files().reduce(into: [:]) { $0[$1.path.stem ?? ""] = $1.artworkID }
    #expect(now == ["1": ids["1"], "2": ids["2"], "moved": ids["3"], "4": ids["4"]])
    #expect(try catalog.quarantine().isEmpty)
  }

  @Test func aKnownFileThatIsSpoiltKeepsItsWork() throws {
    let path = try fake.write("ok", to: "1.jpg")
    try ingest()
    usleep(20_000)
    try fake.write("refuse truncated", to: "1.jpg")
    #expect(names(try ingest().refused) == ["1.jpg"])
    #expect(names(try ingest().refused) == ["1.jpg again"])
    #expect(try catalog.files().map(\.path) == [path])
  }

  @Test func stopsAndGoesOn() throws {
    for number in 0..<150 { try fake.write("ok \(number)", to: "\(number).jpg") }
    let first = try Ingester(catalog, program: fake.program, options: options())
      .run([fake.scans], isStopped: { true })
    #expect(first.isInterrupted && first.left > 0)
    #expect(first.added + first.left == 150)
    #expect(try catalog.counts(of: []).files == first.added)
    let second = try ingest()
    #expect(second.added == first.left && second.unchanged == first.added && !second.isInterrupted)
    #expect(fake.requests.count == 150)
  }

  @Test func pathsAreTakenAsTheUserNamesThem() throws {
    let odd = try fake.write("ok", to: "picture.dat")
    try fake.write("ok 2", to: "x/2.jpg")
    #expect(try ingest().passedOver == 1)
    #expect(try ingest([odd]).added == 1)
    // Twice, and once more within its folder: one file.
    let report = try ingest([fake.scans.appending("x"), fake.scans, fake.scans.appending("x/../x/2.jpg")])
    #expect(report.unchanged == 2 && report.added == 0)
    #expect(fake.requests.count == 2)
  }

  @Test func hiddenAndExcluded() throws {
    try fake.write("ok 1", to: ".secret/1.jpg")
    try fake.write("ok 2", to: "home/2.jpg")
    try fake.write("ok 3", to: "homeless/3.jpg")
    #expect(try ingest { $0.excluded = [fake.scans.appending("home")] }.added == 1)
    #expect(try ingest { $0.includesHidden = true }.added == 2)
  }

  @Test func whatCannotBeOpenedIsToldUntilItIsGone() throws {
    let link = fake.scans.appending("link.jpg")
    try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "nowhere.jpg")
    for _ in 0..<2 {
      let report = try ingest()
      #expect(names(report.refused) == ["link.jpg"] && report.refused.first?.refusal.code == .unreadable)
      #expect(try catalog.quarantine()[link]?.attempts == 0)
    }
    #expect(fake.requests.isEmpty)
    try fake.write("ok", to: "nowhere.jpg")
    #expect(try ingest().added == 2)
    #expect(try catalog.quarantine().isEmpty)
  }

  @Test func theRefusalOfAFileThatIsGoneIsForgotten() throws {
    try fake.write("refuse corrupt", to: "x/bad.jpg")
    try fake.write("refuse corrupt", to: "y/bad.jpg")
    try fake.write("refuse corrupt", to: "y/.bad.jpg")
    try ingest { $0.includesHidden = true }
    #expect(try catalog.counts(of: []).quarantined == 3)
    try fake.remove("x/bad.jpg")
    try ingest([fake.scans.appending("y")])  // says nothing of x
    #expect(try catalog.counts(of: []).quarantined == 3)
    try ingest()
    #expect(
      try Set(catalog.quarantine().keys) == [
        fake.scans.appending("y/bad.jpg"), fake.scans.appending("y/.bad.jpg"),
      ])
  }

  /// A broken installation is not held against the files.
  @Test func aProgramThatDoesNotStart() throws {
    try fake.write("ok", to: "1.jpg")
    for program in [["/no/such/program"], ["/bin/false"]] {
      let report = try Ingester(catalog, program: Worker.Program(arguments: program), options: options())
        .run([fake.scans])
      #expect(names(report.refused) == ["1.jpg"] && report.added == 0)
    }
    #expect(try ingest().added == 1)
    #expect(try catalog.quarantine().isEmpty)
  }

  @Test func anEmptyFolderIsNoTrouble() throws {
    #expect(try ingest() == ingest([fake.scans.appending("none")]))
  }
}
