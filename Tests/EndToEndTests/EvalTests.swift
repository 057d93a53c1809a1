import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// `eval`: how well labels find one another.
  @Suite("eval") struct EvalTests {
    private let samples: SampleCollection
    private var workplace: Workplace { samples.workplace }

    init() throws { samples = try #require(SampleCollection.current) }

    @Test func `Families of the samples find one another, all blocks together best`() throws {
      let document = try workplace.document("eval", "--label", "style")
      #expect(document["works"]?.int == 144 && document["queries"]?.int == 144)
      let figures = document["figures"]?.array ?? []
      let first = figures.reduce(into: [:]) { $0[$1["name"]?.string ?? ""] = $1["P@1"]?.double ?? 0 }
      #expect(Set(first.keys) == ["colour", "texture", "shape", "embedding", "visual"])
      let visual = try #require(first["visual"])
      #expect(visual > 95 && first.values.allSatisfy { $0 <= visual + 3 && $0 > 40 })
      for row in figures {
        for key in ["P@1", "mAP@10", "mAP", "R@100", "nDCG@10"] {
          #expect((0...100).contains(row[key]?.double ?? -1), "\(key)")
        }
      }
    }

    @Test func `Queries can be chosen, and what can't be measured is said`() throws {
      let some = try workplace.document("eval", "--label", "Style", "--filter", "style = 'Ink Wash'")
      #expect(some["works"]?.int == 144 && some["queries"]?.int == 12)
      #expect(try workplace.document("eval", "--queries", "5")["queries"]?.int == 5)
      let table = try workplace.run("eval", "--label", "style", "--queries", "3")
      #expect(table.status == 0 && table.output.contains("nDCG@10") && table.output.contains("visual"))
      let unknown = try workplace.run("eval", "--label", "stile")
      #expect(unknown.status == 1 && unknown.errors.contains("'style'"))
      #expect(try workplace.run("eval", "--label", "id").status == 1)
      #expect(try workplace.run("eval", "--queries", "0").status == 64)
    }
  }
}
