import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// What holds for every command.
  @Suite("conventions") struct ConventionTests {
    let samples: SampleCollection
    var workplace: Workplace { samples.workplace }

    init() throws { samples = try #require(SampleCollection.current) }

    @Test(arguments: [
      "", "init", "config", "config get", "config set", "config path", "ingest", "similar", "import", "show",
      "remove",
      "status", "verify", "duplicates", "export", "export vectors", "export catalog", "watch", "search",
      "rebuild", "rollback", "quarantine", "quarantine list", "quarantine retry", "quarantine clear",
    ])
    func `The help of every command has an example`(command: String) throws {
      let words = command.split(separator: " ").map(String.init)
      let outcome = try workplace.start(words + ["--help"]).wait(seconds: 30)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("USAGE: morelli"))
      let overview = outcome.output.components(separatedBy: "USAGE:").first ?? ""
      let example = overview.split(separator: "\n").first {
        $0.hasPrefix("  ") && $0.contains("morelli \(command)")
      }
      #expect(example != nil, "\(outcome.output)")
    }

    @Test func `The help lists every command, and none that is not for people`() throws {
      let lines = try workplace.run("--help").output.split(separator: "\n").map {
        $0.split(separator: " ").first ?? ""
      }
      for command in [
        "init", "config", "ingest", "similar", "import", "show", "remove", "status", "verify",
        "duplicates", "export",
      ] {
        #expect(lines.contains(Substring(command)))
      }
      #expect(!lines.contains("worker") && !lines.contains("bench-duplicates"))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `A completion script is written that the shell can read`(shell: String) throws {
      let outcome = try workplace.run("--generate-completion-script", shell)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("similar"))
      guard Shell.firstThatRuns([shell], "--version") != nil else { return }
      let script = workplace.file("completion.\(shell)")
      try outcome.outputBytes.write(to: script)
      try Shell.run("\(shell) -n '\(script.path)'")
    }

    @Test func `Every command that reads prints one JSON document`() throws {
      let id = try samples.work("nocturne-03").id
      let commands = [
        ["similar", id], ["show", id], ["status"], ["verify"], ["duplicates"], ["config", "get"],
        ["config", "get", "search.count"],
        ["import", Repository.samples.appendingPathComponent("catalog.csv").path, "--dry-run"],
        ["ingest", Repository.samples.path],
      ]
      for command in commands {
        let outcome = try workplace.start(command + ["--json"]).wait(seconds: 30)
        #expect(outcome.status == 0, "\(command): \(outcome.errors)")
        #expect(throws: Never.self, "\(command)") { try outcome.json() }
        #expect(try !outcome.json().keys.isEmpty)
      }
    }

    @Test func `No progress bar, no colours and no escapes get into files`() throws {
      let fresh = try Workplace()
      for name in ["png-rgb8.png", "jpeg-700x500.jpg"] {
        try fresh.copy(Repository.goodImage(name), to: "scans/\(name)")
      }
      try fresh.copy(Repository.badImage("text.jpg"), to: "scans/text.jpg")
      let outcomes = [
        try fresh.run("ingest", "scans"), try fresh.run("verify"), try workplace.run("verify"),
        try workplace.run("similar", try samples.work("nocturne-03").id),
        try workplace.run("show", try samples.work("nocturne-03").id), samples.ingest,
      ]
      for outcome in outcomes {
        for text in [outcome.output, outcome.errors] {
          #expect(!text.contains("\r") && !text.contains("\u{1B}") && !text.contains("[#"))
        }
      }
    }

    @Test(
      .enabled(
        if: Shell.firstThatRuns(["script"], "-qec true /dev/null") != nil,
        "needs the script command and a pseudo-terminal"))
    func `A terminal is shown a progress bar, which is gone in the end`() throws {
      let fresh = try Workplace()
      for name in ["png-rgb8.png", "jpeg-700x500.jpg"] {
        try fresh.copy(Repository.goodImage(name), to: "scans/\(name)")
      }
      let command = "'\(fresh.program.path)' ingest scans --home '\(fresh.home.path)'"
      let seen = String(
        decoding: try Shell.run("script -qec \"\(command)\" /dev/null", in: fresh.files), as: UTF8.self)
      #expect(seen.contains("2/2"))
      #expect(seen.contains("\r\u{1B}[K"))
      #expect(seen.contains("2 added"))
    }

    @Test func `Output that nobody reads to the end is no failure to shout about`() throws {
      let command =
        "'\(workplace.program.path)' export catalog --home '\(workplace.home.path)' 2>&1 | head -n 1"
      let seen = String(decoding: try Shell.run(command), as: UTF8.self)
      #expect(seen.hasPrefix("id,file,title"))
      #expect(!seen.contains("rror"))
    }

    @Test func `The version is a version`() throws {
      let outcome = try workplace.run("--version")
      #expect(outcome.status == 0)
      #expect(outcome.output.split(separator: ".").count == 3)
    }
  }
}
