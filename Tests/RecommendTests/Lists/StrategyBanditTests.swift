import Recommend
import TestSupport
import Testing

@Suite struct StrategyBanditTests {
  /// What each arm yields.
  private func play(_ rates: [String: Double], rounds: Int, seed: UInt64) -> (
    bandit: StrategyBandit, chosen: [String]
  ) {
    var bandit = StrategyBandit(rates.keys.sorted())
    var generator = SeededGenerator(seed: seed)
    var chosen: [String] = []
    for round in 0..<rounds {
      let name = bandit.choose(at: Double(round), using: &generator)
      chosen.append(name)
      let isWin = Double.random(in: 0..<1, using: &generator) < rates[name] ?? 0
      bandit.record(name, reward: isWin ? 1 : 0, at: Double(round))
    }
    return (bandit, chosen)
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func findsTheBestArm(_ seed: UInt64) {
    let (bandit, chosen) = play(["a": 0.05, "b": 0.1, "c": 0.3], rounds: 2000, seed: seed)
    #expect(chosen.suffix(500).count { $0 == "c" } > 450)
    #expect(abs((bandit.expectations(at: 2000)["c"] ?? 0) - 0.3) < 0.05)
    // None is given up before it was tried.
    #expect(Set(chosen) == ["a", "b", "c"])
  }

  @Test func theSameSeedChoosesTheSame() {
    let (a, b) = (
      play(["a": 0.2, "b": 0.3], rounds: 200, seed: 5), play(["a": 0.2, "b": 0.3], rounds: 200, seed: 5)
    )
    #expect(a.chosen == b.chosen)
    #expect(a.bandit == b.bandit)
  }

  @Test func outcomesFadeByHand() {
    var bandit = StrategyBandit(["a", "b"], halfLife: 100)
    #expect(bandit.expectations(at: 0) == ["a": 0.5, "b": 0.5])
    bandit.record("a", reward: 1, at: 0)
    bandit.record("a", reward: 0.25, at: 100)
    // ½ + ¼ won, ¾ lost.
    #expect(bandit.arms[0].wins == 0.75)
    #expect(bandit.arms[0].losses == 0.75)
    // Another half-life later: (1 + 0.375) / (2 + 0.75).
    #expect(bandit.expectations(at: 200)["a"] == 0.5)
    #expect(bandit.expectations(at: 200)["b"] == 0.5)
  }

  @Test func theOrderOfNotesMeansNothing() {
    var (early, late) = (StrategyBandit(["a"], halfLife: 10), StrategyBandit(["a"], halfLife: 10))
    let notes = (0..<50).map { (reward: Double($0 % 3) / 2, time: Double($0 * 7 % 50)) }
    for note in notes { early.record("a", reward: note.reward, at: note.time) }
    for note in notes.reversed() { late.record("a", reward: note.reward, at: note.time) }
    #expect(abs(early.arms[0].wins - late.arms[0].wins) < 1e-9)
    #expect(abs(early.arms[0].losses - late.arms[0].losses) < 1e-9)
  }

  @Test func aStrategyThatIsGoneIsPassedOver() {
    var bandit = StrategyBandit(["a"])
    bandit.record("gone", reward: 1, at: 5)
    #expect(bandit == StrategyBandit(["a"]))
  }
}
