import Glibc

/// Where a point lies on a map: 0…65535 each, x to the right, y downwards as screens have it.
package struct MapPlace: Hashable, Sendable {
  package var x, y: UInt16

  package init(x: UInt16, y: UInt16) {
    self.x = x
    self.y = y
  }

  /// The middle of a map.
  package static let centre = MapPlace(x: 32_768, y: 32_768)

  /// How near neighbours on the map are to one another that count as one group: the deviation of a bell curve.
  private static let reach = 800.0
  /// From this share of what a work has with itself, a neighbour is a copy: a new point lies by its copies, wherever the others are.
  private static let copy: Float = 0.98

  /// A place for a point that is newer than the map: the mean, by similarity, of those neighbours that lie together.
  ///
  /// Neighbours often lie in several parts of a map, and the mean of all is in none of them. So the place is where a density estimate of
  /// the neighbours, weighed by similarity, is highest: about the neighbour that has most others by it, one step of mean shift
  /// (Comaniciu and Meer 2002, doi:10.1109/34.1000236) from there. docs/map.md says how the two compare.
  ///
  /// - Parameters:
  ///   - places: of the nearest neighbours that the map has.
  ///   - similarities: as many, `Σ wᵢ·cosᵢ`, in any order; one that is not finite does not count.
  ///   - whole: `Σ wᵢ`, above 0.
  /// - Returns: nil where no neighbour counts.
  package static func placed(among places: [MapPlace], similarities: [Float], whole: Float) -> MapPlace? {
    precondition(places.count == similarities.count && whole > 0)
    // Where densities are equal the first counts, so the order is made the same whatever was given.
    var near = zip(places, similarities).filter { $0.1.isFinite }.sorted {
      ($1.1, $0.0.x, $0.0.y) < ($0.1, $1.0.x, $1.0.y)
    }
    if near.contains(where: { $0.1 >= copy * whole }) { near = near.filter { $0.1 >= copy * whole } }
    // What is unlike in everything still counts, if there is nothing else.
    let least = 1e-6 * whole
    let weights = near.map { Double(max(least, $0.1)) }
    var best: (density: Double, shares: [Double])?
    for (middle, _) in near {
      let shares = zip(near, weights).map { $1 * exp(-middle.square(to: $0.0) / (2 * reach * reach)) }
      let density = shares.reduce(0, +)
      if density > best?.density ?? 0 { best = (density, shares) }
    }
    guard let best else { return nil }
    let x = zip(near, best.shares).reduce(0) { $0 + Double($1.0.0.x) * $1.1 } / best.density
    let y = zip(near, best.shares).reduce(0) { $0 + Double($1.0.0.y) * $1.1 } / best.density
    // A mean of places is a place.
    return MapPlace(x: UInt16(x.rounded()), y: UInt16(y.rounded()))
  }

  private func square(to other: MapPlace) -> Double {
    let (dx, dy) = (Double(x) - Double(other.x), Double(y) - Double(other.y))
    return dx * dx + dy * dy
  }
}
