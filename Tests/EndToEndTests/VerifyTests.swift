import Foundation
import Testing

extension EndToEnd {
  /// `verify`: what it finds, and what it mends.
  @Suite("verify") struct VerifyTests {
    private static let sqlite = Shell.firstThatRuns(["sqlite3"], "-version")

    private func findings(_ workplace: Workplace, _ arguments: String...) throws -> [String] {
      let outcome = try workplace.start(["verify", "--json"] + arguments).wait(seconds: 30)
      let document = try outcome.json()
      let kinds = document["findings"]?.array.compactMap { $0["kind"]?.string } ?? []
      #expect(document["sound"]?.bool == kinds.isEmpty)
      #expect(outcome.status == (kinds.isEmpty ? 0 : 1))
      return kinds
    }

    @Test func `A home that was just filled is sound`() throws {
      let workplace = try Workplace.withThreeScans()
      #expect(try findings(workplace) == [])
      #expect(try findings(workplace, "--bytes") == [])
      #expect(try workplace.run("verify").output.contains("sound"))
    }

    @Test(
      .enabled(if: sqlite != nil, "needs the sqlite3 command"),
      arguments: [
        "UPDATE block SET vector = zeroblob(length(vector) - 4) || x'0000C03F' WHERE fileID = 1 AND name = 'colour'",
        "UPDATE block SET vector = zeroblob(length(vector) - 4) || x'0000C07F' WHERE fileID = 1 AND name = 'colour'",
        "UPDATE block SET vector = x'0000803F' WHERE fileID = 1 AND name = 'colour'",
        "DELETE FROM block WHERE fileID = 1 AND name = 'colour'",
      ])
    func `A damaged or lost vector is found and measured again`(damage: String) throws {
      let workplace = try Workplace.withThreeScans()
      let query = workplace.file("scans/b.jpg").path
      let before = try workplace.document("similar", query)["results"]
      let database = workplace.home.appendingPathComponent("catalog.sqlite").path
      try Shell.run("sqlite3 '\(database)' \"\(damage)\"")
      let kinds = try findings(workplace)
      #expect(kinds == [damage.hasPrefix("DELETE") ? "missing-signature" : "bad-vector"])
      #expect(try findings(workplace, "--repair") == [])
      #expect(try findings(workplace) == [])
      #expect(try workplace.document("similar", query)["results"] == before)
    }

    @Test func `A changed file is found and read again`() throws {
      let workplace = try Workplace.withThreeScans()
      let id = try workplace.id(ofFile: "scans/a.png")
      try workplace.copy(Repository.goodImage("gif-static.gif"), to: "scans/a.png")
      #expect(try findings(workplace) == ["changed-file"])
      #expect(try workplace.run("verify").output.contains(workplace.file("scans/a.png").path))
      #expect(try findings(workplace, "--repair") == [])
      #expect(try workplace.id(ofFile: "scans/a.png") == id)
      #expect(try workplace.document("show", id)["files"]?.array.first?["format"]?.string == "gif")
    }

    @Test func `Bytes that changed behind an unchanged date are found by reading them`() throws {
      let workplace = try Workplace.withThreeScans()
      let original = try Data(contentsOf: workplace.file("scans/b.jpg"))
      try Shell.run(
        "cp -p b.jpg ../dated && printf x | dd of=b.jpg bs=1 seek=\(original.count - 1) conv=notrunc",
        in: workplace.file("scans"))
      try Shell.run("touch -r ../dated b.jpg", in: workplace.file("scans"))
      #expect(try findings(workplace, "--bytes") == ["changed-file"])
    }

    @Test func `A missing file is found, and is nothing that can be mended`() throws {
      let workplace = try Workplace.withThreeScans()
      try FileManager.default.removeItem(at: workplace.file("scans/a.png"))
      #expect(try findings(workplace) == ["missing-file"])
      #expect(try findings(workplace, "--repair") == ["missing-file"])
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/a.png")
      #expect(try findings(workplace, "--repair") == [])
    }

    @Test func `A catalogue that is none is an error that names it, and is left as it is`() throws {
      let workplace = try Workplace.withThreeScans()
      let database = workplace.home.appendingPathComponent("catalog.sqlite")
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: database.path + suffix) }
      try Data("no database at all, but a text that is long enough to be one".utf8).write(to: database)
      for command in [["status"], ["ingest", "scans"], ["verify", "--repair"]] {
        let outcome = try workplace.start(command).wait(seconds: 30)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(database.path))
      }
      #expect(try String(contentsOf: database, encoding: .utf8).hasPrefix("no database"))
    }
  }
}
