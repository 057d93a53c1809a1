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
  private let index: FlatIndex
  /// Row by row of the index: whose file it is.
  private let artworkIDs: [ArtworkID]
  private let fileIDs: [Int64]

  /// Reads all signatures of works that are not removed. Files without any block are left out.
  package init(_ catalog: Catalog, _ descriptors: [BlockDescriptor]) throws {
    let layout = SignatureLayout(descriptors)
    var rows: [Float] = []
    var artworkIDs: [ArtworkID] = []
    var fileIDs: [Int64] = []
    try catalog.forEachSignature(of: descriptors) { signature in
      guard signature.vectors.contains(where: { $0 != nil }) else { return }
      rows += layout.concatenation(signature.vectors)
      artworkIDs.append(signature.artworkID)
      fileIDs.append(signature.fileID)
    }
    self.layout = layout
    self.artworkIDs = artworkIDs
    self.fileIDs = fileIDs
    index = try FlatIndex(dimension: layout.dimension, rows: rows)
  }

  /// Files that can be found.
  package var fileCount: Int { fileIDs.count }

  /// The best works for a query, best first; each work once, by its best file. Equal scores go by id. With diversity, the
  /// first is the best, and each further one as good as it can be without being like those before it.
  ///
  /// - Throws: `Fault`, `VectorIndexError`.
  package func answer(_ query: Query) throws -> [Hit] {
    let blocks = combined(query)
    var weights = zip(layout.descriptors, blocks).map { $1 == nil ? 0 : query.weights[$0.name] }
    guard let largest = weights.max(), largest > 0 else { throw Fault.nothingToCompare }
    // Any finite weights have a finite sum that way.
    weights = weights.map { $0 / largest }
    let total = weights.reduce(0, +)
    let shares = weights.map { $0 / total }
    let vector = layout.weighted(blocks, shares)
    guard query.diversity > 0 else { return try best(query.count, vector, query).map(\.hit) }
    let pool = try best(max(query.count, Self.poolSize(for: query.count)), vector, query)
    return try diverse(pool, query, shares)
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

  /// One after another the work with the best score less its likeness to those chosen already (maximal marginal relevance:
  /// Carbonell & Goldstein 1998, doi:10.1145/290941.291025), likeness by the same weights.
  private func diverse(_ pool: [Candidate], _ query: Query, _ shares: [Float]) throws -> [Hit] {
    let roots = shares.map { $0.squareRoot() }
    let vectors = try pool.map { layout.weighted(layout.blocks(try index.vector(at: $0.row)), roots) }
    var nearest = [Float](repeating: 0, count: pool.count)
    var left = Array(pool.indices)
    var chosen: [Int] = []
    func worth(_ i: Int) -> Float {
      (1 - query.diversity) * pool[i].hit.score - query.diversity * (chosen.isEmpty ? 0 : nearest[i])
    }
    while chosen.count < query.count, let next = left.max(by: { (worth($0), $1) < (worth($1), $0) }) {
      left.removeAll { $0 == next }
      for i in left {
        let (a, b) = (vectors[i], vectors[next])
        let likeness = dot(a.span, b.span)
        nearest[i] = chosen.isEmpty ? likeness : max(nearest[i], likeness)
      }
      chosen.append(next)
    }
    return chosen.map { pool[$0].hit }
  }

  /// Block by block: the mean of the positive examples less a share of the mean of the negative ones, unit length.
  private func combined(_ query: Query) -> [[Float]?] {
    layout.descriptors.indices.map { block in
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
