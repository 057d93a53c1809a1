import Model

extension Calibration {
  /// In fewer there is no chance to speak of.
  private static let leastWorks = 20
  /// Signatures that mean and covariance are taken of.
  private static let populationSize = 4000
  /// Works that pairs are made of, and pairs.
  private static let workCount = 1500
  private static let pairCount = 20_000
  /// Works whose best matches are kept: by all blocks together, and by each.
  private static let nearestCount = 200

  /// Takes samples of what a search holds, alike in every run.
  ///
  /// - Parameter weights: those that queries mostly have.
  /// - Returns: nil for a collection too small to speak of chance.
  package init?(of search: SimilaritySearch, weights: BlockWeights) throws {
    var numbers = LinearGenerator(seed: 1897)
    let keys = search.keys()
    guard Set(keys.map(\.owner)).count >= Self.leastWorks else { return nil }
    let layout = search.layout
    let order = keys.shuffled(using: &numbers).prefix(Self.populationSize).compactMap { entry in
      search.signature(of: entry.key).map { (owner: entry.owner, row: $0) }
    }
    let sample = Array(order.prefix(Self.workCount))
    let population = Population(layout, rows: order.flatMap(\.row))
    let bounds = population.bounds
    let pairs = (0..<Self.pairCount).compactMap { _ -> Pair? in
      let (a, b) = (
        Int.random(in: sample.indices, using: &numbers), Int.random(in: sample.indices, using: &numbers)
      )
      guard sample[a].owner != sample[b].owner else { return nil }
      return Pair(a: a, b: b, cosines: Scale.cosines(sample[a].row[...], sample[b].row[...], bounds))
    }
    let nearest = try sample.prefix(Self.nearestCount).map { owner, row in
      let found = try Self.mostLike(row, owner, search, weights)
      return zip(found, population.moments(found.flatMap { $0 })).map {
        Neighbour(cosines: Scale.cosines(row[...], $0[...], bounds), moments: $1)
      }
    }
    self.init(
      descriptors: layout.descriptors, population: population,
      works: population.moments(sample.flatMap(\.row)),
      pairs: pairs, nearest: nearest.filter { !$0.isEmpty })
  }

  private static func mostLike(
    _ row: [Float], _ owner: ArtworkID, _ search: SimilaritySearch, _ weights: BlockWeights
  ) throws -> [[Float]] {
    let example = Example(
      vectors: search.layout.blocks(row).map { block in block.flatMap { $0.contains { $0 != 0 } ? $0 : nil } }
    )
    let asked = [weights] + search.layout.descriptors.map { BlockWeights.only($0.name) }
    var found: [[Float]] = []
    for weights in asked {
      let query = Query(positives: [example], weights: weights, count: Scale.depth, excluded: [owner])
      do {
        // The same work may be near by several blocks.
        for row in try search.signatures(for: query) where !found.contains(row) { found.append(row) }
      } catch SimilaritySearch.Fault.nothingToCompare {
        continue
      }
    }
    return found
  }
}
