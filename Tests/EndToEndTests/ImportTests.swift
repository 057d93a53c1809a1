import Foundation
import Testing

extension EndToEnd {
  /// Catalogue files: what their rows do, and what is said of rows that can't be taken.
  @Suite("import") struct ImportTests {
    @Test func `A dry run tells what would change, and changes nothing`() throws {
      let workplace = try Workplace.withThreeScans()
      let before = try workplace.catalogue()
      try workplace.write("id,file,title\nA1,a.png,Aye\n,b.jpg,Bee\nX9,,Waiting\n", to: "scans/c.csv")
      let outcome = try workplace.run("import", "scans/c.csv", "--dry-run")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("Nothing was changed"))
      let document = try workplace.document("import", "scans/c.csv", "--dry-run")
      #expect(document["added"]?.int == 1)
      #expect(document["changed"]?.int == 2)
      #expect(try workplace.catalogue() == before)
      let real = try workplace.document("import", "scans/c.csv")
      for key in ["rows", "added", "changed", "unchanged"] {
        #expect(real[key] == document[key], "as foretold: \(key)")
      }
      #expect(try workplace.catalogue() != before)
    }

    @Test func `A dry run where there is no home makes none`() throws {
      let workplace = try Workplace()
      try workplace.write("id,title\nA1,Aye\n", to: "c.csv")
      let outcome = try workplace.run("import", "c.csv", "--dry-run")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: workplace.home.path))
    }

    @Test func `A byte order mark, CRLF, a quoted line end and unknown columns are read`() throws {
      let workplace = try Workplace.withThreeScans()
      try workplace.write(
        "\u{FEFF}Title,FILE,Inventory No.,description\r\n"
          + "\"Dorés, \"\"blue\"\"\",a.png,MS 17/4,\"first line\r\nsecond line\"\r\n森川,b.jpg,,plain\r\n",
        to: "scans/c.csv")
      let document = try workplace.document("import", "scans/c.csv")
      #expect(document["rows"]?.int == 2)
      #expect(document["refused"]?.array == [])
      let a = try workplace.document("show", try workplace.id(ofFile: "scans/a.png"))
      #expect(a["title"]?.string == "Dorés, \"blue\"")
      #expect(
        a["description"]?.string?.replacingOccurrences(of: "\r\n", with: "\n") == "first line\nsecond line")
      #expect(a["attributes"]?.object == ["Inventory No.": "MS 17/4"].mapValues { JSONValue.string($0) })
      let b = try workplace.document("show", try workplace.id(ofFile: "scans/b.jpg"))
      #expect(b["title"]?.string == "森川")
      #expect(b["attributes"]?.object == [:])
      let query = try workplace.id(ofFile: "scans/c.webp")
      #expect(
        try workplace.similar(query, "--filter", "`Inventory No.` = 'ms 17/4'") == [a["id"]?.string ?? ""])
    }

    @Test func `A faulty row is named by its line, and the others are taken`() throws {
      let workplace = try Workplace.withThreeScans()
      let rows = [
        "file,title,price,removed", "a.png,\"Two", "lines\",12.50,false", "b.jpg,Bee,dear,", "b.jpg,Bee,1",
        "c.webp,Cee,,maybe",
        "c.webp,Cee,1,no",
      ]
      try workplace.write(rows.joined(separator: "\n") + "\n", to: "scans/c.csv")
      let outcome = try workplace.run("import", "scans/c.csv")
      #expect(outcome.status == 2)
      let lines = outcome.errors.split(separator: "\n")
      for (line, word) in [(4, "dear"), (5, "3 fields"), (6, "maybe")] {
        #expect(
          lines.contains { $0.hasPrefix("scans/c.csv:\(line): ") && $0.contains(word) }, "\(outcome.errors)")
      }
      #expect(lines.count == 3, "\(outcome.errors)")
      let works = try workplace.works()
      #expect(works[try workplace.id(ofFile: "scans/a.png")]?["price"]?.double == 12.5)
      #expect(works[try workplace.id(ofFile: "scans/b.jpg")]?["title"]?.isNull ?? true)
      #expect(works[try workplace.id(ofFile: "scans/c.webp")]?["title"]?.string == "Cee")
      let again = try workplace.run("import", "scans/c.csv", "--json").json()
      #expect(again["unchanged"]?.int == 2)
      #expect(again["refused"]?.array.compactMap { $0["line"]?.int } == [4, 5, 6])
    }

    @Test(arguments: ["", "title,artist\nAye,Bee\n", "file,file\na.png,b.jpg\n"])
    func `A file that is no catalogue is refused whole`(text: String) throws {
      let workplace = try Workplace.withThreeScans()
      let before = try workplace.catalogue()
      try workplace.write(text, to: "scans/c.csv")
      let outcome = try workplace.run("import", "scans/c.csv")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("scans/c.csv"))
      #expect(try workplace.catalogue() == before)
      #expect(try workplace.run("ingest", "scans", "--catalog", "scans/c.csv").status == 1)
      #expect(try workplace.run("import", "scans/none.csv").status == 1)
    }

    @Test func `A date that can't be read is kept as written, and told`() throws {
      let workplace = try Workplace.withThreeScans()
      try workplace.write("file,date\na.png,1650–55\nb.jpg,when the plums were ripe\n", to: "scans/c.csv")
      let outcome = try workplace.run("import", "scans/c.csv")
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains("scans/c.csv:3: ") && outcome.errors.contains("when the plums were ripe"))
      let works = try workplace.works()
      #expect(
        works[try workplace.id(ofFile: "scans/a.png")]?["years"]?.array == [.number(1650), .number(1655)])
      let b = works[try workplace.id(ofFile: "scans/b.jpg")]
      #expect(b?["date"]?.string == "when the plums were ripe")
      #expect(b?["years"]?.isNull ?? true)
    }

    @Test func `An empty cell clears, a missing column leaves`() throws {
      let workplace = try Workplace.withThreeScans()
      try workplace.write(
        "file,title,artist,date,price,tags,room\na.png,Aye,Ann,1650,7,red; blue,12\n", to: "scans/c.csv")
      _ = try workplace.document("import", "scans/c.csv")
      let id = try workplace.id(ofFile: "scans/a.png")
      try workplace.write("file,artist,date,price,tags,room\na.png,,,,,\n", to: "scans/c.csv")
      #expect(try workplace.document("import", "scans/c.csv")["changed"]?.int == 1)
      let work = try workplace.document("show", id)
      #expect(work["title"]?.string == "Aye")
      for key in ["artist", "date", "price", "years"] { #expect(work[key]?.isNull ?? true, "\(key)") }
      #expect(work["tags"]?.array == [])
      #expect(work["attributes"]?.object == [:])
    }

    @Test func `A row without an image is kept, reported, and gets its image when that comes`() throws {
      let workplace = try Workplace.withThreeScans()
      try workplace.write("file,title\nlater/d.gif,Dee\n", to: "scans/c.csv")
      let outcome = try workplace.run("import", "scans/c.csv")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("scans/c.csv:2: ") && outcome.errors.contains("later/d.gif"))
      #expect(try workplace.document("status")["without_file"]?.int == 1)
      let id = try #require(try workplace.works().first { $0.value["title"]?.string == "Dee" }).key
      #expect(try workplace.run("similar", id).status == 1, "nothing has been measured of it")
      try workplace.copy(Repository.goodImage("gif-static.gif"), to: "scans/later/d.gif")
      #expect(try workplace.ingest("scans")["added"]?.int == 1)
      #expect(try workplace.id(ofFile: "scans/later/d.gif") == id)
      #expect(try workplace.document("status")["without_file"]?.int == 0)
      #expect(try workplace.document("import", "scans/c.csv")["unchanged"]?.int == 1)
      #expect(try workplace.similar(id).count == 3)
    }

    @Test func `A row that waits for its image goes on waiting in a home made from the export`() throws {
      let workplace = try Workplace.withThreeScans()
      try workplace.write("file,title\nlater/d.gif,Dee\n", to: "scans/c.csv")
      _ = try workplace.document("import", "scans/c.csv")
      let other = try Workplace()
      try workplace.run("export", "catalog").outputBytes.write(to: other.file("exported.csv"))
      _ = try other.document("import", "exported.csv")
      try workplace.copy(Repository.goodImage("gif-static.gif"), to: "scans/later/d.gif")
      try other.ingest(workplace.file("scans").path)
      let dee = try #require(try other.works().values.first { $0["title"]?.string == "Dee" })
      #expect(dee["files"]?.array.count == 1)
    }
  }
}
