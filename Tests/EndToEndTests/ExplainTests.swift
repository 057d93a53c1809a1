import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// `explain` and `features`.
  @Suite("explain") struct ExplainTests {
    let samples: SampleCollection
    var workplace: Workplace { samples.workplace }

    init() throws { samples = try #require(SampleCollection.current) }

    private func explain(_ a: String, _ b: String) throws -> JSONValue {
      try workplace.document("explain", samples.work(a).id, samples.work(b).id)
    }

    @Test func `Two works of one family read differently from two of different ones`() throws {
      let alike = try explain("nocturne-03", "nocturne-05")
      let random = try explain("nocturne-03", "cut-paper-02")
      let (p, q) = (try #require(alike["surprise"]?.double), try #require(random["surprise"]?.double))
      #expect(p > q + 4, "\(p) bits in common against \(q)")
      #expect(alike["summary"]?.string != random["summary"]?.string)
      #expect((alike["alike"]?.array ?? []).contains { $0["phrase"]?.string == "dark overall tone" })
      #expect(random["unlike"]?.array.isEmpty == false)
    }

    @Test func `An explanation as JSON has the documented keys`() throws {
      let document = try explain("op-art-01", "op-art-02")
      #expect(
        document.keys == [
          "works", "summary", "blocks", "alike", "unlike", "colours", "surprise", "percentile",
        ])
      for trait in document["alike"]?.array ?? [] {
        #expect(trait["values"]?.array.count == 2 && trait["percentiles"]?.array.count == 2)
        let percentiles = (trait["percentiles"]?.array ?? []).compactMap(\.double)
        #expect(percentiles.allSatisfy { $0 <= 20 } || percentiles.allSatisfy { $0 >= 80 })
      }
      let status = try workplace.document("status")["blocks"]?.object.keys.sorted()
      #expect((document["blocks"]?.array ?? []).compactMap { $0["name"]?.string }.sorted() == status)
    }

    @Test func `People read it in English and in Chinese`() throws {
      let (a, b) = (try samples.work("nocturne-03").id, try samples.work("nocturne-05").id)
      func phrase(_ language: String) throws -> String {
        let document = try workplace.document("explain", a, b, "--language", language)
        return try #require(document["alike"]?.array.first?["phrase"]?.string)
      }
      let english = try workplace.run("explain", a, b)
      #expect(try english.status == 0 && english.output.contains(phrase("en")), "\(english.errors)")
      let chinese = try workplace.run("explain", a, b, "--language", "zh")
      #expect(try chinese.status == 0 && chinese.output.contains(phrase("zh")))
      #expect(try phrase("en") != phrase("zh") && chinese.output.contains("相似之处"))
      #expect(!chinese.output.contains("Alike"))
    }

    @Test func `A picture that is in no catalogue can be explained and measured`() throws {
      let work = try samples.work("nocturne-03")
      let document = try workplace.document("explain", work.id, work.file)
      let cosines = (document["blocks"]?.array ?? []).compactMap { $0["cosine"]?.double }
      #expect(!cosines.isEmpty && cosines.allSatisfy { $0 > 0.999 })
      let (stored, fresh) = (
        try workplace.document("features", work.id), try workplace.document("features", work.file)
      )
      #expect(stored["pictures"]?.array.first?["traits"] == fresh["pictures"]?.array.first?["traits"])
    }

    @Test func `Features of a work are its traits, palette and blocks`() throws {
      let work = try samples.work("op-art-01")
      let picture = try #require(try workplace.document("features", work.id)["pictures"]?.array.first)
      #expect(picture.keys == ["file", "traits", "palette", "blocks"])
      for trait in picture["traits"]?.array ?? [] {
        let percentile = try #require(trait["percentile"]?.double)
        #expect((0...100).contains(percentile))
        #expect(
          (trait["phrase"]?.string == nil) == (20.01..<79.99).contains(percentile)
            || abs(percentile - 50) > 29)
      }
      for block in picture["blocks"]?.array ?? [] {
        let vector = (block["vector"]?.array ?? []).compactMap(\.double)
        #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
      }
      let table = try workplace.run("features", work.id).output
      #expect(table.contains("light-dark-contrast") && table.contains("palette"))
    }

    @Test func `A name that is neither a work nor a file is told`() throws {
      let outcome = try workplace.run("explain", "nocturne-03", "no-such-work")
      #expect(outcome.status == 1 && outcome.errors.contains("no-such-work"))
      #expect(try workplace.run("explain", "nocturne-03", "nocturne-05", "--language", "xx").status == 64)
    }
  }
}
