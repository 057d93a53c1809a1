import Features
import Testing

@Suite struct TraitStatisticsTests {
  @Test func percentilesRunFromNothingToAll() throws {
    let statistics = try TraitStatistics()
    for trait in VisualTrait.allCases {
      #expect(
        statistics.percentile(of: -1e6, in: trait) == 0 && statistics.percentile(of: 1e6, in: trait) == 1)
      let steps = (-100...100).map { statistics.percentile(of: Float($0), in: trait) }
      #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(abs(statistics.correlation(trait, trait) - 1) < 1e-5)
    }
  }

  @Test func oppositesLieOnOppositeSides() throws {
    let statistics = try TraitStatistics()
    #expect(
      statistics.percentile(of: 15, in: .lightness) < 0.1
        && statistics.percentile(of: 85, in: .lightness) > 0.9)
    #expect(statistics.percentile(ofCosine: 0.9, inBlock: 0) > 0.99)
    #expect(statistics.percentile(ofSurprise: 0) < 0.5 && statistics.percentile(ofSurprise: 70) > 0.99)
  }

  @Test(
    arguments: [
      ([], FittedProjectionError.notAProjection), ([1, 2, 3, 4, 5, 6], .notAProjection),
      ([TraitStatistics.magic, 1, 2, 3, 1, 0], .wrongSize),
      ([TraitStatistics.magic, 1, 1, 2, 1, 7] + [UInt32](repeating: 0, count: 7), .wrongChecksum),
    ] as [([UInt32], FittedProjectionError)])
  func damagedNumbersAreRefused(words: [UInt32], expected: FittedProjectionError) {
    #expect(throws: expected) { try TraitStatistics(words: words) }
  }

  @Test func numbersOfOtherTraitsAreRefused() {
    let payload = [UInt32](repeating: 0, count: 2 + 1 + 4)
    let words = [TraitStatistics.magic, 999, 1, 2, 1, FittedProjection.checksum(payload)] + payload
    #expect(throws: FittedProjectionError.anotherBlock) { try TraitStatistics(words: words) }
  }
}
