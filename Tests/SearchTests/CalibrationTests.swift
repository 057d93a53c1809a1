import Catalog
import Model
import Search
import TestSupport
import Testing

/// Percentiles are what they say, for any weights, and no match is told from a match.
@Suite struct CalibrationTests {
  private let fixture: SearchFixture

  init() throws { fixture = try SearchFixture() }

  /// Works around some centres, in two blocks that have nothing to do with each other.
  private static func unit(_ centre: [Float], _ spread: Float, _ numbers: inout SeededGenerator) -> [Float] {
    let v = zip(centre, numbers.vector(centre.count)).map { $0 + spread * $1 }
    let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return v.map { $0 / length }
  }

  private func fill(_ count: Int, _ numbers: inout SeededGenerator) throws {
    let colours = (0..<6).map { _ in numbers.vector(2) }
    let textures = (0..<6).map { _ in numbers.vector(3) }
    try fixture.add(
      (0..<count).map { i in
        .init(
          "w\(i)", Self.unit(colours[i % 6], 0.8, &numbers), Self.unit(textures[i / 6 % 6], 0.8, &numbers))
      })
  }

  @Test(arguments: [(1, 1), (1, 0), (0, 1), (3, 0.5)] as [(Float, Float)])
  func ofPairsTakenByChanceEveryPercentileIsAsCommon(colour: Float, texture: Float) throws {
    var numbers = SeededGenerator(seed: 21)
    try fill(600, &numbers)
    let search = try fixture.search()
    let calibration = try #require(try Calibration(of: search, weights: .equal(SearchFixture.both)))
    let total = colour + texture
    let scale = calibration.scale([colour / total, texture / total])
    var percentiles: [Double] = []
    // Pairs of its own: those of the calibration are others.
    let signatures = try fixture.signatures()
    for _ in 0..<2000 {
      guard let a = signatures.randomElement(using: &numbers),
        let b = signatures.randomElement(using: &numbers), a != b
      else { continue }
      percentiles.append(try #require(scale.judge(query: a, found: b).percentiles.first))
    }
    percentiles.sort()
    let n = Double(percentiles.count)
    let distance = percentiles.enumerated().map { abs(Double($0.offset) / n - $0.element / 100) }.max() ?? 1
    #expect(distance < 0.05, "Kolmogorov and Smirnov's distance")
  }

  @Test func itReadsBackTheSame() throws {
    var numbers = SeededGenerator(seed: 22)
    try fill(60, &numbers)
    let made = try #require(try Calibration(of: fixture.search(), weights: .equal(SearchFixture.both)))
    let bytes = try made.bytes
    #expect(Calibration(bytes) == made)
    #expect(try #require(try Calibration(of: fixture.search(), weights: .equal(SearchFixture.both))) == made)
    for length in [0, 10, 22, 26, 40, bytes.count - 1] {
      #expect(Calibration(Array(bytes.prefix(length))) == nil)
    }
    #expect(Calibration(bytes + [0]) == nil)
    for place in [0, 22, 23, 24, 25, 30] {
      var damaged = bytes
      damaged[place] ^= 0x55
      #expect(Calibration(damaged) == nil, "byte \(place)")
    }
  }

  @Test func aHubIsNoBetterMatchThanItIsForAll() throws {
    // All works of a wide ring are near to "hub" in the mean; two are near each other alone.
    var numbers = SeededGenerator(seed: 23)
    var files: [SearchFixture.File] = (0..<200).map { i in
      .init("w\(i)", nil, Self.unit([0.6, 0, 0], 0.5, &numbers))
    }
    files += [
      .init("hub", nil, [1, 0, 0]), .init("a", nil, [-0.8, 0.6, 0]), .init("b", nil, [-0.6, 0.8, 0]),
    ]
    try fixture.add(files)
    var search = try fixture.search()
    search.calibration = try Calibration(of: search, weights: .only(SearchFixture.texture.name))
    func percentile(_ query: [Float], _ found: String) throws -> Double {
      let hits = try search.answer(
        SearchFixture.query([[nil, query]], .only(SearchFixture.texture.name), count: 203))
      return try #require(hits.first { $0.artworkID.rawValue == found }?.percentile)
    }
    // The hub's score is near that of the pair, its percentile is far below.
    #expect(try percentile([-0.8, 0.6, 0], "b") > 99)
    #expect(try percentile(files[0].vectors[1] ?? [], "hub") < 90)
  }

  @Test func whatHasNoLikeIsToldFromWhatHas() throws {
    var numbers = SeededGenerator(seed: 24)
    var files: [SearchFixture.File] = []
    for i in 0..<200 {
      files.append(.init("w\(i)", [1, 0], Self.unit([1, 0, 0], 0.3, &numbers)))
      files.append(.init("v\(i)", [1, 0], Self.unit([-0.2, 1, 0], 0.3, &numbers)))
    }
    try fixture.add(files)
    var search = try fixture.search()
    search.calibration = try Calibration(of: search, weights: .equal(SearchFixture.both))
    func isGood(_ texture: [Float]) throws -> Bool {
      let found = try search.find(SearchFixture.query([[[1, 0], texture]], count: 1))
      return try #require(found.hasGoodMatch)
    }
    let known = try (0..<100).filter { _ in try isGood(Self.unit([1, 0, 0], 0.3, &numbers)) }.count
    let strange = try (0..<100).filter { _ in try isGood(Self.unit([0, -0.2, -1], 0.3, &numbers)) }.count
    #expect(known >= 85 && strange <= 20, "\(known) and \(strange) of a hundred")
  }

  @Test func weightsThatItDoesNotKnowAreNotJudged() throws {
    var numbers = SeededGenerator(seed: 25)
    try fill(60, &numbers)
    var search = try fixture.search()
    let colourOnly = try SimilaritySearch(fixture.catalog, [SearchFixture.colour])
    search.calibration = try Calibration(of: colourOnly, weights: .only(.colour))
    let example: [[Float]?] = [[1, 0], [0, 0, 1]]
    #expect(try search.answer(SearchFixture.query([example], count: 3)).allSatisfy { $0.percentile == nil })
    let known = try search.answer(SearchFixture.query([example], .only(.colour), count: 3))
    #expect(known.allSatisfy { $0.percentile != nil })
  }
}
