import Recommend
import Testing

@Suite struct ListComposerTests {
  private typealias Candidate = ListComposer.Candidate

  @Test func plainIsTheRanking() {
    let composer = ListComposer()
    let candidates = [3, -1, 7].map { Candidate(score: $0) }
    #expect(composer.worths(candidates) == [0.5, 0, 1])
    #expect(composer.list(9, of: candidates) { _, _ in 1 } == [2, 0, 1])
    #expect(composer.worths([]) == [])
    // All alike: all worth the same.
    #expect(composer.worths([Candidate(score: 4), Candidate(score: 4)]) == [1, 1])
  }

  @Test func noveltyAndSurpriseByHand() {
    var composer = ListComposer()
    composer.novelty = 0.5
    composer.serendipity = 0.2
    let worths = composer.worths([
      Candidate(score: 10, novelty: 0.2, unexpectedness: 0.5),
      Candidate(score: 5, novelty: 1, unexpectedness: 1),
      Candidate(score: 0, novelty: 0, unexpectedness: 1),
    ])
    // 1 + 0.1 + 0.1; 0.5 + 0.5 + 0.1; what is only odd gains nothing.
    #expect(zip(worths, [Float(1.2), 1.1, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func popularityIsCorrectedByHand() {
    let popularity = Popularity(people: 6, counts: [3, 0, 6])
    #expect(popularity.correction(0, power: 0.5) == 0.5)
    #expect(popularity.correction(1, power: 0.5) == 1)
    #expect(popularity.correction(2, power: 0) == 1)
    var composer = ListComposer()
    composer.popularityPower = 0.5
    let candidates = [(2.0, 0), (1.5, 1), (0, 2)].map {
      Candidate(score: Float($0.0), correction: popularity.correction($0.1, power: composer.popularityPower))
    }
    // 1·½ and ¾·1, brought to 1.
    #expect(zip(composer.worths(candidates), [Float(2.0 / 3), 1, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func noveltyIsSelfInformation() {
    let popularity = Popularity(people: 6, counts: [6, 0, 3, 99])
    // p = 7/8, 1/8 and ½ of at most 3 bits.
    #expect(abs(popularity.novelty(0) - 0.19264508 / 3) < 1e-6)
    #expect(popularity.novelty(1) == 1)
    #expect(abs(popularity.novelty(2) - 1.0 / 3) < 1e-6)
    #expect(popularity.novelty(3) == popularity.novelty(0))
    #expect(Popularity(people: 0, counts: [0]).novelty(0) == 1)
  }

  @Test func rulesRefuse() {
    var rules = WorkRules()
    rules.sold = [1]
    rules.dismissed = [2]
    rules.seen = [3]
    rules.onlyAvailable = true
    rules.budget = WorkRules.Budget(most: 500, currency: "EUR")
    rules.filter = { $0 != 9 }
    let good = WorkRules.Facts(price: 500, currency: "EUR", isAvailable: true)
    #expect(rules.refusal(0, good) == nil)
    #expect((1...3).map { rules.refusal($0, good) } == [.sold, .dismissed, .seen])
    #expect(rules.refusal(9, good) == .filter)
    #expect(rules.refusal(0, .init(price: 500.01, currency: "EUR")) == .overBudget)
    #expect(rules.refusal(0, .init(price: 100, currency: "USD")) == .otherCurrency)
    #expect(rules.refusal(0, .init(price: 100)) == nil)
    #expect(rules.refusal(0, .init()) == .unknownPrice)
    #expect(rules.refusal(0, .init(price: .nan)) == .unknownPrice)
    #expect(rules.refusal(0, .init(price: 100, isAvailable: false)) == .unavailable)
    rules.budget = WorkRules.Budget(most: 500, takesUnpriced: true)
    #expect(rules.refusal(0, .init()) == nil)
    #expect(WorkRules().refusal(1, .init(isAvailable: false)) == nil)
  }
}
