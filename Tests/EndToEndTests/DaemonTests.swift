import Foundation
import Glibc
import Testing

extension EndToEnd {
  /// `watch`, and what other commands do beside it.
  @Suite("watch") struct DaemonTests {
    @Test func `What is dropped is found, what is overwritten, renamed or deleted is known`() throws {
      let workplace = try Workplace()
      try workplace.makeFolder("scans")
      try workplace.watching("scans") { _ in
        try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/a.png")
        try workplace.copy(Repository.goodImage("jpeg-700x500.jpg"), to: "scans/new/b.jpg")
        try workplace.eventually { try workplace.files(in: "scans") == ["scans/a.png", "scans/new/b.jpg"] }
        let id = try workplace.id(ofFile: "scans/a.png")
        #expect(try workplace.similar("scans/a.png").first == id)

        // Overwritten: the work stays, its signature is the new one.
        try workplace.copy(Repository.goodImage("webp-1400x1001.webp"), to: "scans/a.png")
        try workplace.eventually {
          try workplace.status()["daemon"]?["counts"]?["changed"]?.int == 1
        }
        #expect(try workplace.id(ofFile: "scans/a.png") == id)

        // Renamed, with its folder: nothing is measured again.
        try FileManager.default.moveItem(at: workplace.file("scans/new"), to: workplace.file("scans/old"))
        try workplace.eventually { try workplace.files(in: "scans") == ["scans/a.png", "scans/old/b.jpg"] }
        #expect(try workplace.status()["daemon"]?["counts"]?["added"]?.int == 2)

        // Deleted: in no answer any more; restored: the same work.
        let kept = try Data(contentsOf: workplace.file("scans/a.png"))
        try FileManager.default.removeItem(at: workplace.file("scans/a.png"))
        try workplace.eventually {
          try workplace.similar("scans/old/b.jpg", "--filter", "artist != 'x'").count == 1
        }
        #expect(try workplace.status()["missing"]?.int == 1)
        try kept.write(to: workplace.file("scans/a.png"))
        try workplace.eventually { try workplace.status()["missing"]?.int == 0 }
        #expect(try workplace.id(ofFile: "scans/a.png") == id)
      }
      try workplace.expectSound()
    }

    @Test func `The daemon answers as the commands do without it`() throws {
      let workplace = try Workplace()
      try FileManager.default.copyItem(at: Repository.samples, to: workplace.file("scans"))
      func questions() throws -> [JSONValue?] {
        let answers = [
          try workplace.document("similar", "op-art-01", "-k", "8", "--facets", "style"),
          try workplace.document("similar", "scans/works/op-art-02.jpg", "--not", "op-art-03", "--diverse"),
          try workplace.document("similar", "--palette", "#1d3557:2,#e63946", "--text", "wave"),
          try workplace.document("search", "wave", "--filter", "date < 1900"),
        ]
        return answers.flatMap {
          [$0["results"], $0["query"], $0["facets"], $0["good_match"], $0["generation"]]
        }
      }
      var beside: [JSONValue?] = []
      try workplace.watching("scans") { _ in
        try workplace.eventually(seconds: 60) {
          let status = try workplace.status()
          return status["files"]?.int == 144 && status["daemon"]?["counts"]?["imported"]?.int == 1
        }
        #expect(try workplace.document("rebuild")["index"]?["signatures"]?.int == 144)
        beside = try questions()
      }
      let alone = try questions()
      #expect(beside == alone)
      #expect(alone.first??.array.count == 8)
    }

    @Test func `Works of a catalogue file and an import from the command line are found at once`() throws {
      let workplace = try Workplace()
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/a.png")
      try workplace.write("id,file,title\nA-1,a.png,The Lighthouse\n", to: "scans/catalog.csv")
      try workplace.watching("scans") { _ in
        func found(_ words: String) throws -> [String?] {
          try workplace.document("search", words)["results"]?.array.map { $0["id"]?.string } ?? []
        }
        try workplace.eventually { try found("lighthouse") == ["A-1"] }
        try workplace.write("id,title\nA-2,A Steam Engine\n", to: "more.csv")
        #expect(try workplace.run("import", "more.csv").status == 0)
        #expect(try found("engine") == ["A-2"])
        try workplace.write("id,file,title\nA-1,a.png,The Harbour\n", to: "scans/catalog.csv")
        try workplace.eventually { try found("harbour") == ["A-1"] }
        #expect(try found("lighthouse").isEmpty)
      }
    }

    @Test func `A broken file is told, and tried again when it is asked for or has changed`() throws {
      let workplace = try Workplace()
      try workplace.makeFolder("scans")
      let whole = try Data(contentsOf: Repository.goodImage("jpeg-700x500.jpg"))
      try whole.prefix(whole.count / 2).write(to: workplace.file("scans/half.jpg"))
      try workplace.watching("scans") { _ in
        func refused() throws -> [JSONValue] { try workplace.document("quarantine", "list").array }
        try workplace.eventually { try refused().count == 1 }
        #expect(try refused().first?["code"]?.string == "truncated")
        #expect(try workplace.run("quarantine", "retry").status == 0)
        try workplace.eventually { try refused().first?["attempts"]?.int == 2 }
        try whole.write(to: workplace.file("scans/half.jpg"))
        try workplace.eventually { try refused().isEmpty }
        #expect(try workplace.files(in: "scans") == ["scans/half.jpg"])
      }
    }

    @Test func `There is one daemon a home, and it stops when it is asked to`() throws {
      let workplace = try Workplace()
      try workplace.makeFolder("scans")
      try workplace.watching("scans") { process in
        let second = try workplace.run("watch", "scans")
        #expect(second.status == 1 && second.errors.contains("process \(process)"))
      }
      #expect(
        !FileManager.default.fileExists(atPath: workplace.home.appendingPathComponent("daemon.sock").path))
      // A daemon that was killed leaves a lock and a socket that harm nobody.
      let killed = try workplace.start(["watch", "scans"])
      try workplace.eventually { try workplace.status()["daemon"]?["process"] != nil }
      killed.signal(SIGKILL)
      _ = try killed.wait(seconds: 10)
      #expect(try workplace.status()["daemon"]?["process"] == nil)
      try workplace.watching("scans") { _ in }
    }

    @Test func `A folder that vanishes takes nothing along, and a rebuild is the daemon's`() throws {
      let workplace = try Workplace()
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/a.png")
      try workplace.watching("scans") { _ in
        try workplace.eventually { try workplace.status()["files"]?.int == 1 }
        #expect(try workplace.document("rebuild")["index"]?["signatures"]?.int == 1)
        #expect(try workplace.status()["daemon"]?["generation"]?.int == 1)
        try FileManager.default.moveItem(at: workplace.file("scans"), to: workplace.file("away"))
        try workplace.eventually {
          try workplace.status()["daemon"]?["roots"]?.array.first?["state"]?.string != "watched"
        }
        #expect(try workplace.status()["missing"]?.int == 0)
        try FileManager.default.moveItem(at: workplace.file("away"), to: workplace.file("scans"))
        try workplace.copy(Repository.goodImage("jpeg-700x500.jpg"), to: "scans/b.jpg")
        try workplace.eventually { try workplace.status()["files"]?.int == 2 }
        #expect(try workplace.status()["missing"]?.int == 0)
      }
    }

    @Test func `Settings that can't be read leave the old ones`() throws {
      let workplace = try Workplace()
      try workplace.makeFolder("scans")
      try workplace.watching("scans") { process in
        try "[watch]\nsettle-milliseconds = \"soon\"\n".write(
          to: workplace.settings, atomically: true, encoding: .utf8)
        kill(process, SIGHUP)
        usleep(500_000)
        // Commands read them too.
        try "".write(to: workplace.settings, atomically: true, encoding: .utf8)
        try workplace.eventually {
          try workplace.troubles().contains {
            $0.contains("settings stay as they were") && $0.contains("settle")
          }
        }
        try "[watch]\nignore = [\"drafts/\"]\n".write(
          to: workplace.settings, atomically: true, encoding: .utf8)
        kill(process, SIGHUP)
        usleep(300_000)
        try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/drafts/a.png")
        try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/a.png")
        try workplace.eventually { try workplace.files(in: "scans") == ["scans/a.png"] }
      }
      let broken = try Workplace()
      _ = try broken.run("init")
      try "nonsense".write(to: broken.settings, atomically: true, encoding: .utf8)
      let outcome = try broken.run("watch", ".")
      #expect(outcome.status == 1 && outcome.errors.contains("morelli.toml"))
    }
  }
}

extension Workplace {
  /// While a daemon watches a folder; it has to stop within its time afterwards.
  func watching(_ folder: String, _ body: (_ process: pid_t) throws -> Void) throws {
    let daemon = try start(["watch", folder])
    var process: pid_t?
    do {
      try eventually {
        process = try status()["daemon"]?["process"]?.int.map { pid_t($0) }
        return process != nil
      }
      try body(try #require(process))
    } catch {
      daemon.signal(SIGKILL)
      Issue.record("the daemon said: \(try daemon.wait(seconds: 10).errors.suffix(2000))")
      throw error
    }
    daemon.signal(SIGTERM)
    let outcome = try daemon.wait(seconds: 40)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// Waits until something is so.
  func eventually(
    seconds: Double = 30, location: SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
  ) throws {
    let deadline = Date(timeIntervalSinceNow: seconds)
    struct NeverSo: Error {}
    while Date() < deadline {
      if (try? condition()) == true { return }
      usleep(100_000)
    }
    Issue.record("it never came to be", sourceLocation: location)
    throw NeverSo()
  }

  /// - Throws: while there is none, as before the home is made.
  fileprivate func status() throws -> JSONValue { try run("status", "--json").json() }

  /// Known files that are there, relative to the user's folder.
  fileprivate func files(in folder: String) throws -> Set<String> {
    try Set(
      idsByFile().keys.filter {
        $0.hasPrefix(file(folder).path) && FileManager.default.fileExists(atPath: $0)
      }
      .map { String($0.dropFirst(files.path.count + 1)) })
  }

  fileprivate func troubles() throws -> [String] {
    try status()["daemon"]?["troubles"]?.array.compactMap(\.string) ?? []
  }
}
