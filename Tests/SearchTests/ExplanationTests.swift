import Features
import Model
import Search
import Testing

@Suite struct ExplanationTests {
  /// A picture whose traits lie at these parts of real art; 0.5 where none is given.
  private func subject(
    _ percentiles: [VisualTrait: Float], palette: [Palette.Swatch] = []
  ) throws -> Explanation.Subject {
    let statistics = try TraitStatistics()
    let values = VisualTrait.allCases.map { trait in
      value(at: percentiles[trait] ?? 0.5, of: trait, statistics)
    }
    return Explanation.Subject(
      traits: try #require(VisualTraits(values: values)), palette: Palette(swatches: palette),
      vectors: VisualSchema.standard.descriptors.map { [1] + [Float](repeating: 0, count: $0.dimension - 1) })
  }

  /// By bisection over anything a trait can be.
  private func value(at percentile: Float, of trait: VisualTrait, _ statistics: TraitStatistics) -> Float {
    var (low, high) = (Float(-1000), Float(1000))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if statistics.percentile(of: middle, in: trait) < percentile { low = middle } else { high = middle }
    }
    return high
  }

  private func explain(_ a: Explanation.Subject, _ b: Explanation.Subject) throws -> Explanation {
    Explanation(a, b, statistics: try TraitStatistics())
  }

  @Test func whatIsUsualIsNotSaid() throws {
    let explanation = try explain(subject([:]), subject([:]))
    #expect(explanation.alike.isEmpty && explanation.unlike.isEmpty && explanation.surprise == 0)
    #expect(explanation.summary[.english] == "Nothing that is unusual in common.")
  }

  /// The less extreme of the two lies in the darkest tenth: 0.1² of random pairs are both there, 6.6 bits.
  @Test func whatIsUnusualAboutBothIsSaid() throws {
    let explanation = try explain(subject([.lightness: 0.02]), subject([.lightness: 0.1]))
    let shared = try #require(explanation.alike.first)
    #expect(explanation.alike.count == 1)
    #expect(shared.trait == .lightness && shared.end == .low)
    #expect(abs(shared.surprise - 6.64) < 0.1)
    #expect(explanation.summary[.english] == "Alike: dark overall tone.")
    #expect(explanation.summary[.chinese].contains("幽暗"))
  }

  @Test func oneExtremeWorkIsNotLikeAnOrdinaryOne() throws {
    let explanation = try explain(subject([.warmth: 0.99]), subject([.warmth: 0.5]))
    #expect(explanation.alike.isEmpty)
  }

  @Test func oppositeEndsSetWorksApart() throws {
    let explanation = try explain(subject([.warmth: 0.05]), subject([.warmth: 0.95]))
    #expect(explanation.alike.isEmpty)
    let difference = try #require(explanation.unlike.first)
    #expect(difference.trait == .warmth && difference.end == .low)
  }

  @Test func theMostSurprisingComesFirst() throws {
    let a = try subject([.lightAbove: 0.9, .warmth: 0.01, .lightness: 0.95])
    let explanation = try explain(a, a)
    #expect(explanation.alike.map(\.surprise) == explanation.alike.map(\.surprise).sorted(by: >))
    #expect(explanation.alike.first?.trait == .warmth)
  }

  /// Chroma and its deviation go together over real art; the second of them would say nothing new.
  @Test func whatSaysTheSameIsSaidOnce() throws {
    let statistics = try TraitStatistics()
    try #require(statistics.correlation(.chroma, .saturationContrast) > 0.6)
    let a = try subject([.chroma: 0.99, .saturationContrast: 0.97])
    #expect(try explain(a, a).alike.map(\.trait) == [.chroma])
  }

  @Test func orderOfTheWorksDoesNotMatter() throws {
    let a = try subject([.lightness: 0.03, .warmth: 0.9, .flatness: 0.1])
    let b = try subject([.lightness: 0.08, .warmth: 0.99, .flatness: 0.95])
    let (forth, back) = (try explain(a, b), try explain(b, a))
    #expect(forth.alike.map(\.trait) == back.alike.map(\.trait))
    #expect(forth.surprise == back.surprise && forth.percentile == back.percentile)
  }

  @Test func aLikePairHasMoreInCommonThanMost() throws {
    let a = try subject([
      .lightness: 0.02, .warmth: 0.98, .lightWithin: 0.95, .strokeUnevenness: 0.97, .massX: 0.03,
      .horizontalStrokes: 0.98, .horizonStrength: 0.99,
    ])
    let alike = try explain(a, a)
    let random = try explain(a, subject([.lightness: 0.7, .warmth: 0.4]))
    #expect(alike.percentile > 0.95 && random.percentile < 0.6)
    #expect(alike.summary != random.summary)
  }

  @Test func noMoreIsSaidThanAPersonWantsToHear() throws {
    let a = try subject(VisualTrait.allCases.reduce(into: [:]) { $0[$1] = 0.01 })
    let explanation = try explain(a, a)
    #expect(explanation.alike.count > 8 && explanation.said == Array(explanation.alike.prefix(8)))
    let summary = explanation.summary[.english]
    for (index, shared) in explanation.alike.enumerated() {
      #expect(summary.contains(shared.trait.phrase(shared.end)[.english]) == (index < 8))
    }
  }

  @Test func sharedColoursAreMatchedOnceEach() throws {
    let red = Palette.Swatch(l: 45, a: 60, b: 40, share: 0.3)
    let nearRed = Palette.Swatch(l: 47, a: 58, b: 38, share: 0.1)
    let blue = Palette.Swatch(l: 40, a: 10, b: -45, share: 0.7)
    let explanation = try explain(subject([:], palette: [blue, red]), subject([:], palette: [nearRed, red]))
    #expect(explanation.colours.map(\.swatches) == [[red, red]])
    #expect(red.name[.english] == "red" && blue.name[.english] == "blue" && red.name[.chinese] == "红色")
  }

  @Test func everyPhraseIsInEveryLanguage() {
    for trait in VisualTrait.allCases {
      for end in [TraitEnd.low, .high] {
        for language in Language.allCases { #expect(!trait.phrase(end)[language].isEmpty) }
      }
      #expect(trait.phrase(.low) != trait.phrase(.high))
    }
    let phrases = VisualTrait.allCases.flatMap { [$0.phrase(.low)[.english], $0.phrase(.high)[.english]] }
    #expect(Set(phrases).count == phrases.count)
  }
}
