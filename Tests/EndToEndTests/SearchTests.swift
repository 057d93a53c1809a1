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
      #expect(try titles("BRUCKENBAU") == ["Brückenbau"])
      #expect(try titles("découpage", "lacerda").first == "Découpage")
      let artist = try titles("霞翁", "-k", "50")
      #expect(!artist.isEmpty)
      #expect(try titles("白川", "-k", "50") == artist)
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
      #expect(none.status == 0 && none.output.contains("Nothing has these words"))
      #expect(try workplace.document("search", "xyzzy")["results"]?.array == [])
      #expect(try workplace.run("search", "!?").status == 1)
      #expect(try workplace.run("search").status == 64)
      #expect(try workplace.run("search", "wave", "-k", "0").status == 64)
      #expect(try workplace.run("search", "wave", "--filter", "artst = 'x'").status == 1)
    }

    @Test func `A table for people tells what was found whole and what in part`() throws {
      let output = try workplace.run("search", "boats wave", "-k", "8").output
      #expect(output.contains("all") && output.contains("Boats beneath a Wave"))
    }
  }
}
