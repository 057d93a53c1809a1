package import Catalog
import Kernels
package import Model
import VectorIndex

/// Answers "which works look like this one?" from the signatures of a catalogue, exactly.
///
/// Holds the signatures as they were when it was made; immutable, so that any number of threads may ask at once.
package struct SimilaritySearch: Sendable {
  /// Why a query has no answer.
  package enum Fault: Error, Equatable {
    /// None of the blocks that count is known of the examples.
    case nothingToCompare
  }

  /// How strongly negative examples push away, after Rocchio's relevance feedback (Rocchio 1971): their mean
  /// counts this much against the mean of the positive ones.
  package static let negativeShare: Float = 0.5

  /// How far two ways of summing one score may lie apart.
  private static let rounding: Float = 1e-5

  package let layout: SignatureLayout
  /// Makes scores readable; nil where there is none.
  package var calibration: Calibration?
  private let index: FlatIndex
  /// Row by row of the index: whose file it is.
  private let artworkIDs: [ArtworkID]
  private let fileIDs: [Int64?]

  /// Reads all signatures of works that are not removed. Works without any block are left out.
  package init(_ catalog: Catalog, _ descriptors: [BlockDescriptor]) throws {
    let reader = SignatureReader(catalog, descriptors)
    var rows: [Float] = []
    var artworkIDs: [ArtworkID] = []
    var fileIDs: [Int64?] = []
    try reader.forEach { signature in
      rows += reader.layout.concatenation(signature.vectors)
      artworkIDs.append(signature.artworkID)
      fileIDs.append(signature.fileID)
    }
    layout = reader.layout
    self.artworkIDs = artworkIDs
    self.fileIDs = fileIDs
    index = try FlatIndex(dimension: layout.dimension, rows: rows)
  }

  /// Works and files that can be found, a work with three files three times.
  package var count: Int { fileIDs.count }
  /// Works that can be found.
  var workCount: Int { Set(artworkIDs).count }

  /// Whose signature the `row`th is.
  func artworkID(at row: Int) -> ArtworkID { artworkIDs[row] }

  /// The `row`th signature, its blocks one after another.
  func signature(at row: Int) throws -> [Float] { try index.vector(at: row) }

  /// The best works for a query, best first; each work once, by its best file. Equal scores go by id. With diversity, the
  /// first is the best, and each further one as good as it can be without being like those before it.
  ///
  /// - Throws: `Fault`, `VectorIndexError`.
  package func answer(_ query: Query) throws -> [Hit] {
    let (asked, found) = try candidates(query)
    guard let calibration, let judged = try judged(found, asked, calibration) else { return found.map(\.hit) }
    return judged
  }

  /// The rows of the best works, without diversity.
  func rows(for query: Query) throws -> [Int] { try candidates(query).found.map(\.row) }

  /// What a query comes to: unit blocks, and what each counts.
  private struct Asked {
    let blocks: [[Float]?]
    /// They sum to 1.
    let shares: [Float]
  }

  private func candidates(_ query: Query) throws -> (asked: Asked, found: [Candidate]) {
    let blocks = combined(query)
    var weights = zip(layout.descriptors, blocks).map { $1 == nil ? 0 : query.weights[$0.name] }
    guard let largest = weights.max(), largest > 0 else { throw Fault.nothingToCompare }
    // Any finite weights have a finite sum that way.
    weights = weights.map { $0 / largest }
    let total = weights.reduce(0, +)
    let asked = Asked(blocks: blocks, shares: weights.map { $0 / total })
    let vector = layout.weighted(blocks, asked.shares)
    guard query.diversity > 0 else { return (asked, try best(query.count, vector, query)) }
    let pool = try best(max(query.count, Self.poolSize(for: query.count)), vector, query)
    return (asked, try diverse(pool, query, asked.shares))
  }

  /// nil where the calibration does not know a block that counts.
  private func judged(_ found: [Candidate], _ asked: Asked, _ calibration: Calibration) throws -> [Hit]? {
    let places = calibration.descriptors.map { layout.descriptors.firstIndex(of: $0) }
    let known = Set(places.compactMap { $0 })
    guard asked.shares.indices.allSatisfy({ asked.shares[$0] == 0 || known.contains($0) }) else { return nil }
    let target = SignatureLayout(calibration.descriptors)
    func moved(_ blocks: [[Float]?]) -> [Float] {
      target.concatenation(places.map { $0.flatMap { blocks[$0] } })
    }
    let judgements = calibration.scale(places.map { $0.map { asked.shares[$0] } ?? 0 }).judge(
      query: moved(asked.blocks),
      found: try found.flatMap { moved(layout.blocks(try index.vector(at: $0.row))) })
    return zip(found, judgements).map { $0.hit.judged($1) }
  }

  /// A hit, and which row of the index it is.
  private struct Candidate {
    let hit: Hit
    let row: Int
  }

  /// Works among which varied ones are chosen.
  private static func poolSize(for count: Int) -> Int { min(5 * count + 20, 2000) }

  private func best(_ count: Int, _ vector: [Float], _ query: Query) throws -> [Candidate] {
    let allowed = allowedRows(query)
    // One work may have many files, one artist many works: look further until enough works have been seen, and none that
    // has not been seen can be as good as the last of them.
    var candidates = 2 * count + 16
    while true {
      let neighbours =
        try index.search(vector, k: min(candidates, max(1, index.count)), among: allowed).first ?? []
      let all = try collapsed(neighbours, vector)
      let best = Array((query.quota?.admitted(all) { $0.hit.artworkID } ?? all).prefix(count))
      guard neighbours.count == candidates, let cut = neighbours.last?.score else { return best }
      if best.count == count, let last = best.last, last.hit.score > cut + Self.rounding { return best }
      candidates *= 4
    }
  }

  private func diverse(_ pool: [Candidate], _ query: Query, _ shares: [Float]) throws -> [Candidate] {
    let roots = shares.map { $0.squareRoot() }
    let vectors = try pool.map { layout.weighted(layout.blocks(try index.vector(at: $0.row)), roots) }
    return MaximalMarginalRelevance.choose(
      query.count, relevances: pool.map(\.hit.score), vectors: vectors, diversity: query.diversity
    ).map { pool[$0] }
  }

  /// Works in an order that somebody else has found, thinned out so that they are not all alike (by these weights).
  ///
  /// - Parameter ranked: with what each is worth, 0…1.
  package func diversified(
    _ ranked: [(id: ArtworkID, relevance: Float)], count: Int, diversity: Float, weights: BlockWeights
  ) throws -> [ArtworkID] {
    let roots = layout.descriptors.map { weights[$0.name].squareRoot() }
    let rows = Dictionary(zip(artworkIDs, artworkIDs.indices)) { first, _ in first }
    let vectors = try ranked.map { work -> [Float] in
      guard let row = rows[work.id] else { return [Float](repeating: 0, count: layout.dimension) }
      var vector = layout.weighted(layout.blocks(try index.vector(at: row)), roots)
      var span = vector.mutableSpan
      normalise(&span)
      return vector
    }
    return MaximalMarginalRelevance.choose(
      count, relevances: ranked.map(\.relevance), vectors: vectors, diversity: diversity
    ).map { ranked[$0].id }
  }

  /// Block by block: the mean of the positive examples less a share of the mean of the negative ones, unit length.
  private func combined(_ query: Query) -> [[Float]?] {
    layout.descriptors.indices.map { block in
      let descriptor = layout.descriptors[block]
      if var vector = query.given[descriptor.name] {
        precondition(vector.count == descriptor.dimension, "a vector of its block's dimension")
        var span = vector.mutableSpan
        return normalise(&span) > 0 ? vector : nil
      }
      guard var direction = mean(of: query.positives, block) else { return nil }
      if let away = mean(of: query.negatives, block) {
        for index in direction.indices { direction[index] -= Self.negativeShare * away[index] }
      }
      var span = direction.mutableSpan
      // What cancels out has no direction, and is as good as missing.
      return normalise(&span) > 0 ? direction : nil
    }
  }

  /// Over the examples that have the block; nil where none has. All zeros is how a missing block is stored.
  private func mean(of examples: [Example], _ block: Int) -> [Float]? {
    let vectors = examples.compactMap { example -> [Float]? in
      precondition(
        example.vectors.count == layout.descriptors.count, "one vector for each block of the layout")
      guard let vector = example.vectors[block], vector.contains(where: { $0 != 0 }) else { return nil }
      precondition(vector.count == layout.descriptors[block].dimension, "a vector of its block's dimension")
      return vector
    }
    return Example.mean(vectors)
  }

  private func allowedRows(_ query: Query) -> RowSet? {
    guard query.among != nil || !query.excluded.isEmpty else { return nil }
    return RowSet(capacity: index.count) { row in
      let id = artworkIDs[row]
      return !query.excluded.contains(id) && query.among?.contains(id) ?? true
    }
  }

  /// Each work once, by its best file, with the score taken exactly from its parts.
  private func collapsed(_ neighbours: [Neighbour], _ query: [Float]) throws -> [Candidate] {
    var seen: Set<ArtworkID> = []
    var candidates: [Candidate] = []
    for neighbour in neighbours where seen.insert(artworkIDs[neighbour.row]).inserted {
      let parts = layout.contributions(query, try index.vector(at: neighbour.row))
      let hit = Hit(
        artworkID: artworkIDs[neighbour.row], fileID: fileIDs[neighbour.row], score: parts.reduce(0, +),
        contributions: zip(layout.descriptors, parts).reduce(into: [:]) { $0[$1.0.name] = $1.1 })
      candidates.append(Candidate(hit: hit, row: neighbour.row))
    }
    return candidates.sorted { ($0.hit.score, $1.hit.artworkID) > ($1.hit.score, $0.hit.artworkID) }
  }
}
