import Foundation
import Recommend
import TestSupport
import Testing

@Suite struct RankingHeadTests {
  private func head(
    _ lists: [([[Float]], [Float])], _ features: [RankingHead.Feature], ridge: Double = 1
  ) -> RankingHead {
    var examples = RankingExamples(names: features.map(\.name))
    for (values, outcomes) in lists { examples.append(features: values, outcomes: outcomes) }
    return RankingHead.fit(examples, features: features, ridge: ridge)
  }

  @Test func onePairByHand() {
    // The least of ln(1 + e^−w) + w²/2 is where w = 1 / (1 + e^w).
    let w = head([([[1], [0]], [1, 0])], [.init("x", prior: 0)]).weights[0]
    #expect(abs(w - 1 / (1 + exp(w))) < 1e-9)
    #expect(abs(w - 0.4011) < 1e-3)
    // Twice the ridge: 2w = 1 / (1 + e^w).
    let tight = head([([[1], [0]], [1, 0])], [.init("x", prior: 0)], ridge: 2).weights[0]
    #expect(abs(2 * tight - 1 / (1 + exp(tight))) < 1e-9)
  }

  @Test func weightsStayWithinTheirBounds() {
    // The feature speaks against what is liked: it can't weigh less than nothing.
    #expect(head([([[0], [1]], [1, 0])], [.init("x", prior: 0.5)], ridge: 0.01).weights == [0])
    #expect(
      head([([[0], [1]], [1, 0])], [.init("x", prior: 0, range: -0.2...5)], ridge: 0.01).weights == [-0.2])
    #expect(
      head([([[9], [0]], [1, 0])], [.init("x", prior: 0, range: 0...0.3)], ridge: 0.01).weights == [0.3])
  }

  @Test func nothingLearnedIsThePrior() {
    let features = [RankingHead.Feature("x", prior: 1), .init("y", prior: 0.25)]
    #expect(head([], features).weights == [1, 0.25])
    #expect(head([([[1, 2], [3, 4]], [1, 1])], features).weights == [1, 0.25])
    #expect(RankingHead(features, weights: [-7, .nan]).weights == [0, 0.25])
  }

  @Test func findsWhatMadeTheChoices() {
    var generator = SeededGenerator(seed: 4)
    let truth = [3.0, 1, 0]
    let lists = (0..<400).map { _ -> ([[Float]], [Float]) in
      let values = (0..<6).map { _ in generator.vector(3) }
      // Gumbel noise makes choices logistic.
      let utility = values.map { x in
        zip(truth, x).reduce(0) { $0 + $1.0 * Double($1.1) }
          - log(-log(Double.random(in: 0.001..<0.999, using: &generator)))
      }
      let best = utility.indices.max { utility[$0] < utility[$1] } ?? 0
      return (values, utility.indices.map { $0 == best ? 1 : 0 })
    }
    let features = ["a", "b", "c"].map { RankingHead.Feature($0, prior: 0.5) }
    let learned = head(lists, features)
    #expect(zip(learned.weights, truth).allSatisfy { abs($0 - $1) < 0.6 })
    // The order of lists and candidates means nothing but for rounding.
    let turned = head(lists.reversed().map { ($0.0.reversed(), $0.1.reversed()) }, features)
    #expect(zip(learned.weights, turned.weights).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(head(lists, features) == learned)
  }

  @Test func contributionsAddUp() {
    let head = RankingHead([.init("x", prior: 2), .init("y", prior: 0.5)])
    #expect(head.contributions([1, -4]) == [2, -2])
    #expect(head.score([1, -4]) == 0)
  }

  @Test func featuresTellKnownFromNew() {
    let features = RankingFeatures(sources: ["a", "b"], half: 5)
    #expect(features.names == ["a, known", "a, new", "b, known", "b, new", "unseen"])
    #expect(features.values([2, nil], personEvents: 15, workEvents: 3) == [1.5, 0.5, 0, 0, 0.25])
    #expect(features.values([2, 4], personEvents: 0, workEvents: 0) == [0, 2, 0, 4, 1])
    #expect(features.bySource([1, 2, 3, 4, 5]) == [3, 7, 5])
  }
}
