import Catalog
import Model
import Search
import Testing
import TestSupport

/// Against a plain model in double precision, on random works with random blocks missing.
@Suite struct SearchPropertyTests {
  private typealias File = SearchFixture.File

  private static func unit(_ dimension: Int, _ random: inout SeededGenerator) -> [Float] {
    let raw = (0..<dimension).map { _ in Double.random(in: -1...1, using: &random) }
    let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return raw.map { Float($0 / norm) }
  }

  private static func blocks(_ random: inout SeededGenerator) -> [[Float]?] {
    SearchFixture.both.map {
      Double.random(in: 0...1, using: &random) < 0.2 ? nil : unit($0.dimension, &random)
    }
  }

  private static func mean(_ examples: [[[Float]?]], _ block: Int) -> [Double]? {
    let vectors = examples.compactMap { $0[block] }
    guard let first = vectors.first else { return nil }
    return first.indices.map { index in
      vectors.reduce(0) { $0 + Double($1[index]) } / Double(vectors.count)
    }
  }

  /// Every work with its best score, best first.
  private static func model(
    _ files: [File], _ positives: [[[Float]?]], _ negatives: [[[Float]?]], _ weights: [Double],
    _ allows: (String) -> Bool
  ) -> [(id: String, score: Double)]? {
    let query = SearchFixture.both.indices.map { block -> [Double]? in
      guard var direction = mean(positives, block) else { return nil }
      if let away = mean(negatives, block) { direction = zip(direction, away).map { $0 - 0.5 * $1 } }
      let norm = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return direction.map { $0 / norm }
    }
    let total = zip(query, weights).reduce(0) { $0 + ($1.0 == nil ? 0 : $1.1) }
    guard total > 0 else { return nil }
    var best: [String: Double] = [:]
    for file in files where allows(file.work) && file.vectors.contains(where: { $0 != nil }) {
      var score = 0.0
      for (block, weight) in weights.enumerated() {
        guard let q = query[block], let v = file.vectors[block] else { continue }
        score += weight / total * zip(q, v).reduce(0) { $0 + $1.0 * Double($1.1) }
      }
      best[file.work] = max(best[file.work] ?? -.infinity, score)
    }
    return best.map { ($0.key, $0.value) }.sorted { ($0.score, $1.id) > ($1.score, $0.id) }
  }

  @Test(arguments: 1...6)
  func agreesWithTheModel(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let works = Int.random(in: 1...60, using: &random)
    let files = (0..<Int.random(in: 1...150, using: &random)).map { _ in
      var file = File("w\(Int.random(in: 0..<works, using: &random))", nil)
      file.vectors = Self.blocks(&random)
      return file
    }
    let fixture = try SearchFixture()
    try fixture.add(files)
    let search = try fixture.search()
    for _ in 0..<25 {
      let positives = (0..<Int.random(in: 1...3, using: &random)).map { _ in Self.blocks(&random) }
      let negatives = (0..<Int.random(in: 0...2, using: &random)).map { _ in Self.blocks(&random) }
      let weights = [Double.random(in: 0...3, using: &random), Double.random(in: 0.1...3, using: &random)]
      let excluded: Set = ["w\(Int.random(in: 0..<works, using: &random))"]
      let among: Set<String>? =
        Bool.random(using: &random)
        ? nil : Set((0..<works).filter { _ in Bool.random(using: &random) }.map { "w\($0)" })
      let count = Int.random(in: 1...40, using: &random)
      let query = SearchFixture.query(
        positives, not: negatives, try SearchFixture.weights(Float(weights[0]), Float(weights[1])),
        count: count,
        among: among, excluded: excluded)
      guard
        let expected = Self.model(
          files, positives, negatives, weights,
          {
            !excluded.contains($0) && among?.contains($0) ?? true
          })
      else {
        #expect(throws: SimilaritySearch.Fault.nothingToCompare) { try search.answer(query) }
        continue
      }
      let hits = try search.answer(query)
      #expect(hits.count == min(count, expected.count))
      #expect(Set(hits.ids).count == hits.count)
      let scores = Dictionary(uniqueKeysWithValues: expected.map { ($0.id, $0.score) })
      for (hit, place) in zip(hits, expected) {
        // By score, because two works may be closer than a Float can tell.
        #expect(abs(Double(hit.score) - place.score) < 1e-5)
        #expect(abs(Double(hit.score) - (scores[hit.artworkID.rawValue] ?? .infinity)) < 1e-5)
        #expect(isClose(hit.contributions.values.reduce(0, +), hit.score, 1e-5))
      }
    }
  }
}
