import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// Ways to ask beside a whole picture: by a part, by colours, by words, and by several of them.
  @Suite("ways to ask") struct QuestionTests {
    private let samples: SampleCollection
    private var workplace: Workplace { samples.workplace }

    init() throws { samples = try #require(SampleCollection.current) }

    @Test func `A part of a picture finds its like`() throws {
      let id = try samples.work("nocturne-03").id
      let answer = try workplace.document("similar", id, "--region", "pct:0,0,60,60", "-k", "5")
      #expect(answer["query"]?["region"]?.string == "pct:0,0,60,60")
      let ids = (answer["results"]?.array ?? []).compactMap { $0["id"]?.string }
      #expect(ids.count == 5 && !ids.contains(id))
      #expect(try ids.filter { try samples.work(id: $0).style == "Tonalist Nocturne" }.count >= 3)
      let whole = try workplace.document("similar", id, "-k", "5", "--weights", "text=0")
      let all = try workplace.document(
        "similar", id, "-k", "5", "--region", "pct:0,0,100,100", "--weights", "text=0")
      #expect(
        all["results"]?.array.map { $0["id"]?.string } == whole["results"]?.array.map { $0["id"]?.string },
        "the whole is a part too")
    }

    @Test func `A region that is none, or of nothing, is refused`() throws {
      let id = try samples.work("nocturne-03").id
      let outside = try workplace.run("similar", id, "--region", "100000,0,10,10")
      #expect(outside.status == 1 && outside.errors.contains("outside the picture"))
      for arguments in [
        [id, "--region", "1,2,3"], [id, id, "--region", "0,0,9,9"],
        ["--palette", "#fff", "--region", "0,0,9,9"],
      ] {
        #expect(try workplace.start(["similar"] + arguments).wait(seconds: 30).status == 64)
      }
    }

    @Test func `A palette finds works in these colours`() throws {
      let answer = try workplace.document("similar", "--palette", "#101010:3,#f4f1e8", "-k", "10")
      let results = answer["results"]?.array ?? []
      #expect(results.count == 10)
      let scores = results.compactMap { $0["score"]?.double }
      #expect(scores == scores.sorted(by: >) && (scores.first ?? 0) > 0.6)
      for result in results {
        #expect(result["contributions"]?["palette"]?.double == result["score"]?.double)
      }
      let red = try workplace.document("similar", "--palette", "c22", "-k", "1")
      let main = try #require(red["results"]?.array.first?["palette"]?.array.first?.string)
      let value = try #require(Int(main.dropFirst(), radix: 16))
      #expect(value >> 16 > 100 && value >> 16 > 2 * (value >> 8 & 255), "\(main) is some red")
      for bad in ["#12345", "red", "#fff:0", "#fff:-1", "#fff:x", "", "#fff,"] {
        #expect(try workplace.run("similar", "--palette", bad).status == 64, "\(bad)")
      }
    }

    @Test func `Pictures, colours and words can be asked for together`() throws {
      let id = try samples.work("nocturne-03").id
      let plain = try workplace.similar(id, "-k", "12")
      let blue = try workplace.similar(id, "-k", "12", "--palette", "#1b2a6b", "--weights", "palette=20")
      #expect(plain != blue)
      let words = try workplace.document(
        "similar", id, "-k", "3", "--text", "stained glass saint", "--weights", "text=40")
      let styles = try (words["results"]?.array ?? []).map { try samples.work(id: $0["id"]?.string).style }
      #expect(styles.allSatisfy { $0 == "Stained-Glass Cells" }, "\(styles)")
      for result in words["results"]?.array ?? [] {
        let parts = try #require(result["contributions"]?.object).values.compactMap(\.double)
        #expect(abs(parts.reduce(0, +) - (result["score"]?.double ?? .nan)) < 1e-5)
      }
      let nonsense = try workplace.run("similar", id, "--text", "xyzzy")
      #expect(
        nonsense.status == 0 && nonsense.errors.contains("'xyzzy': none of its words is in the catalogue"))
    }

    @Test func `Words alone are a search, and nothing at all is refused`() throws {
      let asked = try workplace.document("similar", "--text", "boats beneath a wave", "-k", "5")
      let searched = try workplace.document("search", "boats beneath a wave", "-k", "5")
      #expect(asked["results"] == searched["results"])
      #expect(try workplace.run("similar").status == 64)
      #expect(try workplace.run("similar", "--not", samples.work("nocturne-03").id).status == 64)
    }

    @Test func `A search can be varied and have a quota`() throws {
      let plain = try workplace.document("search", "nocturne", "-k", "8")
      let artists = try (plain["results"]?.array ?? []).map { try samples.work(id: $0["id"]?.string).artist }
      #expect(Set(artists).count < artists.count)
      let one = try workplace.document("search", "nocturne", "-k", "8", "--max-per", "artist=1")
      let few = try (one["results"]?.array ?? []).map { try samples.work(id: $0["id"]?.string).artist }
      #expect(Set(few).count == few.count && few.count > 1)
      let varied = try workplace.document("search", "nocturne", "-k", "8", "--diverse")
      #expect(varied["results"]?.array.count == 8)
      #expect(varied["results"]?.array.first?["id"] == plain["results"]?.array.first?["id"])
    }
  }
}
