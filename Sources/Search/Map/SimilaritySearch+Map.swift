import Kernels
package import Layout
package import Model
import VectorIndex

/// The map of what a search holds: works that look alike at the given weights lie near one another.
extension SimilaritySearch {
  /// UMAP's number of neighbours.
  private static let neighbours = 15
  /// Works by which it is measured how far the map can be trusted: they leave an error of about 0.002.
  private static let sample = 1000

  /// Lays all works out, each by its first signature.
  ///
  /// - Parameters:
  ///   - earlier: a map whose places are begun from, so that works stay about where they were.
  ///   - isStopped: asked all the while.
  ///   - progress: told the share that is done, 0…1.
  /// - Throws: `CollectionMapError.stopped`, `VectorIndexError`.
  package func map(
    weights: BlockWeights, threads: Int, earlier: WorkMap? = nil, isStopped: () -> Bool = { false },
    progress: (Double) -> Void = { _ in }
  ) throws -> WorkMap {
    let works = mappedWorks()
    let shares = layout.descriptors.map { weights[$0.name] }
    let whole = shares.reduce(0, +)
    let places = Dictionary(works.enumerated().map { ($0.element.key, Int32($0.offset)) }) { first, _ in first
    }
    let width = Self.neighbours
    var neighbours = [Int32](repeating: -1, count: works.count * width)
    var similarities = [Float](repeating: 0, count: works.count * width)
    for (point, work) in works.enumerated() {
      if point.isMultiple(of: 64) {
        if isStopped() { throw CollectionMapError.stopped }
        progress(0.5 * Double(point) / Double(works.count))
      }
      // Further files of a work are passed over: some more are asked for.
      let found = try index.search(query(work.key, shares), count: 2 * width)
      var count = 0
      for hit in found where count < width {
        guard let other = places[hit.key], other != Int32(point) else { continue }
        neighbours[point * width + count] = other
        similarities[point * width + count] = hit.score
        count += 1
      }
    }
    var settings = CollectionMap.Settings()
    settings.threads = threads
    let before = earlier.map { map in
      Dictionary(zip(map.ids, map.places)) { first, _ in first }
    }
    let start: CollectionMap.Start =
      before.map { known in .places(works.map { known[$0.owner] }) } ?? .spectral
    let made = try CollectionMap.layout(
      neighbours: NeighbourGraph(
        neighbours: neighbours, similarities: similarities, whole: max(whole, .leastNormalMagnitude),
        width: width),
      settings: settings, start: start, isStopped: isStopped, progress: { progress(0.5 + 0.5 * $0) })
    return WorkMap(
      generation: generation ?? 0, trustworthiness: try trustworthiness(of: made, works, shares),
      ids: works.map(\.owner), places: made)
  }

  /// A map with the works that are newer, each near those that it looks like.
  ///
  /// - Parameter most: so many at once: to find neighbours takes time.
  package func map(_ map: WorkMap, withNewer most: Int, weights: BlockWeights) throws -> WorkMap {
    let known = Dictionary(zip(map.ids, map.places)) { first, _ in first }
    let shares = layout.descriptors.map { weights[$0.name] }
    let whole = shares.reduce(0, +)
    var grown = map
    for work in mappedWorks().filter({ known[$0.owner] == nil }).prefix(most) {
      let near = try index.search(query(work.key, shares), count: 2 * Self.neighbours).compactMap { hit in
        owner(of: hit.key).flatMap { known[$0] }.map { (place: $0, similarity: hit.score) }
      }.prefix(Self.neighbours)
      let place = MapPlace.placed(
        among: near.map(\.place), similarities: near.map(\.similarity),
        whole: max(whole, .leastNormalMagnitude))
      grown.append(work.owner, place ?? .centre)
    }
    return grown
  }

  /// Each work once, by its first signature.
  private func mappedWorks() -> [(key: Int64, owner: ArtworkID)] {
    var seen: Set<ArtworkID> = []
    // Works that have a picture go by it.
    return keys().filter { $0.key > 0 && seen.insert($0.owner).inserted }
  }

  private func query(_ key: Int64, _ shares: [Float]) -> [Float] {
    let stored = signature(of: key) ?? [Float](repeating: 0, count: layout.dimension)
    return layout.weighted(layout.blocks(stored), shares)
  }

  private func trustworthiness(
    of places: [MapPlace], _ works: [(key: Int64, owner: ArtworkID)], _ shares: [Float]
  ) throws -> Double {
    let rows = Trustworthiness.sample(Self.sample, of: works.count)
    let vectors = works.map { signature(of: $0.key) ?? [] }
    return Trustworthiness.measure(places, rows: rows) { row, similarities in
      let asked = query(works[row].key, shares)
      for (point, vector) in vectors.enumerated() {
        similarities[point] = vector.isEmpty ? -.infinity : dot(asked.span, vector.span)
      }
    }
  }
}
