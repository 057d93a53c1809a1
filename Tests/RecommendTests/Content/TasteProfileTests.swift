import Foundation
import Model
import Recommend
import TestSupport
import Testing

@Suite struct TasteProfileTests {
  private let layout = TasteLayout([
    BlockDescriptor(name: .colour, version: 1, dimension: 2),
    BlockDescriptor(name: .text, version: 1, dimension: 2),
  ])
  private let one = TasteLayout([BlockDescriptor(name: .colour, version: 1, dimension: 2)])
  private let both: [BlockName: Float] = [.colour: 1, .text: 1]

  private func profile(
    _ layout: TasteLayout, _ works: [(value: Float, vector: [Float])],
    trustHalf: Double = 0
  ) -> TasteProfile {
    var settings = TasteProfile.Settings()
    settings.trustHalf = trustHalf
    var profile = TasteProfile(layout, weights: both, settings: settings)
    for (row, work) in zip(Int32(0)..., works) {
      profile.set(WorkPreference(work: row, value: work.value, time: 1000), signature: work.vector.span)
    }
    return profile
  }

  @Test func anEmptyProfileSaysNothing() {
    let empty = TasteProfile(layout, weights: both)
    let scorer = TasteScorer(empty)
    #expect(empty.isEmpty)
    #expect(scorer.tastes.isEmpty)
    let score = scorer.score([1, 0, 0, 1].span)
    #expect(score.score == 0)
    #expect(score.blocks == [0, 0])
    #expect(score.nearest == 0)
  }

  @Test func oneLikedWorkByHand() {
    let scorer = TasteScorer(profile(layout, [(1, [1, 0, 0, 1])]))
    #expect(scorer.score([1, 0, 0, 1].span).blocks == [0.5, 0.5])
    #expect(scorer.score([0, 1, 0, 1].span).blocks == [0, 0.5])
    #expect(scorer.score([-1, 0, 0, 1].span).score == 0)
    // A block that the work lacks adds nothing.
    #expect(scorer.score([0, 0, 0, 1].span).blocks == [0, 0.5])
    // Weights of the question: 3 to 1.
    let colourful = TasteScorer(scorer.profile, weights: [.colour: 3, .text: 1])
    #expect(colourful.score([1, 0, 1, 0].span).blocks == [0.75, 0])
  }

  @Test func aBlockThatTheProfileLacksCountsNothing() {
    let scorer = TasteScorer(profile(layout, [(1, [1, 0, 0, 0])]))
    #expect(scorer.score([1, 0, 0, 1].span).blocks == [1, 0])
  }

  @Test func twoTastesAreNotAveraged() {
    let scorer = TasteScorer(profile(one, [(1, [1, 0]), (1, [0, 1])]))
    #expect(scorer.tastes.map(\.share) == [0.5, 0.5])
    // s = 1 and 0: the soft maximum with sharpness 10.
    let expected = 1 / (1 + exp(-10.0))
    #expect(abs(Double(scorer.score([1, 0].span).score) - expected) < 1e-6)
    #expect(abs(scorer.score([0.6, 0.8].span).score - Float((0.6 + 0.8 * exp(2.0)) / (1 + exp(2.0)))) < 1e-6)
    let mean = Float(0.5.squareRoot())
    #expect(abs(scorer.score([mean, mean].span).score - mean) < 1e-6)
    #expect(scorer.score([1, 0].span).nearest == 1)
  }

  @Test func aGlanceSaysLessThanALike() {
    let scorer = TasteScorer(profile(one, [(1, [1, 0]), (0.25, [0, 1])], trustHalf: 1))
    // Trusted by ½ and by ⅕: what is like the glance is worth p·⅕ with p = e² / (1 + e²).
    let expected = 0.2 / (1 + exp(-2.0))
    #expect(abs(Double(scorer.score([0, 1].span).score) - expected) < 1e-6)
    #expect(abs(Double(scorer.score([1, 0].span).score) - 0.5 / (1 + exp(-5.0))) < 1e-6)
    // Likeness itself knows no trust.
    #expect(scorer.score([0, 1].span).nearest == 1)
  }

  @Test func alikeWorksBecomeOneTaste() {
    let scorer = TasteScorer(profile(one, [(1, [1, 0]), (1, [0.6, 0.8])]))
    #expect(scorer.tastes.count == 1)
    // The direction of (1.6, 0.8).
    let direction = scorer.tastes[0].vectors[0] ?? []
    #expect(zip(direction, [Float(0.894427), 0.447214]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func onePersonWhoHatesEverything() {
    let scorer = TasteScorer(profile(one, [(-0.8, [1, 0])], trustHalf: 0.2))
    // Trusted by 0.8 / 1, half of it.
    #expect(abs(scorer.score([1, 0].span).score + 0.4) < 1e-6)
    #expect(scorer.score([0, 1].span).score == 0)
    // What is the opposite of the disliked is not liked for it.
    #expect(scorer.score([-1, 0].span).score == 0)
    #expect(scorer.score([1, 0].span).nearest == 0)
    var generator = SeededGenerator(seed: 3)
    let hater = TasteScorer(profile(one, (0..<200).map { _ in (-1, unit(generator.vector(2))) }))
    for _ in 0..<20 {
      let score = hater.score(unit(generator.vector(2)).span).score
      #expect(score <= 0 && score >= -0.5)
    }
  }

  @Test func aDislikeCountsWhereItIsNear() {
    let scorer = TasteScorer(profile(one, [(1, [1, 0]), (1, [0.8, 0.6]), (-1, [0, 1])]))
    let liked = TasteScorer(profile(one, [(1, [1, 0]), (1, [0.8, 0.6])]))
    #expect(scorer.score([0.6, 0.8].span).score < liked.score([0.6, 0.8].span).score)
    #expect(scorer.score([1, 0].span).score == liked.score([1, 0].span).score)
  }

  @Test func liking10000TimesIsLikingOnce() {
    var once = TasteProfile(one, weights: both)
    var often = TasteProfile(one, weights: both)
    let preference = WorkPreference(work: 7, value: 0.8, time: 5)
    once.set(preference, signature: [1, 0].span)
    for _ in 0..<10_000 { often.set(preference, signature: [1, 0].span) }
    for profile in [once, often] { #expect(profile.count == 1) }
    #expect(TasteScorer(once).score([0.6, 0.8].span) == TasteScorer(often).score([0.6, 0.8].span))
  }

  @Test func aWorkCanBeTakenBack() {
    var profile = profile(one, [(1, [1, 0]), (1, [0.8, 0.6]), (-1, [0, -1])])
    profile.set(WorkPreference(work: 1, value: 0, time: 9), signature: [0.8, 0.6].span)
    profile.set(WorkPreference(work: 2, value: 0, time: 9), signature: [0, -1].span)
    #expect(profile.count == 1)
    let score = TasteScorer(profile).score([0.6, 0.8].span).score
    #expect(abs(score - 0.6) < 1e-6)
    profile.set(WorkPreference(work: 0, value: 0, time: 9), signature: [1, 0].span)
    #expect(profile.isEmpty)
    #expect(TasteScorer(profile).score([0.6, 0.8].span).score == 0)
  }

  @Test func timeTakesHalfInAHalfLife() {
    var settings = TasteProfile.Settings()
    settings.halfLife = 100
    var profile = TasteProfile(one, weights: both, settings: settings)
    profile.set(WorkPreference(work: 0, value: 1, time: 0), signature: [1, 0].span)
    profile.set(WorkPreference(work: 1, value: 1, time: 200), signature: [0, 1].span)
    // 1/4 against 1.
    #expect(TasteScorer(profile).tastes.map(\.share) == [0.8, 0.2])
    // Ages that no number holds are no trouble.
    profile.set(WorkPreference(work: 2, value: 1, time: 1e9), signature: [0, 1].span)
    #expect(TasteScorer(profile).score([0, 1].span).score.isFinite)
  }

  @Test func aStatementIsOneMoreVector() {
    var profile = profile(layout, [])
    profile.statement = TasteProfile.Statement(vector: [0.6, 0.8], weight: 2)
    #expect(!profile.isEmpty)
    #expect(abs(TasteScorer(profile).score([1, 0, 1, 0].span).score - 0.6) < 1e-6)
    profile.set(WorkPreference(work: 0, value: 1, time: 0), signature: [1, 0, 0, 1].span)
    // Weights 1, 1 and 2.
    let score = TasteScorer(profile).score([1, 0, 1, 0].span)
    #expect(score.blocks == [0.25, 0])
    #expect(abs(score.statement - 0.3) < 1e-6)
    #expect(abs(score.score - 0.55) < 1e-6)
  }

  private func unit(_ v: [Float]) -> [Float] {
    let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return v.map { $0 / length }
  }
}
