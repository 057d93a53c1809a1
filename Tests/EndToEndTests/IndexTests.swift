import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// The index: built, of any kind, rolled back, verified, and what it says of scores.
  @Suite("index") struct IndexTests {
    private let samples: SampleCollection

    init() throws { samples = try #require(SampleCollection.current) }

    /// A home of its own with what the samples' home holds.
    private func copy() throws -> Workplace {
      let place = try Workplace()
      try FileManager.default.copyItem(at: samples.workplace.home, to: place.home)
      return place
    }

    @Test func `An ingest builds it, and status tells`() throws {
      let status = try samples.workplace.document("status")
      #expect(status["index"]?["signatures"]?.int == 144 && status["index"]?["pending"]?.int == 0)
      #expect(status["index"]?["kind"]?.string == "flat" && status["index"]?["recall"]?.double == 1)
      #expect(status["text"]?["method"]?.string == "lexical" && status["text"]?["unread"]?.int == 0)
      let people = try samples.workplace.run("status").output
      #expect(people.contains("generation 1, flat, 144 signatures, up to date"))
      let answer = try samples.workplace.document("similar", samples.work("nocturne-03").id)
      #expect(answer["generation"]?.int == 1)
    }

    @Test(arguments: ["flat", "hnsw", "ivf", "ivf-sq", "HNSW16", "auto"])
    func `Every kind answers alike, with and without a filter`(kind: String) throws {
      let place = try copy()
      #expect(try place.run("config", "set", "index.kind", kind).status == 0)
      let built = try place.document("rebuild")
      #expect(built["index"]?["generation"]?.int == 2)
      #expect((built["index"]?["recall"]?.double ?? 0) >= 0.95)
      for name in ["nocturne-03", "op-art-05"] {
        let id = try samples.work(name).id
        for arguments in [
          [], ["--filter", "date < 1950"], ["--weights", "colour=1,texture=0,shape=0,embedding=0,text=0"],
        ] {
          let ours = try place.start(["similar", id, "-k", "10", "--json"] + arguments).wait(seconds: 30)
            .json()
          let exact = try samples.workplace.start(["similar", id, "-k", "10", "--json"] + arguments).wait(
            seconds: 30
          ).json()
          #expect(ours["generation"]?.int == 2)
          #expect(ours["results"] == exact["results"], "\(kind) \(arguments)")
        }
      }
      #expect(try place.document("verify")["sound"]?.bool == true)
    }

    @Test func `A kind that is none is refused, and the settings stay`() throws {
      let place = try copy()
      let outcome = try place.run("config", "set", "index.kind", "magic")
      #expect(outcome.status == 1 && outcome.errors.contains("magic") && outcome.errors.contains("hnsw"))
      #expect(try place.run("config", "get", "index.kind").output.contains("auto"))
    }

    @Test func `What is newer than the index is found at once, and what is removed is not`() throws {
      let place = try copy()
      let work = try samples.work("nocturne-03")
      let first = try #require(try place.similar(work.id, "-k", "1").first)
      #expect(try place.run("remove", first).status == 0)
      #expect(!(try place.similar(work.id, "-k", "143")).contains(first))
      try place.write("id,title\nnew,Nocturne in Vermilion\n", to: "c.csv")
      #expect(try place.run("import", "c.csv").status == 0)
      #expect(
        try place.document("search", "vermilion nocturne")["results"]?.array.first?["id"]?.string == "new")
      let pending = try #require(try place.document("status")["index"]?["pending"]?.int)
      #expect((2...4).contains(pending), "\(pending): a removal concerns the work's file and its words")
      #expect(try place.document("verify")["sound"]?.bool == true, "changes are no fault")
      let answers = try place.similar(work.id, "-k", "20")
      #expect(try place.document("rebuild")["index"]?["signatures"]?.int == 144)
      #expect(try place.similar(work.id, "-k", "20") == answers)
    }

    @Test func `A rebuild can be rolled back, once`() throws {
      let place = try copy()
      #expect(try place.document("rebuild")["index"]?["generation"]?.int == 2)
      #expect(try place.document("rollback")["generation"]?.int == 1)
      #expect(try place.document("status")["index"]?["generation"]?.int == 1)
      let again = try place.run("rollback")
      #expect(again.status == 1 && again.errors.contains("no generation before"))
      #expect(try place.run("similar", samples.work("nocturne-03").id).status == 0)
    }

    @Test func `A damaged index is told and mended, and answers go on without it`() throws {
      let place = try copy()
      let id = try samples.work("nocturne-03").id
      let expected = try place.similar(id, "-k", "10")
      let file = place.home.appendingPathComponent("index/1/codes.i8")
      try Data((try Data(contentsOf: file)).dropLast(10)).write(to: file)
      let outcome = try place.run("similar", id, "-k", "10", "--json")
      #expect(outcome.status == 0 && outcome.errors.contains("codes.i8"))
      let answer = try outcome.json()
      #expect(answer["generation"] == .null)
      #expect(answer["results"]?.array.compactMap { $0["id"]?.string } == expected)
      let found = try place.start(["verify", "--json"]).wait(seconds: 30)
      #expect(found.status == 1)
      #expect(try found.json()["findings"]?.array.first?["kind"]?.string == "bad-index")
      #expect(try place.document("verify", "--repair")["sound"]?.bool == true)
      #expect(try place.document("similar", id)["generation"]?.int == 2)
      try FileManager.default.removeItem(at: place.home.appendingPathComponent("index"))
      #expect(try place.similar(id, "-k", "10") == expected, "it can be deleted at any time")
      #expect(try place.document("verify")["sound"]?.bool == true)
    }

    @Test func `Scores come with percentiles, and no good match is an answer`() throws {
      let id = try samples.work("nocturne-03").id
      let near = try samples.workplace.document("similar", id, "-k", "143", "--weights", "text=0")
      #expect(near["good_match"]?.bool == true)
      let percentiles = near["results"]?.array.compactMap { $0["percentile"]?.double } ?? []
      #expect(percentiles.count == 143 && percentiles.allSatisfy { (0...100).contains($0) })
      #expect(percentiles[0] > 98 && percentiles[142] < 50)
    }

    @Test func `A picture whose whole manner is taken out has no good match, and one that has its like has`()
      throws
    {
      var (alone, together) = (0, 0)
      let manners = try Set(samples.works.values.map(\.style))
      #expect(manners.count == 12)
      for manner in manners {
        let work = try #require(samples.works.values.filter { $0.style == manner }.min { $0.id < $1.id })
        let arguments = [work.id, "--weights", "text=0", "--json"]
        func isGood(_ more: String...) throws -> Bool? {
          try samples.workplace.start(["similar"] + arguments + more).wait(seconds: 30).json()["good_match"]?
            .bool
        }
        if try isGood() == false { together += 1 }
        if try isGood("--filter", "style != '\(manner)'") == false { alone += 1 }
      }
      #expect(alone >= 10 && together <= 2, "\(alone) and \(together) of 12 are said to have none")
      let work = try samples.work("nocturne-03")
      let told = try samples.workplace.run(
        "similar", work.id, "--weights", "text=0", "--filter", "style != '\(work.style)'")
      #expect(told.output.contains("No good match"))
    }

    @Test func `The audit finds all where all is looked at`() throws {
      let audit = try samples.workplace.document("eval", "--audit", "--queries", "10")
      let kinds = try #require(audit["kinds"]?.array)
      #expect(kinds.count == 4 * 8 && kinds.allSatisfy { $0["recall"]?.double == 1 })
      #expect(try samples.workplace.run("eval", "--audit", "--queries", "5").output.contains("embedding"))
    }

    @Test func `Weights are tuned to what a person calls alike, and kept when asked`() throws {
      let place = try copy()
      let tuned = try place.document("tune", "--label", "style", "--queries", "60")
      #expect((tuned["after"]?.double ?? 0) > 50 && tuned["queries"]?.int == 60)
      #expect(tuned["weights"]?.object.keys.sorted() == ["colour", "embedding", "shape", "texture"])
      #expect(try !place.run("config", "get", "search.weights").output.contains("colour"))
      var pairs = "a,b\n"
      for style in ["nocturne", "op-art", "colour-field", "ink-wash"] {
        for i in 1..<8 { pairs += "\(style)-0\(i),\(style)-0\(i + 1)\n" }
      }
      try place.write(pairs, to: "pairs.csv")
      #expect(try place.run("tune", "--pairs", "pairs.csv", "--save").status == 0)
      #expect(try place.run("config", "get", "search.weights").output.contains("colour"))
      #expect(try place.run("similar", samples.work("nocturne-03").id).status == 0)
      try place.write("nocturne-01,nothing\nx,y\n", to: "bad.csv")
      let bad = try place.run("tune", "--pairs", "bad.csv")
      #expect(bad.status == 1 && bad.errors.contains("line 2"))
      #expect(try place.run("tune").status == 64)
    }
  }
}
