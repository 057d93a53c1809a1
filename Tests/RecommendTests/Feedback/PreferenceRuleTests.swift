import Foundation
import Model
import Recommend
import TestSupport
import Testing

@Suite struct PreferenceRuleTests {
  private typealias Deed = PreferenceRule.Deed
  private let rule = PreferenceRule()
  private let day = 86_400.0

  private func value(_ deeds: [Deed], ignored: (strength: Float, time: Double)? = nil) -> Float? {
    rule.preference(for: 3, deeds, ignored: ignored)?.value
  }

  private func isNear(_ value: Float?, _ expected: Double) -> Bool {
    abs(Double(value ?? .nan) - expected) < 1e-6
  }

  @Test func oneEventSaysItsStrength() {
    #expect(isNear(value([Deed(.view, time: 0)]), 0.1))
    #expect(isNear(value([Deed(.like, time: 0)]), 0.8))
    #expect(isNear(value([Deed(.dislike, time: 0)]), -0.8))
    #expect(isNear(value([Deed(.favourite, time: 0)]), 0.9))
    #expect(isNear(value([Deed(.purchase, time: 0)]), 1))
    #expect(isNear(value([Deed(.dismissed, time: 0)]), -0.4))
    #expect((1...5).map { value([Deed(.rating, value: Double($0), time: 0)]) } == [-1, -0.5, 0, 0.5, 1])
    // Half a minute says half of 0.3, a minute ¾ of it.
    #expect(isNear(value([Deed(.dwell, value: 30, time: 0)]), 0.15))
    #expect(isNear(value([Deed(.dwell, value: 60, time: 0)]), 0.225))
    #expect(value([Deed(.dwell, value: 0, time: 0)]) == 0)
  }

  @Test func wrongValuesArePassedOver() {
    #expect(value([Deed(.rating, value: 9, time: 0)]) == nil)
    #expect(value([Deed(.rating, time: 0), Deed(.dwell, value: -4, time: 1)]) == nil)
    #expect(value([]) == nil)
    #expect(isNear(value([Deed(.rating, value: 9, time: 5), Deed(.like, time: 0)]), 0.8))
    #expect(value([Deed(.like, time: .nan)]) == nil)
  }

  @Test func hintsSaturate() {
    // 1 − 0.9².
    #expect(isNear(value([Deed(.view, time: 0), Deed(.view, time: 0)]), 0.19))
    // Never more than their ceiling.
    #expect(isNear(value((0..<10_000).map { _ in Deed(.view, time: 0) }), 0.3))
    // A like and a view: 1 − 0.2·0.9.
    #expect(isNear(value([Deed(.like, time: 0), Deed(.view, time: 0)]), 0.82))
  }

  @Test func liking10000TimesIsLikingOnce() {
    let often = (0..<10_000).map { Deed(.like, time: Double($0)) }
    #expect(isNear(value(often), 0.8))
  }

  @Test func theLastWordCounts() {
    #expect(isNear(value([Deed(.like, time: 0), Deed(.dislike, time: 1)]), -0.8))
    #expect(isNear(value([Deed(.dislike, time: 0), Deed(.like, time: 1)]), 0.8))
    // A later rating takes the place of an earlier one.
    #expect(isNear(value([Deed(.rating, value: 5, time: 0), Deed(.rating, value: 4, time: 1)]), 0.5))
    // A like after a favourite takes nothing back; a dislike in between does.
    #expect(isNear(value([Deed(.favourite, time: 0), Deed(.like, time: 1)]), 0.9))
    #expect(isNear(value([Deed(.favourite, time: 0), Deed(.dislike, time: 1), Deed(.like, time: 2)]), 0.8))
    // A 3 is neither.
    #expect(value([Deed(.like, time: 0), Deed(.rating, value: 3, time: 1)]) == 0)
    // Said at one time: the middle.
    #expect(value([Deed(.like, time: 1), Deed(.dislike, time: 1)]) == 0)
  }

  @Test func noHintCountsAgainstADislike() {
    let deeds = [
      Deed(.dislike, time: 0), Deed(.view, time: 1), Deed(.purchase, time: 0),
      Deed(.dwell, value: 500, time: 0),
    ]
    #expect(isNear(value(deeds), -0.8))
  }

  @Test func olderEventsCountHalf() {
    let deeds = [Deed(.like, time: 0), Deed(.view, time: 90 * day)]
    // A like of one half-life ago, 0.4, beside a view.
    #expect(isNear(value(deeds), 1 - 0.6 * 0.9))
    #expect(rule.preference(for: 3, deeds)?.time == 90 * day)
    let preference = WorkPreference(work: 1, value: 0.8, time: 100)
    #expect(preference.value(at: 300, halfLife: 100) == 0.2)
    #expect(preference.value(at: 0, halfLife: 100) == 0.8)
  }

  @Test func orderMeansNothing() {
    var generator = SeededGenerator(seed: 3)
    let deeds = (0..<60).map { i in
      Deed(EventKind.allCases[i % 8], value: Double(i % 5 + 1), time: Double(i / 4) * day)
    }
    let expected = rule.preference(for: 3, deeds)
    #expect(expected != nil)
    for _ in 0..<20 { #expect(rule.preference(for: 3, deeds.shuffled(using: &generator)) == expected) }
  }

  @Test func alwaysWithinBounds() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let deeds = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
        Deed(
          EventKind.allCases.randomElement(using: &generator) ?? .view,
          value: Double.random(in: -2...7, using: &generator),
          time: Double.random(in: 0...1e7, using: &generator))
      }
      if let value = value(deeds) { #expect(value >= -1 && value <= 1) }
    }
  }

  @Test func beingPassedOverSaysLittle() {
    let negatives = ImplicitNegatives()
    let hours = { (count: Int) in (0..<count).map { Double($0) * 3600 } }
    #expect(negatives.strength(shown: hours(3), wasClicked: false) == 0)
    #expect(abs(negatives.strength(shown: hours(5), wasClicked: false) + 0.1) < 1e-6)
    #expect(negatives.strength(shown: hours(500), wasClicked: false) == -0.3)
    #expect(negatives.strength(shown: hours(500), wasClicked: true) == 0)
    // Showings of one session are one.
    #expect(negatives.showings((0..<100).map { Double($0) }) == 1)
    #expect(negatives.showings([7200, 0, 3600, 3601]) == 3)
    #expect(isNear(value([], ignored: (-0.1, 50)), -0.1))
    #expect(isNear(value([Deed(.view, time: 0)], ignored: (-0.1, 0)), 0))
    #expect(isNear(value([Deed(.like, time: 0)], ignored: (-0.3, 0)), 0.5))
  }
}
