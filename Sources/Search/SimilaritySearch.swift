import Catalog
import Kernels
package import Model
package import VectorIndex

/// Answers "which works look like this one?" from the signatures of a catalogue.
///
/// Holds the signatures as they were when it was made; immutable, so that any number of threads may ask at once.
package struct SimilaritySearch: Sendable {
  /// Why a query has no answer.
  package enum Fault: Error, Equatable {
    /// None of the blocks that count is known of the examples.
    case nothingToCompare
  }

  /// How strongly negative examples push away: their mean counts this much against the mean of the positive ones.
  package static let negativeShare: Float = 0.5

  /// How far two ways of summing one score may lie apart.
  private static let rounding: Float = 1e-5

  package let layout: SignatureLayout
  /// Makes scores readable; nil where there is none.
  package var calibration: Calibration?
  let index: IndexSnapshot
  /// Whose signature each key is. A key of the index that is not among them is gone.
  private let owners: SignatureOwners

  /// - Parameters:
  ///   - index: its schema has the layout's blocks.
  ///   - owners: of all keys that may be found.
  package init(_ index: IndexSnapshot, owners: SignatureOwners, calibration: Calibration? = nil) {
    layout = SignatureLayout(index.schema.blocks)
    self.index = index
    self.owners = owners
    self.calibration = calibration
  }

  /// Signatures that can be found, a work with three files three times.
  package var count: Int { index.count }
  /// The generation of the index; nil where all is searched exactly.
  package var generation: Int? { index.generation?.number }

  /// The keys of all signatures, in order, with their owners.
  func keys() -> [(key: Int64, owner: ArtworkID)] {
    var keys: [(key: Int64, owner: ArtworkID)] = []
    index.forEachKey { key in owners[key].map { keys.append((key, $0)) } }
    return keys.sorted { $0.key < $1.key }
  }

  /// Whose signature a key is; nil for a key that is gone.
  func owner(of key: Int64) -> ArtworkID? { owners[key] }

  /// A signature, its blocks one after another; nil where the key has none.
  package func signature(of key: Int64) -> [Float]? { index.vector(of: key) }

  /// The best works for a query, best first; each work once, by its best file. Equal scores go by id. With diversity, the
  /// first is the best, and each further one as good as it can be without being like those before it.
  ///
  /// - Throws: `Fault`, `VectorIndexError`.
  package func answer(_ query: Query) throws -> [Hit] { try find(query).hits }

  /// The same, and whether there is a good match among them: nil where that is not known.
  package func find(_ query: Query) throws -> (hits: [Hit], hasGoodMatch: Bool?) {
    let asked = try CombinedQuery(query, layout)
    // Whether a match is good doesn't depend on how many are asked for.
    var deep = query
    deep.count = calibration == nil ? query.count : max(query.count, Calibration.Scale.depth)
    let found = try candidates(deep, asked)
    guard let calibration, let judged = judged(found, asked, calibration) else {
      return (found.prefix(query.count).map(\.hit), nil)
    }
    return (Array(judged.hits.prefix(query.count)), judged.hasGoodMatch)
  }

  /// The nearest works, the nearest first, without what an answer says of them: to judge and to take apart scores costs more than to find.
  package func nearest(_ query: Query) throws -> [ArtworkID] {
    guard index.count > 0 else { return [] }
    let asked = try CombinedQuery(query, layout)
    let vector = layout.weighted(asked.blocks, asked.shares)
    // What a graph is asked for is what it costs: more only where works have several files.
    var wanted = min(query.count + 16, index.count)
    while true {
      var seen = query.excluded
      let found = try index.search(vector, count: wanted)
      let works = found.compactMap { entry in
        owners[entry.key].flatMap { seen.insert($0).inserted ? $0 : nil }
      }
      if works.count >= query.count || found.count < wanted || wanted == index.count {
        return Array(works.prefix(query.count))
      }
      wanted = min(2 * wanted, index.count)
    }
  }

  /// The signatures of the best works, without diversity.
  func signatures(for query: Query) throws -> [[Float]] {
    try candidates(query, CombinedQuery(query, layout)).map(\.signature)
  }

  /// Works in an order that somebody else has found, thinned out so that they are not all alike (by these weights).
  ///
  /// - Parameter ranked: with what each is worth, 0…1.
  package func diversified(
    _ ranked: [(id: ArtworkID, relevance: Float)], count: Int, diversity: Float, weights: BlockWeights
  ) -> [ArtworkID] {
    let roots = layout.descriptors.map { weights[$0.name].squareRoot() }
    let wanted = Set(ranked.map(\.id))
    let keys = keys().filter { wanted.contains($0.owner) }
    let firstKeys = Dictionary(keys.map { ($0.owner, $0.key) }) { first, _ in first }
    let vectors = ranked.map { work -> [Float] in
      guard let row = firstKeys[work.id].flatMap(signature) else {
        return [Float](repeating: 0, count: layout.dimension)
      }
      var vector = layout.weighted(layout.blocks(row), roots)
      var span = vector.mutableSpan
      normalise(&span)
      return vector
    }
    return MaximalMarginalRelevance.choose(
      count, relevances: ranked.map(\.relevance), vectors: vectors, diversity: diversity
    ).map { ranked[$0].id }
  }

  /// A hit, and what the index holds of it.
  private struct Candidate {
    let hit: Hit
    let signature: [Float]
  }

  /// Works among which varied ones are chosen.
  private static func poolSize(for count: Int) -> Int { min(5 * count + 20, 2000) }

  private func candidates(_ query: Query, _ asked: CombinedQuery) throws -> [Candidate] {
    guard query.diversity > 0 else { return try best(query.count, query, asked) }
    let pool = try best(max(query.count, Self.poolSize(for: query.count)), query, asked)
    let roots = asked.shares.map { $0.squareRoot() }
    return MaximalMarginalRelevance.choose(
      query.count, relevances: pool.map(\.hit.score),
      vectors: pool.map { layout.weighted(layout.blocks($0.signature), roots) }, diversity: query.diversity
    ).map { pool[$0] }
  }

  private func best(_ count: Int, _ query: Query, _ asked: CombinedQuery) throws -> [Candidate] {
    guard index.count > 0 else { return [] }
    let vector = layout.weighted(asked.blocks, asked.shares)
    let allowed = query.among.map { among in
      index.selection { key in owners[key].map { among.contains($0) && !query.excluded.contains($0) } ?? false
      }
    }
    // One work may have many files, one artist many works: look further until enough works have been seen, and none that
    // has not been seen can be as good as the last of them.
    var wanted = min(2 * count, index.count) + query.excluded.count + 16
    while true {
      let found = try index.search(vector, count: wanted, among: allowed)
      let all = collapsed(found, vector, without: query.excluded)
      let best = Array((query.quota?.admitted(all) { $0.hit.artworkID } ?? all).prefix(count))
      guard found.count == wanted, let cut = found.last?.score else { return best }
      if best.count == count, let last = best.last, last.hit.score > cut + Self.rounding { return best }
      wanted *= 4
    }
  }

  /// Each work once, by its best file, with the score taken exactly from its parts.
  private func collapsed(_ found: [IndexHit], _ query: [Float], without excluded: Set<ArtworkID>)
    -> [Candidate]
  {
    var seen = excluded
    var candidates: [Candidate] = []
    for entry in found {
      guard let owner = owners[entry.key], seen.insert(owner).inserted, let row = index.vector(of: entry.key)
      else {
        continue
      }
      let parts = layout.contributions(query, row)
      let hit = Hit(
        artworkID: owner, fileID: entry.key > 0 ? entry.key : nil, score: parts.reduce(0, +),
        contributions: zip(layout.descriptors, parts).reduce(into: [:]) { $0[$1.0.name] = $1.1 })
      candidates.append(Candidate(hit: hit, signature: row))
    }
    return candidates.sorted { ($0.hit.score, $1.hit.artworkID) > ($1.hit.score, $0.hit.artworkID) }
  }

  /// nil where the calibration does not know a block that counts.
  private func judged(
    _ found: [Candidate], _ asked: CombinedQuery, _ calibration: Calibration
  ) -> (hits: [Hit], hasGoodMatch: Bool?)? {
    let places = calibration.descriptors.map { layout.descriptors.firstIndex(of: $0) }
    let known = Set(places.compactMap { $0 })
    guard asked.shares.indices.allSatisfy({ asked.shares[$0] == 0 || known.contains($0) }) else { return nil }
    let target = SignatureLayout(calibration.descriptors)
    func moved(_ blocks: [[Float]?]) -> [Float] {
      target.concatenation(places.map { $0.flatMap { blocks[$0] } })
    }
    let judged = calibration.scale(places.map { $0.map { asked.shares[$0] } ?? 0 }).judge(
      query: moved(asked.blocks), found: found.flatMap { moved(layout.blocks($0.signature)) })
    return (zip(found, judged.percentiles).map { $0.hit.with(percentile: $1) }, judged.hasGoodMatch)
  }
}
