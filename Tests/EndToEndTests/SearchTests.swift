import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// `search`: works by their words.
  @Suite("search") struct SearchTests {
    private let samples: SampleCollection
    private var workplace: Workplace { samples.workplace }

    init() throws { samples = try #require(SampleCollection.current) }

    private func titles(_ arguments: String...) throws -> [String] {
      let outcome = try workplace.start(["search"] + arguments + ["--json"]).wait(seconds: 30)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try outcome.json()["results"]?.array.compactMap { $0["title"]?.string } ?? []
    }

    @Test func `Works are found by title, by artist and by what is said of them`() throws {
      #expect(try titles("boats beneath a wave").first == "Boats beneath a Wave")
      #expect(try titles("BRUCKENBAU").first == "Brückenbau")
      #expect(try titles("\"BRUCKENBAU\"") == ["Brückenbau"])
      #expect(try titles("découpage", "lacerda").first == "Découpage")
      let artist = try titles("\"霞翁\"", "-k", "50")
      #expect(!artist.isEmpty)
      #expect(try Set(titles("\"白川\"", "-k", "50")) == Set(artist))
      #expect(try Set(titles("霞翁").prefix(artist.count)).isSubset(of: artist))
      #expect(try titles("nocturne charcoal", "-k", "3").allSatisfy { $0.hasPrefix("Nocturne: Charcoal") })
      #expect(try titles("\"soft edges\"", "-k", "144").count >= 10)
    }

    @Test func `Words that must not be there, beginnings, filters and counts`() throws {
      let all = try titles("nocturne", "-k", "144")
      let without = try titles("nocturne -charcoal", "-k", "144")
      #expect(without.count < all.count && !without.contains { $0.contains("Charcoal") })
      #expect(try titles("brücken*").contains("Brückenbau"))
      #expect(try titles("nocturne", "-k", "2").count == 2)
      let early = try workplace.document("search", "nocturne", "--filter", "date < 1880", "-k", "144")
      #expect((early["results"]?.array.count ?? 0) < all.count)
      #expect(early["query"]?["filter"]?.string == "date < 1880")
    }

    @Test func `Nothing found is an answer, and nothing asked is an error`() throws {
      let none = try workplace.run("search", "xyzzy")
      #expect(none.status == 0 && none.output.contains("nothing"))
      #expect(try workplace.document("search", "xyzzy")["results"]?.array == [])
      #expect(try workplace.run("search", "!?").status == 1)
      #expect(try workplace.run("search").status == 64)
      #expect(try workplace.run("search", "wave", "-k", "0").status == 64)
      #expect(try workplace.run("search", "wave", "--filter", "artst = 'x'").status == 1)
    }

    @Test func `A table for people tells what was asked and why each was found`() throws {
      let output = try workplace.run("search", "boats wave", "-k", "8").output
      #expect(output.contains("about 'boats wave'") && output.contains("words +0.02"))
      #expect(output.contains("Boats beneath a Wave"))
    }

    @Test func `An answer has the shape of similar's, and facets where asked for`() throws {
      let answer = try workplace.document("search", "charcoal", "-k", "3", "--facets", "style,tags")
      #expect(answer.keys == ["query", "results", "good_match", "facets", "took_ms", "generation", "notes"])
      #expect(answer["query"]?["text"]?.string == "charcoal")
      for result in answer["results"]?.array ?? [] {
        let parts = try #require(result["contributions"]?.object).values.compactMap(\.double)
        #expect(abs(parts.reduce(0, +) - (result["score"]?.double ?? .nan)) < 1e-5)
      }
      let styles = try #require(answer["facets"]?["style"]?.array)
      #expect(styles.count == 12 && styles.allSatisfy { $0["count"]?.int == 12 })
      let nocturnes = try workplace.document(
        "search", "charcoal", "--facets", "style", "--filter", "style = 'Tonalist Nocturne'")
      #expect(nocturnes["facets"]?["style"]?.array.count == 1)
      #expect(try workplace.run("search", "charcoal", "--facets", "stile").errors.contains("'style'"))
    }

    @Test func `Works without an image are found, and shown without a file`() throws {
      let place = try Workplace()
      try place.write(
        "id,title,artist\na,The Great Wave,Hokusai\nb,Storm over Waves,Turner\nc,A Lady,Weyden\n", to: "c.csv"
      )
      #expect(try place.run("import", "c.csv").status == 0)
      let answer = try place.document("search", "wave")
      #expect(answer["results"]?.array.first?["id"]?.string == "a")
      let like = try place.document("similar", "a", "-k", "2")
      #expect(like["results"]?.array.count == 2)
      #expect(like["results"]?.array.first?["file"] == .null)
    }
  }
}
