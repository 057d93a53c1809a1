import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// An ingest that is killed or asked to stop goes on where it was, and nothing is lost or doubled.
  @Suite("interruption") struct InterruptionTests {
    /// So many files have the samples.
    private static let sampleCount = 144
    private static let kills = 6

    /// The samples, and more pictures like them: bytes after a JPEG's end make another file of it.
    private func largeFolder(variations: Int = 0) throws -> Workplace {
      let workplace = try Workplace()
      let works = Repository.samples.appendingPathComponent("works")
      for file in try FileManager.default.contentsOfDirectory(at: works, includingPropertiesForKeys: nil) {
        try workplace.copy(file, to: "scans/works/\(file.lastPathComponent)")
        guard file.pathExtension == "jpg" else { continue }
        for variation in 0..<variations {
          let name = "scans/variation-\(variation)/\(file.lastPathComponent)"
          try workplace.makeFolder("scans/variation-\(variation)")
          try (Data(contentsOf: file) + Data("variation \(variation)".utf8)).write(to: workplace.file(name))
        }
      }
      try workplace.copy(Repository.samples.appendingPathComponent("catalog.csv"), to: "scans/catalog.csv")
      return workplace
    }

    private static let ingest = ["ingest", "scans", "--catalog", "scans/catalog.csv", "--jobs", "2"]

    /// What two homes of the same files have in common, whatever happened on the way: all of the catalogue, and answers.
    private func essence(of workplace: Workplace) throws -> [String] {
      let ids = try workplace.idsByFile()
      let answers = try ["nocturne-03.jpg", "stained-glass-02.jpg", "op-art-01.png"].flatMap { name in
        let id = try #require(ids[workplace.file("scans/works/\(name)").path])
        return try workplace.document("similar", id, "-k", "20")["results"]?.array.map { result in
          ["rank", "id", "file", "title", "score"].map { "\(result[$0] ?? .null)" }.joined(separator: " ")
        } ?? []
      }
      return try (workplace.catalogue() + answers).map {
        $0.replacingOccurrences(of: workplace.files.path, with: "")
      }
    }

    @Test func `Killed at any moment, an ingest is whole after it is called again`() throws {
      let (killed, undisturbed) = (try largeFolder(variations: 1), try largeFolder(variations: 1))
      #expect(try undisturbed.start(Self.ingest).wait(seconds: 60).status == 0)

      var random = SeededGenerator(seed: 20)
      var hits = 0
      for _ in 0..<Self.kills {
        let program = try killed.start(Self.ingest)
        // A moment between the start of the program and a good part of the way.
        usleep(UInt32.random(in: 60_000...350_000, using: &random))
        program.signal(SIGKILL)
        let outcome = try program.wait(seconds: 5)
        if outcome.wasKilled { hits += 1 }
        #expect(
          eventually(within: 5) { ProcessList.workers(of: killed.program).isEmpty },
          "workers end when their parent is gone")
        if killed.hasHome { try killed.expectSound() }
      }
      #expect(hits >= Self.kills / 2, "the ingest was too fast to be killed")

      let last = try killed.start(Self.ingest + ["--json"]).wait(seconds: 60)
      #expect(last.status == 0, "\(last.errors)")
      try killed.expectSound()
      let files = try killed.works().values.flatMap { $0["files"]?.array ?? [] }.compactMap {
        $0["path"]?.string
      }
      let expected = try String(
        decoding: Shell.run("find '\(killed.file("scans").path)' -mindepth 2 -type f"), as: UTF8.self
      )
      .split(separator: "\n").map(String.init)
      #expect(files.sorted() == expected.sorted(), "every file is in exactly once")
      let (one, other) = (try essence(of: killed), try essence(of: undisturbed))
      #expect(one.count == other.count)
      for (a, b) in zip(one, other) { #expect(a == b) }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `Asked to stop, an ingest stops soon, says what is left, and the next one completes it`(
      signal: Int32
    ) throws {
      let workplace = try largeFolder()
      let program = try workplace.start(["ingest", "scans", "--jobs", "2"])
      #expect(
        eventually(within: 10) {
          ProcessList.workers(of: workplace.program).contains(where: ProcessList.hasAnswered)
        })
      program.signal(signal)
      let outcome = try program.wait(seconds: 5)
      #expect(outcome.status == 2 && !outcome.wasKilled, "\(outcome.errors)")
      let words = outcome.output.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
      let added = try #require(
        words.firstIndex(of: "added").flatMap { Int(words[$0 - 1]) }, "\(outcome.output)")
      let left = try #require(words.firstIndex(of: "go").flatMap { Int(words[$0 - 2]) }, "\(outcome.output)")
      #expect(outcome.output.contains("Interrupted with \(left) to go"))
      #expect(added > 0 && left > 0 && added + left == Self.sampleCount)
      #expect(try workplace.document("status")["files"]?.int == added)
      #expect(try workplace.ingest("scans")["added"]?.int == left)
      try workplace.expectSound()
    }

    @Test func `A second request to stop ends the program at once, and nothing that was stored is lost`()
      throws
    {
      let workplace = try largeFolder()
      let program = try workplace.start(["ingest", "scans", "--jobs", "2"])
      #expect(
        eventually(within: 10) {
          ProcessList.workers(of: workplace.program).contains(where: ProcessList.hasAnswered)
        })
      program.signal(SIGINT)
      program.signal(SIGINT)
      #expect(try program.wait(seconds: 5).status != 0)
      #expect(eventually(within: 5) { ProcessList.workers(of: workplace.program).isEmpty })
      try workplace.expectSound()
      let known = try #require(try workplace.document("status")["files"]?.int)
      #expect(try workplace.ingest("scans")["added"]?.int == Self.sampleCount - known)
    }

    @Test func `Workers that are killed take no good file with them`() throws {
      let workplace = try largeFolder()
      let program = try workplace.start(["ingest", "scans", "--jobs", "2", "--json"])
      var random = SeededGenerator(seed: 7)
      var kills = 0
      while program.isRunning, kills < 20 {
        usleep(UInt32.random(in: 5_000...80_000, using: &random))
        // A worker that has answered: the file that its predecessor died of, if any, is through. A picture over
        // which two decoders die may be refused.
        let workers = ProcessList.workers(of: workplace.program).filter(ProcessList.hasAnswered)
        guard let victim = workers.randomElement(using: &random) else { continue }
        kill(victim, SIGKILL)
        kills += 1
      }
      let outcome = try program.wait(seconds: 30)
      #expect(kills >= 5, "the ingest was too fast to lose workers")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try outcome.json()["added"]?.int == Self.sampleCount)
      try workplace.expectSound()
    }

    @Test func `Files whose workers are killed again and again are in after the next ingest at the latest`()
      throws
    {
      let workplace = try largeFolder()
      let program = try workplace.start(["ingest", "scans", "--jobs", "2"])
      var random = SeededGenerator(seed: 11)
      for _ in 0..<12 where program.isRunning {
        usleep(UInt32.random(in: 20_000...150_000, using: &random))
        for worker in ProcessList.workers(of: workplace.program) { kill(worker, SIGKILL) }
      }
      let outcome = try program.wait(seconds: 30)
      #expect(!outcome.wasKilled && [0, 2].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
      try workplace.ingest("scans")
      #expect(try workplace.document("status")["files"]?.int == Self.sampleCount)
      try workplace.expectSound()
    }
  }

  /// Several programs on one home, and files that come and go.
  @Suite("side by side") struct SideBySideTests {
    @Test func `Two ingests at the same time into one new home both end well, and nothing is doubled`() throws
    {
      let workplace = try Workplace()
      let works = Repository.samples.appendingPathComponent("works").path
      let both = try (0..<2).map { _ in try workplace.start(["ingest", works, "--jobs", "2", "--json"]) }
      for program in both {
        let outcome = try program.wait(seconds: 60)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let document = try outcome.json()
        let seen = ["added", "touched", "unchanged"].compactMap { document[$0]?.int }.reduce(0, +)
        #expect(seen == 144, "\(document)")
      }
      let status = try workplace.document("status")
      #expect(status["files"]?.int == 144)
      #expect(status["artworks"]?.int == 144)
      try workplace.expectSound()
    }

    @Test func `Questions are answered while an ingest is at work`() throws {
      let workplace = try Workplace()
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "one.png")
      try workplace.ingest("one.png")
      let id = try workplace.id(ofFile: "one.png")
      let program = try workplace.start(["ingest", Repository.samples.path, "--jobs", "1"])
      var answers = 0
      while program.isRunning {
        let outcome = try workplace.run("similar", id, "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        answers += 1
      }
      #expect(try program.wait(seconds: 30).status == 0)
      #expect(answers >= 2)
      #expect(try workplace.similar(id, "-k", "200").count == 144)
    }
  }
}
