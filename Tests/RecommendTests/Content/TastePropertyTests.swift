import Model
import Recommend
import TestSupport
import Testing

@Suite struct TastePropertyTests {
  private let layout = TasteLayout([
    BlockDescriptor(name: .colour, version: 1, dimension: 6),
    BlockDescriptor(name: .texture, version: 1, dimension: 5),
    BlockDescriptor(name: .text, version: 1, dimension: 4),
  ])
  private let weights: [BlockName: Float] = [.colour: 1, .texture: 0.5, .text: 0.7]

  /// Signatures with a missing block here and there.
  private func signatures(_ count: Int, seed: UInt64) -> [[Float]] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { row in
      [6, 5, 4].enumerated().flatMap { block, dimension -> [Float] in
        let v = generator.vector(dimension)
        let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return row % 5 == 3 && block == row % 3 ? v.map { _ in 0 } : v.map { $0 / length }
      }
    }
  }

  private func preferences(_ count: Int) -> [WorkPreference] {
    (0..<count).map { row -> WorkPreference in
      let value: Float = row % 4 == 3 ? -0.5 : 0.8
      return WorkPreference(work: Int32(row), value: value, time: Double(row / 3) * 86_400)
    }
  }

  private func profile(_ preferences: [WorkPreference], _ works: [[Float]]) -> TasteProfile {
    var profile = TasteProfile(preferences, layout: layout, weights: weights) { works[Int($0)] }
    profile.statement = TasteProfile.Statement(vector: [0.5, 0.5, 0.5, 0.5], weight: 0.4)
    return profile
  }

  @Test func orderMeansNothing() {
    let works = signatures(60, seed: 1)
    var generator = SeededGenerator(seed: 9)
    let expected = TasteScorer(profile(preferences(40), works))
    for _ in 0..<5 {
      let scorer = TasteScorer(profile(preferences(40).shuffled(using: &generator), works))
      for work in works { #expect(scorer.score(work.span) == expected.score(work.span)) }
    }
  }

  @Test func eventByEventIsAllAtOnce() {
    let works = signatures(60, seed: 2)
    var online = TasteProfile(layout, weights: weights)
    for preference in preferences(40) {
      let signature = works[Int(preference.work)]
      online.set(preference, signature: signature.span)
    }
    online.statement = TasteProfile.Statement(vector: [0.5, 0.5, 0.5, 0.5], weight: 0.4)
    let (a, b) = (TasteScorer(online), TasteScorer(profile(preferences(40), works)))
    for work in works { #expect(a.score(work.span) == b.score(work.span)) }
  }

  @Test func prototypesAreBounded() {
    let works = signatures(500, seed: 3)
    let scorer = TasteScorer(profile(preferences(500), works))
    #expect(scorer.tastes.count == 8)
    #expect(scorer.profile.count == 500)
    #expect(abs(scorer.tastes.reduce(0) { $0 + $1.share } - 1) < 1e-5)
  }

  @Test(arguments: Likeness.allCases) func evidenceAddsUp(_ likeness: Likeness) {
    let works = signatures(60, seed: 4)
    let scorer = TasteScorer(profile(preferences(40), works), likeness: likeness)
    for candidate in works[40...] {
      for limit in [5, 64] {
        let score = scorer.score(candidate.span)
        let evidence = scorer.evidence(for: candidate.span, limit: limit) { works[Int($0)] }
        #expect(evidence.works.count <= limit)
        for b in score.blocks.indices {
          let sum = evidence.works.reduce(evidence.rest[b]) { $0 + $1.blocks[b] }
          #expect(abs(sum - score.blocks[b]) < 1e-5)
        }
        if limit == 64 { #expect(evidence.rest.allSatisfy { abs($0) < 1e-5 }) }
        #expect(zip(evidence.works, evidence.works.dropFirst()).allSatisfy { $0.total >= $1.total })
      }
    }
  }

  @Test(arguments: Likeness.allCases) func manyAtOnceIsOneByOne(_ likeness: Likeness) {
    let works = signatures(60, seed: 5)
    let scorer = TasteScorer(profile(preferences(40), works), likeness: likeness)
    let flat = works.flatMap { $0 }
    var scores = [Float](repeating: .nan, count: works.count)
    var out = scores.mutableSpan
    scorer.scores(flat.span, into: &out)
    for (work, score) in zip(works, scores) { #expect(abs(score - scorer.score(work.span).score) < 1e-5) }
  }

  @Test func goneWorksAreLeftOut() {
    let works = signatures(60, seed: 6)
    let known = TasteProfile(preferences(40), layout: layout, weights: weights) {
      $0 % 2 == 0 ? works[Int($0)] : nil
    }
    #expect(known.count == 20)
    let candidate = works[50]
    let evidence = TasteScorer(known).evidence(for: candidate.span) { _ in nil }
    #expect(evidence.works.isEmpty)
    #expect(evidence.rest == TasteScorer(known).score(candidate.span).blocks)
  }

  @Test func theMostLikeWorkIsTheFirstReason() {
    let works = signatures(30, seed: 7)
    let liked = (0..<20).map { WorkPreference(work: Int32($0), value: 1, time: 0) }
    let scorer = TasteScorer(TasteProfile(liked, layout: layout, weights: weights) { works[Int($0)] })
    // Nothing is as like a work as itself.
    let candidate = works[12]
    let evidence = scorer.evidence(for: candidate.span) { works[Int($0)] }
    #expect(evidence.works.first?.work == 12)
  }
}
