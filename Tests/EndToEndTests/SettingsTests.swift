import Foundation
import Testing

extension EndToEnd {
  /// `config` and `morelli.toml`: what they say, and that it holds.
  @Suite("settings") struct SettingsTests {
    @Test func `Settings are read, changed and read back, and comments stay`() throws {
      let workplace = try Workplace()
      #expect(try workplace.run("config", "path").output == workplace.settings.path + "\n")
      #expect(try workplace.run("config", "get", "search.count").output == "10\n")
      #expect(!workplace.hasHome, "asking makes no home")
      #expect(try workplace.run("config", "set", "search.count", "3").status == 0)
      #expect(try workplace.run("config", "set", "search.weights", "colour=2.5").status == 0)
      let text = try String(contentsOf: workplace.settings, encoding: .utf8)
      #expect(text.contains("# Works in an answer"))
      #expect(try workplace.run("config", "set", "search.count", "4").status == 0)
      let after = try String(contentsOf: workplace.settings, encoding: .utf8)
      #expect(after == text.replacingOccurrences(of: "\ncount = 3\n", with: "\ncount = 4\n"))
      let document = try workplace.document("config", "get")
      #expect(document["search.count"]?.int == 4)
      #expect(document["search.weights"]?["colour"]?.double == 2.5)
      #expect(try workplace.run("config").output.contains("search.count = 4\n"))
    }

    @Test func `A rate is a number or left to Morelli`() throws {
      let workplace = try Workplace()
      #expect(try workplace.run("config", "get", "server.rate").output == "\"auto\"\n")
      #expect(try workplace.run("config", "set", "server.rate", "30").status == 0)
      #expect(try workplace.run("config", "get", "server.rate").output == "30\n")
      #expect(try workplace.run("config", "set", "server.rate", "often").status != 0)
      #expect(try workplace.run("config", "set", "server.rate", "1000001").status != 0)
      #expect(try workplace.run("config", "get", "server.rate").output == "30\n")
    }

    @Test func `Every setting is documented in the file, and can be set to what it is`() throws {
      let workplace = try Workplace()
      #expect(try workplace.run("init").status == 0)
      let text = try String(contentsOf: workplace.settings, encoding: .utf8)
      let settings = try workplace.document("config", "get").object
      #expect(settings.count >= 10)
      for key in settings.keys.sorted() {
        let name = key.split(separator: ".").last ?? ""
        #expect(text.contains("#\(name) = "), "\(key)")
        let value = try workplace.run("config", "get", key).output.split(separator: "\n").joined()
        let outcome = try workplace.run("config", "set", key, value)
        #expect(outcome.status == 0, "\(key) = \(value): \(outcome.errors)")
      }
      #expect(try workplace.document("config", "get").object == settings)
    }

    @Test func `The answers follow the settings`() throws {
      let workplace = try Workplace()
      for name in ["png-rgb8.png", "jpeg-700x500.jpg", "webp-1400x1001.webp", "gif-static.gif"] {
        try workplace.copy(Repository.goodImage(name), to: "scans/\(name)")
      }
      try workplace.ingest("scans")
      let id = try workplace.id(ofFile: "scans/png-rgb8.png")
      #expect(try workplace.similar(id).count == 3)
      #expect(try workplace.run("config", "set", "search.count", "2").status == 0)
      #expect(try workplace.similar(id).count == 2)
      #expect(try workplace.similar(id, "-k", "1").count == 1)
    }

    @Test(arguments: [
      ["get", "decode.max-pixel"], ["set", "decode.max-pixel", "5"], ["set", "search.count", "none"],
      ["set", "search.count", "0"], ["set", "decode.formats", "jpeg,bmp"],
      ["set", "search.weights", "colour=-1"],
    ])
    func `A setting that there is none of, and a value that can't stand, are refused and change nothing`(
      arguments: [String]
    ) throws {
      let workplace = try Workplace()
      #expect(try workplace.run("init").status == 0)
      let before = try Data(contentsOf: workplace.settings)
      let outcome = try workplace.start(["config"] + arguments).wait(seconds: 30)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(arguments[1]), "\(outcome.errors)")
      #expect(try Data(contentsOf: workplace.settings) == before)
    }

    @Test(arguments: [
      ("[ingest]\njobs = = 3\n", 2), ("# mine\n[ingest]\n\njobs = \"x\"\n", 4),
      ("[ingest]\nworkers = 3\n", 2),
      ("[search]\ncount = 5\n[painting]\n", 3),
    ])
    func `A broken settings file is named with the line to look at`(text: String, line: Int) throws {
      let workplace = try Workplace()
      #expect(try workplace.run("init").status == 0)
      try Data(text.utf8).write(to: workplace.settings)
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/a.png")
      for command in [["config", "get"], ["ingest", "scans"]] {
        let outcome = try workplace.start(command).wait(seconds: 30)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("\(workplace.settings.path):\(line)"), "\(outcome.errors)")
      }
    }

    @Test func `A format that is switched off is refused, and gets in once it is switched on`() throws {
      let workplace = try Workplace()
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/a.png")
      try workplace.copy(Repository.goodImage("gif-static.gif"), to: "scans/b.gif")
      #expect(try workplace.run("config", "set", "decode.formats", "jpeg,png").status == 0)
      let first = try workplace.run("ingest", "scans", "--json")
      #expect(first.status == 2)
      #expect(try first.json()["added"]?.int == 1)
      #expect(try first.json()["refused"]?.array.compactMap { $0["code"]?.string } == ["unsupported"])
      let query = try workplace.run("similar", workplace.file("scans/b.gif").path)
      #expect(
        query.status == 1 && query.errors.contains("unsupported"), "a query is decoded by the same rules")
      #expect(try workplace.run("config", "set", "decode.formats", "jpeg,png,gif").status == 0)
      #expect(try workplace.ingest("scans")["added"]?.int == 1)
      #expect(try workplace.document("status")["quarantine"]?.array == [])
    }

    /// The picture is a WebP: its decoder must hold all of it, 4 MiB.
    @Test(arguments: [
      ("decode.max-pixels", "1000"), ("decode.max-side", "100"), ("decode.max-memory-mib", "1"),
    ])
    func `A limit refuses what is beyond it`(key: String, value: String) throws {
      let workplace = try Workplace()
      try workplace.copy(
        Repository.goodImage("webp-1400x1001.webp"), to: "scans/a.webp")
      #expect(try workplace.run("config", "set", key, value).status == 0)
      let outcome = try workplace.run("ingest", "scans", "--json")
      #expect(outcome.status == 2)
      let codes = try outcome.json()["refused"]?.array.compactMap { $0["code"]?.string } ?? []
      #expect(codes == ["too-large"])
    }

    @Test func `A picture that takes too long is given up, and the others are in`() throws {
      let workplace = try Workplace()
      try workplace.copy(Repository.badImage("png-bomb-30000x30000.png"), to: "scans/bomb.png")
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/a.png")
      for (key, value) in [
        ("max-pixels", "1000000000"), ("max-side", "40000"), ("max-memory-mib", "16384"), ("seconds", "1"),
      ] {
        #expect(try workplace.run("config", "set", "decode.\(key)", value).status == 0)
      }
      let start = Date()
      let outcome = try workplace.run("ingest", "scans", "--json")
      #expect(Date().timeIntervalSince(start) < 10)
      #expect(outcome.status == 2)
      #expect(try outcome.json()["refused"]?.array.compactMap { $0["code"]?.string } == ["timed-out"])
      #expect(try outcome.json()["added"]?.int == 1)
      #expect(eventually(within: 5) { ProcessList.workers(of: workplace.program).isEmpty })
    }
  }
}
