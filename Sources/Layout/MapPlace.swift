/// Where a point lies on a map: 0…65535 each, x to the right, y downwards as screens have it.
package struct MapPlace: Hashable, Sendable {
  package var x, y: UInt16

  package init(x: UInt16, y: UInt16) {
    self.x = x
    self.y = y
  }

  /// The middle of a map.
  package static let centre = MapPlace(x: 32_768, y: 32_768)

  /// ρ is the least distance that is not 0.
  private static let leastDistance: Float = 1e-6

  /// A place for a point that is newer than the map: the mean of its neighbours' places, each weighed by how much it belongs to the point's
  /// neighbourhood (`SmoothDistances`), as `umap.UMAP.transform` begins; a neighbour at no distance, a copy, is the nearest here.
  ///
  /// - Parameters:
  ///   - places: of the nearest neighbours that the map has.
  ///   - similarities: as many, `Σ wᵢ·cosᵢ`, in any order; one that is not finite does not count.
  ///   - whole: `Σ wᵢ`, above 0.
  /// - Returns: nil where no neighbour counts.
  package static func placed(among places: [MapPlace], similarities: [Float], whole: Float) -> MapPlace? {
    precondition(places.count == similarities.count && whole > 0)
    let near = zip(places, similarities).filter { $0.1.isFinite }.map {
      (place: $0.0, distance: max(leastDistance, 1 - $0.1 / whole))
    }.sorted { $0.distance < $1.distance }
    guard !near.isEmpty else { return nil }
    let distances = near.map(\.distance)
    let mean = distances.reduce(0.0) { $0 + Double($1) } / Double(distances.count + 1)
    let (rho, sigma) = SmoothDistances.fit(distances[...], mean: mean)
    var (x, y, total) = (0.0, 0.0, 0.0)
    for (place, distance) in near {
      let weight = Double(SmoothDistances.membership(distance, rho: rho, sigma: sigma))
      x += weight * Double(place.x)
      y += weight * Double(place.y)
      total += weight
    }
    // The nearest counts for 1, so the total is never 0; a mean of places is a place.
    return MapPlace(x: UInt16((x / total).rounded()), y: UInt16((y / total).rounded()))
  }
}
