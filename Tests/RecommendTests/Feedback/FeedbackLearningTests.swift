import Foundation
import Recommend
import TestSupport
import Testing

@Suite struct FeedbackLearningTests {
  /// Two sources, both steady: what the person is known by doesn't matter.
  private let strategy = Strategy(
    name: "learned", kind: .learned,
    parts: [.init(.content, SourceTrust(weight: 1)), .init(.items, SourceTrust(weight: 1))], adapts: true)

  private var learning: FeedbackLearning { FeedbackLearning(strategy) }
  private var fresh: AdaptiveWeights { AdaptiveWeights(base: strategy.baseWeights) }

  private func work(
    _ number: Int64, rank: Int, _ said: [Source: Float], _ outcome: ShownList.Outcome
  ) -> ShownList.Work {
    .init(number: number, rank: rank, said: said, outcome: outcome, events: 3)
  }

  /// Lists of ten in the order of what `leader` says. `content` knows what is welcome, `items` guesses; what stands lower is looked at
  /// less, and what isn't looked at gets no answer.
  private func lists(
    _ count: Int, leader: Source, welcome: (Float) -> Double = { 0.6 / (1 + exp(-3 * Double($0) + 3)) }
  ) -> [ShownList] {
    var generator = SeededGenerator(seed: 9)
    return (0..<count).map { n in
      let said = (0..<10).map { _ -> [Source: Float] in
        let pair = generator.vector(2)
        return [.content: 2 * pair[0], .items: 2 * pair[1]]
      }.sorted { ($0[leader] ?? 0) > ($1[leader] ?? 0) }
      let works = said.enumerated().map { place, said -> ShownList.Work in
        let isLookedAt =
          Float.random(in: 0..<1, using: &generator) < FeedbackLearning.propensity(rank: place + 1)
        let isWelcome = Double.random(in: 0..<1, using: &generator) < welcome(said[.content] ?? 0)
        return work(
          Int64(place), rank: place + 1, said, isLookedAt && isWelcome ? .liked : .nothing)
      }
      return ShownList(number: Int64(n), time: Double(n), personEvents: 5, works: works)
    }
  }

  @Test func placesAreLookedAtByTheirDiscount() {
    #expect(FeedbackLearning.propensity(rank: 1) == 1)
    #expect(FeedbackLearning.propensity(rank: 3) == 0.5)
    #expect(abs(FeedbackLearning.propensity(rank: 7) - Float(1) / 3) < 1e-6)
    #expect(FeedbackLearning.propensity(rank: 500) == FeedbackLearning.propensity(rank: 20))
  }

  @Test func oneStepByHand() throws {
    let list = ShownList(
      number: 7, time: 5, personEvents: 1,
      works: [
        work(1, rank: 1, [.content: 1, .items: 0], .nothing),
        work(2, rank: 3, [.content: 3, .items: 1], .bought),
      ])
    var weights = AdaptiveWeights(base: strategy.baseWeights, rate: 0.1)
    let steps = learning.teach(&weights, list)
    let step = try #require(steps.first)
    #expect(steps.count == 1 && step.id == "7:2" && step.time == 5)
    // Against the list's means (2 and ½) content says 1 and items ½, about their mean ±¼; rank 3 is looked at by half, rank 20 by 0.2277.
    let reward = (1 / log2(21)) / 0.5
    #expect(abs((step.steps["content"] ?? 0) - 0.1 * reward * 0.25) < 1e-7)
    #expect(abs((step.steps["items"] ?? 0) + 0.1 * reward * 0.25) < 1e-7)
    // The same list teaches once.
    #expect(learning.teach(&weights, list).isEmpty)
  }

  @Test func whatIsDislikedLowersWhoPraisedIt() throws {
    func weight(_ outcome: ShownList.Outcome) -> Double {
      var weights = fresh
      learning.teach(
        &weights,
        ShownList(
          number: 1, time: 0, personEvents: 0,
          works: [
            work(1, rank: 1, [.content: 2, .items: 0], outcome),
            work(2, rank: 2, [.content: 0, .items: 1], .nothing),
          ]))
      return weights.weights["content"] ?? 0
    }
    #expect(weight(.dismissed) < 1 && weight(.disliked) < 1 && weight(.nothing) == 1)
    #expect(weight(.viewed) > 1 && weight(.liked) > weight(.viewed) && weight(.bought) > weight(.liked))
  }

  @Test func aSourceThatIsRightGainsAndAGuessLoses() throws {
    var weights = fresh
    for list in lists(400, leader: .items) { learning.teach(&weights, list) }
    let learned = weights.weights
    let (content, items) = (learned["content"] ?? 0, learned["items"] ?? 0)
    #expect(content > 1.5 && items < 0.7)
    let head = try #require(learning.head(lists(400, leader: .items)))
    let byName = Dictionary(uniqueKeysWithValues: zip(head.features.map(\.name), head.weights))
    #expect((byName["content, known"] ?? 0) > 1.2)
    #expect((byName["items, known"] ?? 1) < 0.7)
  }

  @Test func standingHighIsNoMerit() throws {
    // Everything is as welcome as everything else, and `items` decides the order: without correction it would seem to be right.
    let lists = lists(2_000, leader: .items) { _ in 0.5 }
    var (weights, naive) = (fresh, fresh)
    for list in lists {
      learning.teach(&weights, list)
      let first = ShownList(
        number: list.number, time: list.time, personEvents: 0,
        works: list.works.map { work($0.number, rank: 1, $0.said, $0.outcome) })
      learning.teach(&naive, first)
    }
    let gain = log(weights.weights["items"] ?? 1) - log(weights.weights["content"] ?? 1)
    let seeming = log(naive.weights["items"] ?? 1) - log(naive.weights["content"] ?? 1)
    #expect(seeming > 1)
    #expect(abs(gain) < seeming / 3, "\(gain) of \(seeming)")
  }

  @Test func noFeedbackChangesNothingAndEverythingCanBeTakenBack() throws {
    #expect(strategy.adjusted(by: fresh) == strategy)
    var weights = fresh
    let lists = lists(60, leader: .content)
    for list in lists.prefix(30) { learning.teach(&weights, list) }
    let before = weights
    for list in lists.dropFirst(30) { learning.teach(&weights, list) }
    #expect(weights.weights != before.weights)
    #expect(strategy.adjusted(by: weights).parts[0].trust.weight > 1)
    weights.revert(since: 30)
    #expect(weights == before && weights.weights == before.weights)
    weights.revert(since: 0)
    #expect(strategy.adjusted(by: weights) == strategy)
    #expect(learning.head([]) == nil)
    #expect(learning.head([ShownList(number: 1, time: 0, personEvents: 0, works: [])]) == nil)
  }

  @Test func onlyAStrategyThatAdaptsIsAdjusted() {
    var weights = AdaptiveWeights(base: ["content": 1, "items": 1])
    weights.learn(id: "a", at: 0, reward: 1, scores: ["content": 1, "items": 0])
    var steady = strategy
    steady.adapts = false
    #expect(steady.adjusted(by: weights) == steady)
    let adjusted = strategy.adjusted(by: weights)
    #expect(adjusted.parts.map(\.source) == [.content, .items])
    #expect(adjusted.parts[0].trust.weight > 1 && adjusted.parts[1].trust.weight < 1)
  }
}
