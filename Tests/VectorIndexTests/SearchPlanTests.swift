import Model
import Testing
import VectorIndex

@Suite struct SearchPlanTests {
  private func query(_ lengths: [Float]) -> [Float] {
    zip(IndexFixture.schema.blocks, lengths).flatMap { block, length in
      [length] + [Float](repeating: 0, count: block.dimension - 1)
    }
  }

  @Test func theCosineIsOneForTheDefaultsAndFallsAsWeightsLeaveThem() {
    let schema = IndexFixture.schema
    #expect(abs(SearchPlan.cosine(of: query([1, 1.5, 4]), schema) - 1) < 1e-9)
    #expect(abs(SearchPlan.cosine(of: query([100, 150, 400]), schema) - 1) < 1e-9)
    // One block of weight g among a sum of G: √(g/G).
    #expect(abs(SearchPlan.cosine(of: query([1, 0, 0]), schema) - (1 / 6.5).squareRoot()) < 1e-9)
    #expect(abs(SearchPlan.cosine(of: query([0, 0, 7]), schema) - (4 / 6.5).squareRoot()) < 1e-9)
    #expect(SearchPlan.cosine(of: query([0, 0, 0]), schema) == 0)
  }

  @Test func aBlockThatTheIndexWasBuiltWithoutIsFarFromIt() {
    let schema = IndexSchema(blocks: IndexFixture.schema.blocks, weights: [1, 0, 4])
    #expect(SearchPlan.cosine(of: query([1, 1e-6, 4]), schema) == 0)
    #expect(abs(SearchPlan.cosine(of: query([1, 0, 4]), schema) - 1) < 1e-9)
  }

  @Test func fewRowsOrStrangeWeightsAreLookedAtOneByOne() {
    func way(_ cosine: Double, _ count: Int, _ passing: Int, k: Int = 20) -> SearchPlan.Way {
      SearchPlan.way(cosine: cosine, width: 100, count: count, passing: passing, k: k)
    }
    #expect(way(1, 1_000_000, 1_000_000) == .index(stretch: 1))
    #expect(way(0.3, 1_000_000, 1_000_000) == .exact)
    for count in [5000, 100_000, 1_000_000] { #expect(way(1, count, 999) == .exact) }
    #expect(way(1, 5000, 5000) == .exact)
    #expect(way(1, 1_000_000, 500_000) == .index(stretch: 1))
    #expect(way(1, 1_000_000, 5000) == .exact)
    #expect(way(1, 100_000, 100_000, k: 20_000) == .exact)
    #expect(way(1, 100, 0) == .exact)
  }
}
