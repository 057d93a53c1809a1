import Foundation
import Model
import Search
import Testing

@Suite struct EvaluationTests {
  @Test func metricsByHand() {
    var metrics = RetrievalMetrics()
    #expect(metrics.means.precisionAt1 == 0)
    // Relevant at ranks 1 and 3, and at 2 and 12 and 101.
    metrics.add(ranks: [1, 3])
    #expect(metrics.means.precisionAt1 == 1)
    #expect(abs(metrics.means.meanAveragePrecision - (1 + 2.0 / 3) / 2) < 1e-12)
    #expect(abs(metrics.means.nDCGAt10 - 1.5 / (1 + 1 / log2(3))) < 1e-12)
    metrics.add(ranks: [2, 12, 101])
    let means = metrics.means
    #expect(metrics.queries == 2 && means.precisionAt1 == 0.5)
    #expect(abs(means.meanAveragePrecisionAt10 - ((1 + 2.0 / 3) / 2 + 0.5 / 3) / 2) < 1e-12)
    #expect(
      abs(means.meanAveragePrecision - ((1 + 2.0 / 3) / 2 + (0.5 + 2.0 / 12 + 3.0 / 101) / 3) / 2) < 1e-12)
    #expect(abs(means.recallAt100 - (1 + 2.0 / 3) / 2) < 1e-12)
  }

  private struct Golden: Decodable {
    let dimension, queries: Int
    let vectors: [Float]
    let labels: [Int]
    let precisionAt1, mapAt10, map, recallAt100, nDCGAt10: Double

    enum CodingKeys: String, CodingKey {
      case dimension, vectors, labels, queries
      case precisionAt1 = "P@1"
      case mapAt10 = "mAP@10"
      case map = "mAP"
      case recallAt100 = "R@100"
      case nDCGAt10 = "nDCG@10"
    }
  }

  /// Against the metric script and scikit-learn (`tools/golden/golden_metrics.py`).
  @Test func metricsAgreeWithTheReference() throws {
    let url = try #require(
      Bundle.module.url(forResource: "metrics", withExtension: "json", subdirectory: "Golden"))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    let (n, d) = (golden.labels.count, golden.dimension)
    let rows = (0..<n).map { Array(golden.vectors[$0 * d..<($0 + 1) * d]) }
    var metrics = RetrievalMetrics()
    for query in 0..<n {
      let scores = rows.map { row in zip(row, rows[query]).reduce(Float(0)) { $0 + $1.0 * $1.1 } }
      let order = (0..<n).filter { $0 != query }.sorted { (scores[$0], $1) > (scores[$1], $0) }
      let ranks = zip(1..., order).filter { golden.labels[$0.1] == golden.labels[query] }.map(\.0)
      if !ranks.isEmpty { metrics.add(ranks: ranks) }
    }
    let means = metrics.means
    #expect(metrics.queries == golden.queries)
    #expect(abs(100 * means.precisionAt1 - golden.precisionAt1) < 0.006)
    #expect(abs(100 * means.meanAveragePrecisionAt10 - golden.mapAt10) < 0.006)
    #expect(abs(100 * means.meanAveragePrecision - golden.map) < 0.006)
    #expect(abs(100 * means.recallAt100 - golden.recallAt100) < 0.006)
    #expect(abs(100 * means.nDCGAt10 - golden.nDCGAt10) < 0.006)
  }

  private static func unit(_ angle: Float) -> [Float] { [cos(angle), sin(angle)] }

  /// Works a, b of one label and c, d of another, by their angles; e has no label, f no partner.
  private func fixture() throws -> SearchFixture {
    let fixture = try SearchFixture()
    try fixture.add([
      .init("a", Self.unit(0)), .init("b", Self.unit(0.3)), .init("c", Self.unit(0.1), [1, 0, 0]),
      .init("d", Self.unit(2), [1, 0, 0]), .init("e", Self.unit(0)), .init("f", Self.unit(0.05)),
    ])
    return fixture
  }

  private let labels = ["a": "x", "b": "x", "c": "y", "d": "y", "f": "z", "gone": "x"]

  private func evaluation(_ fixture: SearchFixture) throws -> Evaluation {
    try Evaluation(
      fixture.catalog, SearchFixture.both,
      labels: Dictionary(uniqueKeysWithValues: labels.map { (ArtworkID(rawValue: $0.key), $0.value) }))
  }

  @Test func ranksAreThoseOfOtherLabelledWorks() throws {
    let evaluation = try evaluation(fixture())
    #expect(evaluation.workCount == 5)
    let queries = evaluation.queries(among: nil, limit: 10)
    #expect(queries.count == 4)
    let metrics = evaluation.run(
      [
        .init(name: "colour", weights: .only(.colour)),
        .init(name: "texture", weights: .only(SearchFixture.texture.name)),
      ],
      queries: queries)
    // Colour: a sees f, c, b, d; b sees c, f, a, d; c sees f, a, b, d; d sees b, c, f, a.
    let colour = metrics[0].means
    #expect(metrics[0].queries == 4 && colour.precisionAt1 == 0)
    #expect(abs(colour.meanAveragePrecision - (1.0 / 3 + 1.0 / 3 + 1.0 / 4 + 1.0 / 2) / 4) < 1e-12)
    // Texture: c and d see each other at once; a and b have none, and can't be asked for.
    #expect(metrics[1].queries == 2 && metrics[1].means.precisionAt1 == 1)
  }

  @Test func aWorkIsFoundByItsBestFile() throws {
    let fixture = try fixture()
    try fixture.add([.init("d", Self.unit(0.11))])
    let evaluation = try evaluation(fixture)
    #expect(evaluation.workCount == 5)
    let query = try #require(evaluation.queries(among: [ArtworkID(rawValue: "c")], limit: 1).first)
    #expect(
      evaluation.run([.init(name: "colour", weights: .only(.colour))], queries: [query])[0].means.precisionAt1
        == 1)
  }

  @Test func queriesAreLimitedAndAlikeInEveryRun() throws {
    let evaluation = try evaluation(fixture())
    #expect(evaluation.queries(among: nil, limit: 2) == evaluation.queries(among: nil, limit: 2))
    #expect(evaluation.queries(among: nil, limit: 2).count == 2)
    #expect(evaluation.queries(among: [], limit: 2).isEmpty)
    #expect(
      evaluation.queries(among: [ArtworkID(rawValue: "f"), ArtworkID(rawValue: "e")], limit: 2).isEmpty)
  }
}
