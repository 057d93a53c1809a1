import Recommend
import TestSupport
import Testing

@Suite struct HybridTests {
  private let sources = [SourceScores("a", [1, 2, nil]), SourceScores("b", [10, 20, 30])]

  @Test func weightedByHand() {
    // a: −¼, ¼, nothing; b: −⅓, 0, ⅓; shares ¾ and ¼. For the last candidate b speaks with 1 + ½·(4 − 1) of its share.
    let blend = Hybrid.weighted(sources, weights: [3, 1], calibration: .rank, silentShare: 0.5)
    let expected: [Float] = [-3.0 / 16, -1.0 / 12, 3.0 / 16, 0, 0, 2.5 / 12]
    #expect(zip(blend.contributions, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(blend.ranking == [2, 1, 0])
    let silent = Hybrid.weighted(sources, weights: [3, 1], calibration: .rank, silentShare: 0)
    #expect(abs(silent.score(2) - 1.0 / 12) < 1e-6)
    let spoken = Hybrid.weighted(sources, weights: [3, 1], calibration: .rank, silentShare: 1)
    #expect(abs(spoken.score(2) - 1.0 / 3) < 1e-6)
  }

  @Test func contributionsAddUp() {
    var generator = SeededGenerator(seed: 8)
    let sources = ["a", "b", "c"].map { name in
      SourceScores(name, generator.vector(40).map { $0 > 0.8 ? nil : $0 })
    }
    let blend = Hybrid.weighted(sources, weights: [1, 0, 2])
    #expect(blend.count == 40)
    for i in 0..<40 {
      #expect(abs(blend.contributions(of: i).reduce(0, +) - blend.scores[i]) < 1e-6)
      #expect(blend.contributions(of: i)[1] == 0)
    }
  }

  @Test func noWeightsAreEqualWeights() {
    let none = Hybrid.weighted(sources, weights: [0, 0])
    #expect(none == Hybrid.weighted(sources, weights: [1, 1]))
    #expect(Hybrid.weighted([], weights: []).count == 0)
    // Nobody knows the candidate.
    #expect(Hybrid.weighted([SourceScores("a", [nil, 1])], weights: [1]).score(0) == 0)
    // Only a source without weight speaks.
    #expect(Hybrid.weighted(sources, weights: [1, 0]).score(2) == 0)
  }

  @Test func switchingByHand() {
    let conditions = [Hybrid.Condition(leastOfPerson: 5, leastOfWork: 3), Hybrid.Condition()]
    func blend(_ events: Int) -> Blend {
      Hybrid.switching(
        sources, conditions: conditions, personEvents: events, workEvents: [9, 2, 9], calibration: .rank)
    }
    // Too little is known of the person: b alone.
    let new = blend(4).scores
    #expect(zip(new, [Float(-1.0 / 3), 0, 1.0 / 3]).allSatisfy { abs($0 - $1) < 1e-6 })
    // a speaks for the first; of the second too little is known; of the third a knows nothing.
    #expect(blend(5).contributions(of: 0) == [-0.25, 0])
    #expect(blend(5).contributions(of: 1) == [0, 0])
    #expect(abs(blend(5).contributions(of: 2)[1] - 1.0 / 3) < 1e-6)
  }

  @Test func cascadeByHand() {
    let first = Blend(sources: ["a"], contributions: [4, 3, 2, 1])
    let second = Blend(sources: ["b"], contributions: [0, 5, 5, 9])
    #expect(Hybrid.cascade(first, then: second, retrieved: 3) == [1, 2, 0])
    #expect(Hybrid.cascade(first, then: second, retrieved: 9) == [3, 1, 2, 0])
    #expect(Hybrid.cascade(first, then: second, retrieved: 0) == [])
  }

  @Test func trustGrowsAndFades() {
    let grows = SourceTrust(weight: 2, course: .grows, half: 5)
    #expect(grows.weight(events: 0) == 0)
    #expect(grows.weight(events: 5) == 1)
    #expect(grows.weight(events: 15) == 1.5)
    let fades = SourceTrust(weight: 2, course: .fades, half: 5)
    #expect(fades.weight(events: 0) == 2)
    #expect(fades.weight(events: 15) == 0.5)
    #expect(SourceTrust(weight: 2).weight(events: 99) == 2)
    #expect(grows.weight(events: -3) == 0)
  }
}
