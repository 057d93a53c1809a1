import Foundation
import Recommend
import TestSupport
import Testing

@Suite struct AdaptiveWeightsTests {
  private func isNear(_ a: Double?, _ b: Double) -> Bool { abs((a ?? .nan) - b) < 1e-12 }

  @Test func oneStepByHand() {
    var weights = AdaptiveWeights(base: ["a": 1, "b": 2], rate: 0.1)
    weights.learn(id: "1", at: 5, reward: 1, scores: ["a": 2, "b": 1])
    // Half above and half below the mean.
    #expect(isNear(weights.weights["a"], exp(0.05)))
    #expect(isNear(weights.weights["b"], 2 * exp(-0.05)))
    weights.learn(id: "2", at: 6, reward: -1, scores: ["a": 2, "b": 1])
    #expect(isNear(weights.weights["a"], 1))
    #expect(isNear(weights.weights["b"], 2))
  }

  @Test func stepsCanBeTakenBack() {
    var weights = AdaptiveWeights(base: ["a": 1, "b": 1, "c": 3])
    var generator = SeededGenerator(seed: 1)
    var others = weights
    for i in 0..<50 {
      let scores = Dictionary(uniqueKeysWithValues: zip(["a", "b", "c"], generator.vector(3)))
      weights.learn(id: "\(i)", at: Double(i), reward: i % 3 == 0 ? -1 : 1, scores: scores)
      if i != 7 && i < 40 {
        others.learn(id: "\(i)", at: Double(i), reward: i % 3 == 0 ? -1 : 1, scores: scores)
      }
    }
    #expect(weights.weights != others.weights)
    let reverted = [weights.revert("7"), weights.revert("7")]
    #expect(reverted == [true, false])
    weights.revert(since: 40)
    #expect(weights == others)
    weights.revert(since: 0)
    #expect(weights.weights == weights.base)
    // What was taken back may come again.
    let again = weights.learn(id: "7", at: 1, reward: 1, scores: ["a": 1, "b": 0])
    #expect(again != nil)
  }

  @Test func oneFeedbackCountsOnce() {
    var weights = AdaptiveWeights(base: ["a": 1, "b": 1])
    let step = weights.learn(id: "1", at: 5, reward: 1, scores: ["a": 2, "b": 1])
    let before = weights.weights
    let again = weights.learn(id: "1", at: 6, reward: 1, scores: ["a": 2, "b": 1])
    #expect(again == nil)
    if let step { weights.append(step) }
    #expect(weights.weights == before)
    #expect(step?.steps.values.reduce(0, +) == 0)
  }

  @Test func whatSaysNothingIsNoStep() {
    var weights = AdaptiveWeights(base: ["a": 1, "b": 1])
    let scores: [[String: Float]] = [
      ["a": 2], ["a": 2, "b": 2], ["a": .nan, "b": 2], ["x": 1, "y": 2], [:],
    ]
    for (id, scores) in scores.enumerated() {
      let step = weights.learn(id: "\(id)", at: 0, reward: 1, scores: scores)
      #expect(step == nil)
    }
    let neither = weights.learn(id: "9", at: 0, reward: 0, scores: ["a": 2, "b": 1])
    #expect(neither == nil)
    #expect(weights.log.isEmpty)
  }

  @Test func weightsStayWithinBounds() {
    var weights = AdaptiveWeights(base: ["a": 1, "b": 2], rate: 1, bound: 4)
    for i in 0..<100 { weights.learn(id: "\(i)", at: 0, reward: 1, scores: ["a": 3, "b": -3]) }
    #expect(abs((weights.weights["a"] ?? 0) - 4) < 1e-9)
    #expect(abs((weights.weights["b"] ?? 0) - 0.5) < 1e-9)
  }

  @Test func theLogAloneMakesTheWeights() {
    var weights = AdaptiveWeights(base: ["a": 1, "b": 1])
    for i in 0..<20 { weights.learn(id: "\(i)", at: Double(i), reward: 1, scores: ["a": Float(i), "b": 3]) }
    var again = AdaptiveWeights(base: ["a": 1, "b": 1])
    for adjustment in weights.log.reversed() { again.append(adjustment) }
    #expect(again == weights)
  }
}
