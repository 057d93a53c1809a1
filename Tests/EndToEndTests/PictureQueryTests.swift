import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// `similar` asked with pictures that are files or come on standard input.
  @Suite("similar to a picture") struct PictureQueryTests {
    let samples: SampleCollection
    var workplace: Workplace { samples.workplace }

    init() throws { samples = try #require(SampleCollection.current) }

    @Test func `An image file finds the work that it is, and then what the work finds`() throws {
      let work = try samples.work("nocturne-08")
      let byFile = try workplace.document("similar", work.file, "-k", "6")
      let first = byFile["results"]?.array.first
      #expect(first?["id"]?.string == work.id)
      #expect(abs((first?["score"]?.double ?? 0) - 1) < 1e-4)
      #expect(
        byFile["results"]?.array.dropFirst().compactMap { $0["id"]?.string }
          == (try workplace.similar(work.id, "-k", "5", "--weights", "text=0")), "nothing is said of a file")
    }

    @Test func `A picture on standard input is answered like the file`() throws {
      let file = URL(fileURLWithPath: try samples.work("nocturne-02").file)
      let byFile = try workplace.document("similar", file.path)
      let outcome = try workplace.run("similar", "-", "--json", input: try Data(contentsOf: file))
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try outcome.json()["results"] == byFile["results"])
      #expect(workplace.temporaryFiles.isEmpty, "what was put aside is gone")
    }

    @Test(arguments: ["", "no image, but a sentence\n"])
    func `Standard input that holds no image is an error`(text: String) throws {
      let outcome = try workplace.run("similar", "-", "--json", input: Data(text.utf8))
      #expect(outcome.status == 1)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains("standard input"))
      #expect(workplace.temporaryFiles.isEmpty, "what was put aside is gone")
    }

    @Test func `A file that holds no image, and a folder, are errors that name it`() throws {
      let text = Repository.badImage("text.jpg").path
      let outcome = try workplace.run("similar", text)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(text) && outcome.errors.contains("not-an-image"))
      let folder = try workplace.run("similar", Repository.samples.path)
      #expect(folder.status == 1)
      #expect(folder.errors.contains(Repository.samples.path))
    }

    @Test func `A work and a picture make one query together`() throws {
      let (work, other) = (try samples.work("nocturne-03"), try samples.work("nocturne-08"))
      let answer = try workplace.document("similar", work.id, other.file, "-k", "5")
      #expect(answer["query"]?["like"]?.array == [.string(work.id), .string(other.file)])
      #expect(answer["results"]?.array.count == 5)
    }

    @Test func `A work of which nothing is written has the same keys in an answer, with nothing in them`()
      throws
    {
      let fresh = try Workplace()
      try fresh.copy(Repository.goodImage("png-rgb8.png"), to: "scans/one.png")
      try fresh.copy(Repository.goodImage("webp-1400x1001.webp"), to: "scans/two.webp")
      try fresh.ingest("scans")
      let id = try fresh.id(ofFile: "scans/one.png")
      let result = try #require(try fresh.document("similar", id)["results"]?.array.first)
      #expect(
        result.keys.isSuperset(of: ["rank", "id", "file", "title", "artist", "score", "contributions"]))
      #expect(result["title"]?.isNull ?? false)
      #expect(result["artist"]?.isNull ?? false)
    }

    @Test func `Without a home, asking says how to make one`() throws {
      let fresh = try Workplace()
      for command in [
        ["similar", "x"], ["show", "x"], ["status"], ["verify"], ["export", "catalog"], ["remove", "x"],
      ] {
        let outcome = try fresh.start(command).wait(seconds: 30)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("morelli ingest"))
      }
      #expect(!FileManager.default.fileExists(atPath: fresh.home.path))
    }
  }
}
