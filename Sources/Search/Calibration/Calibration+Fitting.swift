import Model

extension Calibration {
  /// Signatures that mean and covariance are taken of.
  private static let populationSize = 4000
  /// Works that pairs are made of, and pairs.
  private static let workCount = 1500
  private static let pairCount = 20_000
  /// Works whose best matches are kept, and how many of each: by all blocks together, and one by each.
  private static let nearestCount = 400
  private static let neighboursByAll = 3

  /// Takes samples of what a search holds, alike in every run.
  ///
  /// - Parameter weights: those that queries mostly have.
  /// - Returns: nil for a collection too small to speak of chance: under 20 works.
  package init?(of search: SimilaritySearch, weights: BlockWeights) throws {
    guard search.workCount >= 20 else { return nil }
    var numbers = FixedNumbers()
    let order = (0..<search.count).shuffled(using: &numbers)
    let layout = search.layout
    descriptors = layout.descriptors
    population = try Population(
      layout, rows: order.prefix(Self.populationSize).flatMap { try search.signature(at: $0) })
    let sample = Array(order.prefix(Self.workCount))
    let rows = try sample.map { try search.signature(at: $0) }
    works = population.moments(rows.flatMap { $0 })
    let bounds = population.bounds
    var pairs: [Pair] = []
    for _ in 0..<Self.pairCount {
      let (a, b) = (
        Int.random(in: sample.indices, using: &numbers), Int.random(in: sample.indices, using: &numbers)
      )
      guard search.artworkID(at: sample[a]) != search.artworkID(at: sample[b]) else { continue }
      pairs.append(Pair(a: a, b: b, cosines: Scale.cosines(rows[a][...], rows[b][...], bounds)))
    }
    self.pairs = pairs
    var nearest: [[Neighbour]] = []
    for place in sample.indices.prefix(Self.nearestCount) {
      let found = try Self.mostLike(rows[place], search.artworkID(at: sample[place]), search, weights)
      let moments = population.moments(found.flatMap { $0 })
      nearest.append(
        zip(found, moments).map {
          Neighbour(work: place, cosines: Scale.cosines(rows[place][...], $0[...], bounds), moments: $1)
        })
    }
    self.nearest = nearest.filter { !$0.isEmpty }
  }

  private static func mostLike(
    _ row: [Float], _ owner: ArtworkID, _ search: SimilaritySearch, _ weights: BlockWeights
  ) throws -> [[Float]] {
    let example = Example(
      vectors: search.layout.blocks(row).map { block in block.flatMap { $0.contains { $0 != 0 } ? $0 : nil } }
    )
    let asked =
      [(weights, neighboursByAll)] + search.layout.descriptors.map { (BlockWeights.only($0.name), 1) }
    return try asked.flatMap { weights, count -> [[Float]] in
      do {
        return try search.rows(
          for: Query(positives: [example], weights: weights, count: count, excluded: [owner])
        ).map { try search.signature(at: $0) }
      } catch SimilaritySearch.Fault.nothingToCompare {
        return []
      }
    }
  }
}

/// The same "random" numbers in every run (Knuth's MMIX).
private struct FixedNumbers: RandomNumberGenerator {
  private var state: UInt64 = 1897

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // The low bits of such a generator are poor.
    return state ^ state >> 32
  }
}
