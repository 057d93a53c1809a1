import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// `similar` asked with works of the catalogue.
  @Suite("similar") struct SimilarTests {
    let samples: SampleCollection
    var workplace: Workplace { samples.workplace }

    init() throws { samples = try #require(SampleCollection.current) }

    @Test func `The samples are ingested whole, with their catalogue`() throws {
      #expect(samples.ingest.status == 0, "\(samples.ingest.errors)")
      let document = try samples.ingest.json()
      #expect(document["added"]?.int == 144)
      #expect(document["refused"]?.array == [])
      #expect(document["catalogue"]?["rows"]?.int == 144)
      #expect(document["catalogue"]?["refused"]?.array == [])
      #expect(document["catalogue"]?["unmatched"]?.array == [])
      #expect(samples.works.count == 144)
      #expect(
        samples.works.values.allSatisfy { !$0.title.isEmpty && !$0.artist.isEmpty && !$0.style.isEmpty })
    }

    @Test func `An answer has the asked number of works with ids and titles, for people too`() throws {
      let nocturne = try samples.work("nocturne-03")
      let outcome = try workplace.run("similar", nocturne.id, "-k", "7")
      #expect(outcome.status == 0)
      let ids = try workplace.similar(nocturne.id, "-k", "7")
      #expect(ids.count == 7)
      for id in ids {
        let work = try samples.work(id: id)
        #expect(outcome.output.contains(work.id))
        #expect(outcome.output.contains(work.title))
        #expect(outcome.output.contains(work.artist))
      }
      #expect(!ids.contains(nocturne.id), "a work is not like itself")
    }

    @Test func `The most similar works to a nocturne are mostly nocturnes`() throws {
      let ids = try workplace.similar(try samples.work("nocturne-03").id, "-k", "8")
      let styles = try ids.map { try samples.work(id: $0).style }
      #expect(styles.filter { $0 == "Tonalist Nocturne" }.count >= 6, "\(styles)")
    }

    @Test func `An answer as JSON has the documented keys, and contributions that sum to the score`() throws {
      let nocturne = try samples.work("nocturne-03")
      let answer = try workplace.document("similar", nocturne.id, "-k", "5")
      #expect(answer.keys == ["query", "results", "good_match", "took_ms", "generation", "notes"])
      #expect(answer["query"]?["like"]?.array == [.string(nocturne.id)])
      #expect(answer["query"]?["k"]?.int == 5)
      #expect(try #require(answer["took_ms"]?.double) > 0)
      let results = try #require(answer["results"]?.array)
      #expect(results.count == 5)
      #expect(results.compactMap { $0["rank"]?.int } == [1, 2, 3, 4, 5])
      let scores = results.compactMap { $0["score"]?.double }
      #expect(scores == scores.sorted(by: >))
      #expect(scores.count == 5 && scores.allSatisfy { (-1...1).contains($0) })
      for result in results {
        #expect(
          result.keys.isSuperset(of: ["rank", "id", "file", "title", "artist", "score", "contributions"]))
        let work = try samples.work(id: result["id"]?.string)
        #expect(result["file"]?.string == work.file)
        #expect(result["title"]?.string == work.title)
        #expect(result["artist"]?.string == work.artist)
        let parts = try #require(result["contributions"]?.object).values.compactMap(\.double)
        #expect(!parts.isEmpty)
        #expect(abs(parts.reduce(0, +) - (result["score"]?.double ?? .nan)) < 1e-5)
      }
    }

    @Test func `A filter lets only such works pass as it says`() throws {
      let query = try samples.work("nocturne-03")
      let ids = try workplace.similar(
        query.id, "-k", "144", "--filter", "style = 'Tonalist Nocturne' and date < 1890")
      let expected = samples.works.values.filter { work in
        // A date lies before 1890 when every year that it can mean does.
        work.style == "Tonalist Nocturne" && work.id != query.id
          && work.years.last.flatMap { $0 }.map { $0 < 1890 } ?? false
      }
      #expect(!expected.isEmpty)
      #expect(Set(ids) == Set(expected.map(\.id)))
      #expect(try workplace.similar(query.id, "--filter", "style = 'No Such Style'").isEmpty)
    }

    @Test func `A filter that can't be read is shown with a caret at the fault`() throws {
      let outcome = try workplace.run(
        "similar", try samples.work("nocturne-03").id, "--filter", "style = and date < 1900")
      #expect(outcome.status == 1)
      #expect(outcome.output.isEmpty)
      let lines = outcome.errors.split(separator: "\n").map(String.init)
      let shown = try #require(
        lines.firstIndex { $0.hasSuffix("style = and date < 1900") }, "\(outcome.errors)")
      let caret = try #require(lines.indices.contains(shown + 1) ? lines[shown + 1].firstIndex(of: "^") : nil)
      let column = lines[shown + 1].distance(from: lines[shown + 1].startIndex, to: caret)
      #expect(lines[shown].dropFirst(column).hasPrefix("and"))
    }

    @Test func `A filter with an unknown column names those that are like it`() throws {
      let outcome = try workplace.run(
        "similar", try samples.work("nocturne-03").id, "--filter", "artst = 'Whistler'")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("artst"))
      #expect(outcome.errors.contains("'artist'"))
    }

    @Test func `Weights for a block that there is none of are refused with the blocks there are`() throws {
      let id = try samples.work("nocturne-03").id
      let outcome = try workplace.run("similar", id, "--weights", "brushwork=2")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("brushwork"))
      #expect(outcome.errors.contains("colour"))
      #expect(try workplace.run("similar", id, "--weights", "colour=-1").status == 1)
      #expect(try workplace.run("similar", id, "--weights", "colour").status == 64)
    }

    @Test func `Only the proportions of the weights matter, and they do`() throws {
      let id = try samples.work("nocturne-03").id
      let once = try workplace.similar(id, "--weights", "colour=1,texture=0.5,shape=0.25,embedding=2,text=1")
      #expect(try workplace.similar(id, "--weights", "colour=4,texture=2,shape=1,embedding=8,text=4") == once)
      let colour = try workplace.document("similar", id, "--weights", "texture=0,shape=0,embedding=0,text=0")
      for result in colour["results"]?.array ?? [] {
        #expect(result["contributions"]?["colour"]?.double == result["score"]?.double)
      }
      #expect(try workplace.similar(id, "--weights", "colour=0,texture=0") != once)
    }

    @Test func `No more works of one artist than asked for, and varied ones on demand`() throws {
      let id = try samples.work("nocturne-03").id
      let few = try workplace.similar(id, "-k", "20", "--max-per", "artist=1")
      let artists = try few.map { try samples.work(id: $0).artist }
      #expect(few.count == 20 && Set(artists).count == 20)
      let styles = try workplace.similar(id, "--max-per", "style=2", "-k", "24")
      #expect(
        try Dictionary(grouping: styles) { try samples.work(id: $0).style }.values.allSatisfy {
          $0.count == 2
        })
      let plain = try workplace.similar(id, "-k", "10")
      let varied = try workplace.similar(id, "-k", "10", "--diverse")
      #expect(varied.first == plain.first && varied.count == 10)
      let families = try Set(varied.map { try samples.work(id: $0).style })
      #expect(try families.count > Set(plain.map { try samples.work(id: $0).style }).count)
      #expect(try workplace.run("similar", id, "--max-per", "artst=1").errors.contains("'artist'"))
      #expect(try workplace.run("similar", id, "--max-per", "artist=0").status == 64)
    }

    @Test func `A negative example pushes away from itself`() throws {
      let (like, unlike) = (try samples.work("stained-glass-02").id, try samples.work("nocturne-03").id)
      func score(of id: String, _ arguments: String...) throws -> Double {
        let answer = try workplace.start(["similar", like, "-k", "144", "--json"] + arguments).wait(
          seconds: 30
        ).json()
        let hit = answer["results"]?.array.first { $0["id"]?.string == id }
        return try #require(hit?["score"]?.double, "\(id) is not in the answer")
      }
      let twin = try #require(try workplace.similar(unlike, "-k", "1").first)
      #expect(try score(of: twin, "--not", unlike) < score(of: twin) - 0.1)
      let ids = try workplace.similar(like, "--not", unlike, "-k", "144")
      #expect(ids.count == 142, "neither of the examples is in the answer")
    }

    @Test func `Scores below the asked one are left out`() throws {
      let answer = try workplace.document(
        "similar", try samples.work("nocturne-03").id, "-k", "144", "--min-score", "0.3")
      let scores = answer["results"]?.array.compactMap { $0["score"]?.double } ?? []
      #expect(!scores.isEmpty && scores.count < 143 && scores.allSatisfy { $0 >= 0.3 })
    }

    @Test func `A batch answers a line with a line, also where there is no answer`() throws {
      let (first, second) = (try samples.work("nocturne-03"), try samples.work("op-art-01"))
      let list = try workplace.write("\(first.id)\n\nnobody\n\(second.file)\r\n", to: "batch.txt")
      let outcome = try workplace.run("similar", "--batch", list.path, "-k", "3", "--json")
      #expect(outcome.status == 2)
      let lines = try outcome.jsonLines()
      try #require(lines.count == 3)
      #expect(
        lines[0]["results"]?.array.compactMap { $0["id"]?.string }
          == (try workplace.similar(first.id, "-k", "3")))
      #expect(lines[1]["error"]?.string?.contains("nobody") ?? false)
      #expect(lines[1]["query"]?["like"]?.array == [.string("nobody")])
      #expect(lines[2]["results"]?.array.first?["id"]?.string == second.id)
    }

    @Test func `An unknown id fails with the ids that are like it`() throws {
      let known = try samples.work("nocturne-03").id
      let outcome = try workplace.run("similar", String(known.prefix(6)) + "zzzzzz")
      #expect(outcome.status == 1)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains(known))
    }

    @Test(arguments: [
      ["similar"], ["similar", "x", "-k", "0"], ["similar", "x", "-k", "many"],
      ["similar", "x", "--no-such-option"],
      ["similar", "-", "-"], ["similar", "x", "--batch", "list.txt"], ["ingest"],
      ["ingest", ".", "--jobs", "0"], ["show"],
      ["import"], ["remove"], ["no-such-command"], ["config", "set", "ingest.jobs"], ["export", "vectors"],
      ["export", "catalog", "--format", "xml"],
    ])
    func `Wrong usage ends with status 64`(arguments: [String]) throws {
      let outcome = try workplace.start(arguments).wait(seconds: 30)
      #expect(outcome.status == 64)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains("Usage: morelli"))
    }
  }
}
