import Foundation
import Testing

extension EndToEnd {
  /// Which work a file belongs to, and what a work is called, whatever happens to its files and its catalogue.
  @Suite("identity") struct IdentityTests {
    private func ingested(_ arguments: String..., catalogue: String? = nil) throws -> Workplace {
      let workplace = try Workplace()
      for (source, name) in [
        ("png-rgb8.png", "a.png"), ("jpeg-700x500.jpg", "b.jpg"), ("webp-1400x1001.webp", "c.webp"),
      ] {
        try workplace.copy(Repository.goodImage(source), to: "scans/\(name)")
      }
      if let catalogue {
        try workplace.write(catalogue, to: "scans/c.csv")
        try workplace.ingest("scans", "--catalog", "scans/c.csv")
      } else {
        try workplace.ingest("scans")
      }
      return workplace
    }

    @Test func `Ids come from the catalogue where it gives them, else from the bytes, the same everywhere`()
      throws
    {
      let workplace = try ingested(catalogue: "id,file,title\nInv. 17,a.png,Aye\n,b.jpg,Bee\n")
      #expect(try workplace.id(ofFile: "scans/a.png") == "Inv. 17")
      let minted = try workplace.id(ofFile: "scans/b.jpg")
      #expect(minted.count == 12)
      #expect(try workplace.similar("Inv. 17").count == 2)
      let other = try Workplace()
      try other.copy(Repository.goodImage("jpeg-700x500.jpg"), to: "elsewhere/under another name.jpeg")
      try other.ingest("elsewhere")
      #expect(try other.id(ofFile: "elsewhere/under another name.jpeg") == minted)
    }

    @Test func `A work that the catalogue names later goes on answering to its old id`() throws {
      let workplace = try ingested()
      let (minted, b) = (try workplace.id(ofFile: "scans/a.png"), try workplace.id(ofFile: "scans/b.jpg"))
      let before = try workplace.similar(minted)
      try workplace.write("id,file,title\nInv. 17,a.png,Aye\n", to: "scans/c.csv")
      #expect(try workplace.document("import", "scans/c.csv")["changed"]?.int == 1)
      #expect(try workplace.id(ofFile: "scans/a.png") == "Inv. 17")
      let byAlias = try workplace.document("show", minted)
      #expect(byAlias["id"]?.string == "Inv. 17")
      #expect(byAlias["aliases"]?.array == [.string(minted)])
      #expect(try workplace.similar(minted) == before)
      #expect(try workplace.similar("Inv. 17") == before)
      #expect(try workplace.similar(b).contains("Inv. 17"))
      #expect(try workplace.ingest("scans")["unchanged"]?.int == 3)
      #expect(try workplace.document("import", "scans/c.csv")["unchanged"]?.int == 1)
      #expect(try workplace.works().count == 3)
    }

    @Test func `The same bytes at two paths are two files of one work, which answers once`() throws {
      let workplace = try ingested()
      let id = try workplace.id(ofFile: "scans/a.png")
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/copy/a again.png")
      #expect(try workplace.ingest("scans")["added"]?.int == 1)
      #expect(try workplace.id(ofFile: "scans/copy/a again.png") == id)
      #expect(try workplace.works().count == 3)
      #expect(try workplace.document("show", id)["files"]?.array.count == 2)
      let answer = try workplace.similar(try workplace.id(ofFile: "scans/b.jpg"))
      #expect(answer.count == 2 && answer.contains(id))
    }

    @Test func `Two files of one catalogue row's id are one work that answers with the better file`() throws {
      let workplace = try ingested(catalogue: "id,file\nW,a.png\nW,b.jpg\n")
      #expect(Set(try workplace.works().keys).count == 2)
      let answer = try workplace.document("similar", workplace.file("scans/b.jpg").path)
      let best = answer["results"]?.array.first
      #expect(best?["id"]?.string == "W")
      #expect(best?["file"]?.string == workplace.file("scans/b.jpg").path)
      #expect(answer["results"]?.array.count == 2)
    }

    @Test
    func `Asked with a work of several files, the answer does not depend on the order in which they came`()
      throws
    {
      let answers = try [["a.png", "b.jpg", "c.webp"], ["c.webp", "b.jpg", "a.png"]].map { order in
        let workplace = try Workplace()
        try workplace.write("id,file\nW,a.png\nW,b.jpg\n", to: "c.csv")
        for (source, name) in [
          ("png-rgb8.png", "a.png"), ("webp-1400x1001.webp", "b.jpg"), ("jpeg-700x500.jpg", "c.webp"),
        ] {
          try workplace.copy(Repository.goodImage(source), to: name)
        }
        for name in order { try workplace.ingest(name) }
        _ = try workplace.document("import", "c.csv")
        return try workplace.document("similar", "W")["results"]?.array.compactMap { $0["score"]?.double }
      }
      #expect(answers[0]?.count == 1)
      #expect(answers[0] == answers[1])
    }

    @Test func `A renamed file keeps its work`() throws {
      let workplace = try ingested()
      let (id, before) = (try workplace.id(ofFile: "scans/a.png"), try workplace.works().count)
      try workplace.makeFolder("scans/renamed")
      try FileManager.default.moveItem(
        at: workplace.file("scans/a.png"), to: workplace.file("scans/renamed/z.png"))
      let document = try workplace.ingest("scans")
      #expect(document["moved"]?.int == 1)
      #expect(document["added"]?.int == 0)
      #expect(try workplace.id(ofFile: "scans/renamed/z.png") == id)
      #expect(try workplace.works().count == before)
      try workplace.expectSound()
    }

    @Test func `An overwritten file keeps its work and gets a new signature`() throws {
      let workplace = try ingested()
      let (a, c) = (try workplace.id(ofFile: "scans/a.png"), try workplace.id(ofFile: "scans/c.webp"))
      func score() throws -> Double? {
        let results = try workplace.document("similar", c)["results"]?.array
        return results?.first { $0["id"]?.string == a }?["score"]?.double
      }
      let before = try #require(try score())
      try workplace.copy(
        Repository.samples.appendingPathComponent("works/nocturne-08.png"), to: "scans/a.png")
      let document = try workplace.ingest("scans")
      #expect(document["changed"]?.int == 1)
      #expect(document["added"]?.int == 0)
      #expect(try workplace.id(ofFile: "scans/a.png") == a)
      #expect(abs(try #require(try score()) - before) > 0.01)
      let found = try workplace.document("similar", workplace.file("scans/a.png").path)["results"]?.array
        .first
      #expect(found?["id"]?.string == a)
      #expect(abs((found?["score"]?.double ?? 0) - 1) < 1e-4)
      // The bytes that the id came from are a work of their own now.
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/again.png")
      try workplace.ingest("scans")
      #expect(try workplace.id(ofFile: "scans/again.png") != a)
    }

    @Test func `An edit of the metadata alone is told from another picture`() throws {
      let workplace = try ingested()
      try workplace.copy(Repository.goodImage("jpeg-baseline-420.jpg"), to: "scans/tagged.jpg")
      try workplace.ingest("scans")
      let id = try workplace.id(ofFile: "scans/tagged.jpg")
      // A comment segment behind the start of the image.
      let words = Data("retouched by nobody".utf8)
      var bytes = try Data(contentsOf: workplace.file("scans/tagged.jpg"))
      bytes.insert(contentsOf: [0xFF, 0xFE, 0, UInt8(words.count + 2)] + words, at: 2)
      try bytes.write(to: workplace.file("scans/tagged.jpg"))
      let document = try workplace.ingest("scans")
      #expect(document["changed"]?.int == 1)
      #expect(document["metadata_only"]?.int == 1)
      #expect(try workplace.id(ofFile: "scans/tagged.jpg") == id)
      try workplace.expectSound()
    }

    @Test func `A file that was only touched is read again, and nothing changes`() throws {
      let workplace = try ingested()
      let before = try workplace.catalogue()
      try Shell.run("touch -d 2001-02-03 a.png", in: workplace.file("scans"))
      let document = try workplace.ingest("scans")
      #expect(document["touched"]?.int == 1)
      #expect(document["changed"]?.int == 0)
      #expect(try workplace.catalogue() == before)
      try workplace.expectSound()
    }

    @Test func `What the catalogue has removed stays out until the catalogue brings it back`() throws {
      let workplace = try ingested()
      let (a, b) = (try workplace.id(ofFile: "scans/a.png"), try workplace.id(ofFile: "scans/b.jpg"))
      try workplace.write("file,removed\na.png,true\n", to: "scans/c.csv")
      _ = try workplace.document("import", "scans/c.csv")
      #expect(!(try workplace.similar(b).contains(a)))
      #expect(try workplace.document("status")["removed"]?.int == 1)
      try workplace.ingest("scans")
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/copy.png")
      try workplace.copy(Repository.goodImage("gif-static.gif"), to: "scans/a.png")
      try workplace.ingest("scans", "--retry")
      #expect(!(try workplace.similar(b).contains(a)), "neither new files nor new bytes bring it back")
      try workplace.write("file,title\na.png,Aye\n", to: "scans/c.csv")
      _ = try workplace.document("import", "scans/c.csv")
      #expect(!(try workplace.similar(b).contains(a)), "nor a row that does not say so")
      try workplace.write("file,removed\na.png,false\n", to: "scans/c.csv")
      _ = try workplace.document("import", "scans/c.csv")
      #expect(try workplace.similar(b).contains(a))
    }

    @Test func `The command remove takes works out and brings them back, and touches no file`() throws {
      let workplace = try ingested()
      let (a, b) = (try workplace.id(ofFile: "scans/a.png"), try workplace.id(ofFile: "scans/b.jpg"))
      let files = try Shell.snapshot(of: workplace.file("scans"))
      #expect(try workplace.run("remove", a).status == 0)
      #expect(!(try workplace.similar(b).contains(a)))
      #expect(try workplace.ingest("scans")["unchanged"]?.int == 3)
      #expect(!(try workplace.similar(b).contains(a)))
      #expect(try workplace.document("show", a)["removed"]?.bool ?? false)
      #expect(try workplace.run("remove", "--undo", a).status == 0)
      #expect(try workplace.similar(b).contains(a))
      let partly = try workplace.run("remove", a, "nobody")
      #expect(partly.status == 2 && partly.errors.contains("nobody"))
      #expect(try workplace.run("remove", "nobody").status == 1)
      #expect(try workplace.run("show", "nobody").status == 1)
      #expect(try Shell.snapshot(of: workplace.file("scans")) == files)
    }
  }
}
