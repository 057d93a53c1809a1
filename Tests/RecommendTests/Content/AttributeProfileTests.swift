import Foundation
import Recommend
import TestSupport
import Testing

@Suite struct AttributeProfileTests {
  private let fields = Dictionary(uniqueKeysWithValues: Attribute.Field.allCases.map { ($0, Float(1)) })
  private let a = Attribute(.artist, "a")
  private let b = Attribute(.artist, "b")
  private let s = Attribute(.style, "s")

  /// Rarities: a and s ln(4/3), b ln 2.
  private var table: AttributeTable { AttributeTable([[a, s], [a], [b, s]], fieldWeights: fields) }

  @Test func likedAloneByHand() {
    let profile = AttributeProfile(History([(work: 1, strength: 0.5)]), table: table)
    #expect(abs(profile.score(0) - 0.5.squareRoot().float) < 1e-6)
    #expect(abs(profile.score(1) - 1) < 1e-6)
    #expect(profile.score(2) == 0)
    #expect(profile.strongest(5).map(\.attribute) == [a])
  }

  @Test func dislikedTakesOffByHand() {
    let profile = AttributeProfile(History([(work: 1, strength: 1), (work: 2, strength: -1)]), table: table)
    // The third work is (b, s) = (ln 2, ln 4/3) / 0.75048…; the length of the profile is √(1 + ¼).
    let (rare, common) = (log(2.0), log(4.0 / 3))
    let length = (rare * rare + common * common).squareRoot()
    let expected = 0.5.squareRoot() * (1 - 0.5 * common / length) / 1.25.squareRoot()
    #expect(abs(profile.score(0) - expected.float) < 1e-6)
    #expect(abs(profile.score(2) + (0.5 / 1.25.squareRoot()).float) < 1e-6)
  }

  @Test func contributionsAddUp() {
    let profile = AttributeProfile(
      History([(work: 0, strength: 1), (work: 2, strength: -0.3)]), table: table)
    for work in Int32(0)..<3 {
      let sum = profile.contributions(work).reduce(0) { $0 + $1.value }
      #expect(abs(sum - profile.score(work)) < 1e-6)
    }
    #expect(profile.contributions(0).map(\.attribute) == [a, s])
  }

  @Test func wordsCountByTheLogarithm() {
    let (w, v) = (Attribute(.word, "w"), Attribute(.word, "v"))
    let table = AttributeTable([[w, w, v], [], []], fieldWeights: fields)
    let profile = AttributeProfile(History([(work: 0, strength: 1)]), table: table)
    let parts = profile.contributions(0)
    #expect(parts.map(\.attribute) == [w, v])
    // Squares of the shares, as profile and work are one vector.
    #expect(abs(parts[0].value / parts[1].value - pow(1 + log(2.0), 2).float) < 1e-5)
  }

  @Test func whatAllHaveSaysNothing() {
    let table = AttributeTable([[a], [a], [a]], fieldWeights: fields)
    let profile = AttributeProfile(History([(work: 0, strength: 1)]), table: table)
    #expect(profile.isEmpty)
    #expect(profile.score(1) == 0)
  }

  @Test func unknownWorksAndNoWorks() {
    let profile = AttributeProfile(History([(work: 99, strength: 1), (work: 1, strength: 0)]), table: table)
    #expect(profile.isEmpty)
    #expect(profile.score(99) == 0)
    #expect(AttributeProfile(.empty, table: AttributeTable([])).score(0) == 0)
  }

  @Test func onePersonWhoHatesEverything() {
    let profile = AttributeProfile(
      History((0..<3).map { (work: Int32($0), strength: Float(-1)) }), table: table)
    #expect((0..<3).allSatisfy { profile.score(Int32($0)) < 0 })
    #expect(profile.strongest(5).isEmpty)
  }
}

extension Double {
  fileprivate var float: Float { Float(self) }

  @Test func allScoresAreThoseOfEachWork() {
    var generator = SeededGenerator(seed: 3)
    let works = (0..<200).map { _ in
      (0..<5).map { _ in Attribute(.word, "w\(Int.random(in: 0..<40, using: &generator))") }
    }
    let table = AttributeTable(works)
    let profile = AttributeProfile(History(works: [3, 70, 150], strengths: [1, -0.5, 0.2]), table: table)
    #expect(profile.scores == (0..<200).map { profile.score($0) })
    #expect(profile.scores.contains { $0 > 0 } && profile.scores.contains { $0 < 0 })
  }
}
