import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `duplicates`: what it proposes, of what, and how it says so.
  @Suite("duplicates") struct DuplicatesTests {
    private static let sqlite = Shell.firstThatRuns(["sqlite3"], "-version")

    /// Two pictures; of the first a crop, one in a border, a mirrored one and the same bytes; two blank sheets.
    private func ingested() throws -> Workplace {
      let workplace = try Workplace()
      func write(_ name: String, _ width: Int, _ height: Int, _ level: (Int, Int, Int) -> Int) throws {
        try PlainTIFF.bytes(width: width, height: height, level).write(to: workplace.file("scans/\(name)"))
      }
      try workplace.makeFolder("scans")
      try write("night.tif", 400, 300) { blobLevel($0, $1, channel: $2, seed: 1) }
      try write("day.tif", 400, 300) { blobLevel($0, $1, channel: $2, seed: 2) }
      try write("cropped.tif", 360, 270) { blobLevel($0 + 20, $1 + 15, channel: $2, seed: 1) }
      try write("framed.tif", 440, 340) { x, y, channel in
        (20..<420).contains(x) && (20..<320).contains(y)
          ? blobLevel(x - 20, y - 20, channel: channel, seed: 1) : 250
      }
      try write("mirrored.tif", 400, 300) { blobLevel(399 - $0, $1, channel: $2, seed: 2) }
      try write("sheet.tif", 400, 300) { x, y, _ in 240 + (x * 7 + y * 13) % 5 }
      try write("other sheet.tif", 400, 300) { x, y, _ in 238 + (x * 5 + y * 11) % 5 }
      try workplace.copy(workplace.file("scans/night.tif"), to: "scans/copies/night.tif")
      try workplace.write(
        """
        id,file,title,artist
        N,night.tif,Night,Ann
        D,day.tif,Day,Ann
        C,cropped.tif,Night?,Bob
        M,mirrored.tif,Day?,Ann

        """, to: "scans/c.csv")
      try workplace.ingest("scans", "--catalog", "scans/c.csv")
      return workplace
    }

    /// Groups as sets of file names, by their tier.
    private func groups(_ document: JSONValue) -> [(tier: String, files: Set<String>)] {
      document["groups"]?.array.map { group in
        let files = group["files"]?.array.compactMap { $0["file"]?.string } ?? []
        return (
          group["tier"]?.string ?? "", Set(files.map { $0.components(separatedBy: "scans/").last ?? "" })
        )
      } ?? []
    }

    @Test func `Each tier is told, in groups that a cataloguer can go through`() throws {
      let workplace = try ingested()
      let document = try workplace.document("duplicates")
      #expect(
        document.keys == [
          "groups", "pairs", "filter", "files", "unmeasured", "flat", "interrupted", "took_ms",
        ])
      #expect(document["files"]?.int == 8 && document["flat"]?.int == 2)
      #expect(document["unmeasured"]?.int == 0 && document["interrupted"]?.bool == false)
      let groups = groups(document)
      #expect(groups.map(\.tier) == ["same-reproduction", "same-work"])
      #expect(groups[0].files == ["night.tif", "cropped.tif", "framed.tif", "copies/night.tif"])
      #expect(groups[1].files == ["day.tif", "mirrored.tif"])
      let counts = document["pairs"]?.object.mapValues(\.int)
      #expect(counts == ["same-bytes": 1, "same-reproduction": 3, "same-work": 1])

      let second = document["groups"]?.array.last
      #expect(second?.keys == ["tier", "files", "pairs"])
      let pair = try #require(second?["pairs"]?.array.first)
      #expect(pair.keys == ["tier", "files", "similarity", "evidence"])
      #expect(pair["files"]?.array.map(\.int) == [0, 1])
      #expect(try #require(pair["similarity"]?.double) > 0.95)
      #expect(pair["evidence"]?.keys == ["mirrored", "rotation", "luma_difference", "chroma_difference"])
      #expect(pair["evidence"]?["mirrored"]?.bool == true)
      let day = second?["files"]?.array.first { $0["id"]?.string == "D" }
      #expect(
        day?.keys == ["id", "file", "title", "artist", "date", "format", "width", "height", "bytes"])
      #expect(day?["title"]?.string == "Day" && day?["date"]?.isNull == true)
      #expect(day?["width"]?.int == 400 && day?["bytes"]?.int == 360_128)
    }

    @Test func `It says the same each time, and changes nothing`() throws {
      let workplace = try ingested()
      let before = (try workplace.catalogue(), try Shell.snapshot(of: workplace.files))
      let first = try workplace.document("duplicates")
      #expect(try workplace.document("duplicates")["groups"] == first["groups"])
      #expect(try workplace.catalogue() == before.0)
      #expect(try Shell.snapshot(of: workplace.files) == before.1)
    }

    @Test func `A tier or a filter narrows it`() throws {
      let workplace = try ingested()
      let bytes = try workplace.document("duplicates", "--tier", "same-bytes")
      #expect(groups(bytes).map(\.files) == [["night.tif", "copies/night.tif"]])
      #expect(bytes["pairs"]?.keys == ["same-bytes"])
      let two = try workplace.document("duplicates", "--tier", "same-bytes", "--tier", "same-work")
      #expect(groups(two).map(\.tier) == ["same-bytes", "same-work"])
      let ann = try workplace.document("duplicates", "--filter", "artist = Ann")
      #expect(ann["filter"]?.string == "artist = Ann" && ann["files"]?.int == 4)
      #expect(
        groups(ann).map(\.files) == [["night.tif", "copies/night.tif"], ["day.tif", "mirrored.tif"]])
      #expect(groups(try workplace.document("duplicates", "--filter", "artist = Bob")).isEmpty)
    }

    @Test func `People get groups with names, and a sentence`() throws {
      let workplace = try ingested()
      let outcome = try workplace.run("duplicates")
      #expect(outcome.status == 0)
      for text in [
        "The same reproduction:", "Probably the same work:", "Night, Ann", "400 × 300", "mirrored",
        "same bytes", "2 groups among 8 files", "2 are too flat to compare",
      ] {
        #expect(outcome.output.contains(text), "\(text) in\n\(outcome.output)")
      }
    }

    @Test func `An unknown tier or column is wrong usage or a failure`() throws {
      let workplace = try ingested()
      #expect(try workplace.run("duplicates", "--tier", "same-artist").status == 64)
      #expect(try workplace.run("duplicates", "--filter", "nonsense = 1").status == 1)
      let empty = try Workplace()
      let outcome = try empty.run("duplicates")
      #expect(outcome.status == 1 && outcome.errors.contains("no Morelli home"))
    }

    /// What an earlier release left: nothing is lost, and the next ingest measures what is missing.
    @Test(.enabled(if: sqlite != nil, "needs the sqlite3 command"))
    func `A home of an earlier release says what is missing, and the next ingest mends it`() throws {
      let workplace = try ingested()
      let before = try workplace.catalogue().sorted()
      let database = workplace.home.appendingPathComponent("catalog.sqlite").path
      try Shell.run(
        """
        sqlite3 '\(database)' "DROP TABLE copyView; DROP INDEX blockByMethod; ALTER TABLE block DROP COLUMN bytes; \
        DELETE FROM grdb_migrations WHERE identifier LIKE '2 %' OR identifier LIKE '9 %'"
        """
      )
      let old = try workplace.run("duplicates", "--json")
      #expect(old.status == 2 && old.errors.contains("8 files were compared by their bytes alone"))
      #expect(try old.json()["unmeasured"]?.int == 8)
      #expect(groups(try old.json()).map(\.tier) == ["same-bytes"])
      #expect(try workplace.catalogue().sorted() == before)
      #expect(try workplace.ingest("scans")["unchanged"]?.int == 0)
      #expect(try workplace.run("duplicates").status == 0)
      #expect(try workplace.ingest("scans")["unchanged"]?.int == 8)
      try workplace.expectSound()
    }
  }
}
