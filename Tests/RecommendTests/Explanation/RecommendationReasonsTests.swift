import Model
import Recommend
import TestSupport
import Testing

@Suite struct RecommendationReasonsTests {
  private typealias Source = RecommendationReasons.Source
  private typealias Part = RecommendationReasons.Part

  @Test func byHand() {
    let reasons = RecommendationReasons([
      Source(contribution: 0.6, parts: [Part(.peopleOfWork(1), 3), Part(.peopleOfWork(2), 1)], rest: 2),
      .whole(.popular, contribution: 0.3),
      .whole(.trending, contribution: 0.1),
      .whole(.statement, contribution: -0.5),
    ])
    // 0.6·3/6, 0.6·1/6, 0.3 and 0.1.
    #expect(reasons.said.map(\.kind) == [.peopleOfWork(1), .popular, .peopleOfWork(2)])
    #expect(zip(reasons.said.map(\.share), [Float(0.3), 0.3, 0.1]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(abs(reasons.unsaid - 0.3) < 1e-6)
  }

  @Test func nothingIsInvented() {
    #expect(RecommendationReasons([]).said.isEmpty)
    #expect(RecommendationReasons([]).unsaid == 1)
    #expect(RecommendationReasons([.whole(.popular, contribution: -1)]).said.isEmpty)
    #expect(RecommendationReasons([.whole(.popular, contribution: .nan)]).said.isEmpty)
    #expect(RecommendationReasons([Source(contribution: 1, parts: [])]).said.isEmpty)
    #expect(
      RecommendationReasons([Source(contribution: 1, parts: [Part(.statement, -1), Part(.popular, 0)])]).said
        .isEmpty)
    // Many small ones: none is worth a word.
    let small = RecommendationReasons([
      Source(contribution: 1, parts: (0..<40).map { Part(.peopleOfWork($0), 1) })
    ])
    #expect(small.said.isEmpty)
    #expect(small.unsaid == 1)
  }

  @Test func thresholdsSayHowMuch() {
    var thresholds = RecommendationReasons.Thresholds()
    thresholds.most = 1
    let sources = [Source.whole(.popular, contribution: 1), .whole(.trending, contribution: 2)]
    #expect(RecommendationReasons(sources, thresholds: thresholds).said.map(\.kind) == [.trending])
    thresholds.leastShare = 0.7
    #expect(RecommendationReasons(sources, thresholds: thresholds).said.isEmpty)
  }

  @Test func smallBlocksAreNotNamed() {
    let blocks = [Reason.BlockShare(.colour, 0.3), .init(.text, 0.1), .init(.texture, 0.6)]
    let reasons = RecommendationReasons([.whole(.likedWork(5, blocks: blocks), contribution: 1)])
    #expect(reasons.said[0].kind == .likedWork(5, blocks: [.init(.texture, 0.6), .init(.colour, 0.3)]))
  }

  @Test func sharesAddUp() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<100 {
      let sources = generator.vector(4).map { contribution in
        Source(
          contribution: contribution,
          parts: zip(Int32(0)..., generator.vector(5)).map { Part(.peopleOfWork($0), $1) },
          rest: generator.vector(1)[0])
      }
      let reasons = RecommendationReasons(sources)
      #expect(abs(reasons.said.reduce(reasons.unsaid) { $0 + $1.share } - 1) < 1e-5)
      #expect(reasons.said.allSatisfy { $0.share >= 0.05 })
      #expect(reasons.said.count <= 3)
    }
  }

  @Test func fromAProfile() {
    let layout = TasteLayout([
      BlockDescriptor(name: .colour, version: 1, dimension: 2),
      BlockDescriptor(name: .text, version: 1, dimension: 2),
    ])
    let works: [[Float]] = [[1, 0, 1, 0], [0, 1, 0, 1], [0, -1, 1, 0]]
    var profile = TasteProfile(layout, weights: [.colour: 1, .text: 1])
    for (row, value) in [Float(1), 1, -1].enumerated() {
      let signature = works[row]
      profile.set(WorkPreference(work: Int32(row), value: value, time: 0), signature: signature.span)
    }
    profile.statement = TasteProfile.Statement(vector: [1, 0], weight: 1)
    let scorer = TasteScorer(profile)
    let candidate: [Float] = [1, 0, 0.6, 0.8]
    let source = Source.content(
      contribution: 1, score: scorer.score(candidate.span),
      evidence: scorer.evidence(for: candidate.span) { works[Int($0)] }, layout: layout)
    let reasons = RecommendationReasons([source])
    // The first work, by colour 1/3 and text 0.2; the statement by 0.2; the second liked work is one that it is hardly like.
    guard case .likedWork(0, let blocks) = reasons.said.first?.kind else {
      Issue.record("the liked work comes first")
      return
    }
    #expect(blocks.map(\.block) == [.colour, .text])
    #expect(abs(blocks[0].share - 0.625) < 0.01)
    #expect(reasons.said.map(\.kind).contains(.statement))
    #expect(!reasons.said.contains { if case .likedWork(2, _) = $0.kind { true } else { false } })
    #expect(abs(reasons.said.reduce(reasons.unsaid) { $0 + $1.share } - 1) < 1e-5)
  }

  @Test func peopleOfLikeTasteAreOneReason() {
    let source = Source.collaborative(
      contribution: 1, works: [(work: 9, share: 1)],
      people: [(person: 4, share: 0.5), (person: 2, share: 1.5), (person: 3, share: -1)],
      base: 1)
    let reasons = RecommendationReasons([source])
    #expect(reasons.said == [Reason(.people([2, 4]), share: 0.5), Reason(.peopleOfWork(9), share: 0.25)])
    #expect(reasons.unsaid == 0.25)
  }

  @Test func attributesArePartsOfTheirSource() {
    let monet = Attribute(.artist, "monet")
    let source = Source.attributes(
      contribution: 2,
      [.init(attribute: monet, value: 0.4), .init(attribute: Attribute(.style, "x"), value: -0.1)])
    #expect(RecommendationReasons([source]).said == [Reason(.attribute(monet), share: 1)])
  }

  @Test func whatTwoSourcesSayAlikeIsOneReason() {
    let items = RecommendationReasons.Source.collaborative(contribution: 0.5, works: [(7, 1), (8, 1)])
    let ease = RecommendationReasons.Source.collaborative(contribution: 0.5, works: [(7, 3), (9, 1)])
    let reasons = RecommendationReasons([items, ease])
    // 7: 0.5·1/2 + 0.5·3/4; 8: 0.5·1/2; 9: 0.5·1/4.
    #expect(reasons.said.map(\.kind) == [.peopleOfWork(7), .peopleOfWork(8), .peopleOfWork(9)])
    #expect(zip(reasons.said.map(\.share), [Float(0.625), 0.25, 0.125]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(reasons.unsaid < 1e-6)
  }
}
