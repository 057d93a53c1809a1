internal import Kernels
import Glibc

/// Where the descent begins: n × 2 numbers, no two points in the same place.
struct InitialPlaces {
  /// How far from the middle the largest piece of the graph reaches, in units of the layout: UMAP's 10, and more where that many points
  /// would begin too densely to come apart (docs/map.md).
  private static func reach(_ pointCount: Int) -> Float {
    10 * max(1, Float(pointCount) / 10_000).squareRoot()
  }
  /// The smallest radius of a piece.
  private static let leastRadius: Float = 0.2
  /// Standard deviation of a piece along either axis, as a share of its radius; what lies further out than the radius is drawn in.
  private static let deviation: Float = 0.3
  private static let noise: Float = 1e-3

  private(set) var coordinates: [Float]

  /// Each piece by its spectral places; the largest in the middle, the others about it on a sunflower's spiral, each with the room that
  /// its points deserve (Vogel 1979, doi:10.1016/0025-5564(79)90080-4).
  init(
    spectral graph: WeightedGraph, seed: UInt64, threads: Int, isStopped: () -> Bool
  ) throws(CollectionMapError) {
    coordinates = [Float](repeating: 0, count: 2 * graph.pointCount)
    let pieces = graph.components()
    guard let largest = pieces.first else { return }
    var scratch = [Int32](repeating: 0, count: graph.pointCount)
    let reach = Self.reach(graph.pointCount)
    var area: Float = 0
    for (number, points) in pieces.enumerated() {
      if isStopped() { throw .stopped }
      let radius = max(
        Self.leastRadius, reach * (Float(points.count) / Float(largest.count)).squareRoot())
      let distance = number == 0 ? 0 : (1.8 * area).squareRoot() + radius
      let angle = Float(number) * 2.3999632
      area += radius * radius
      let whole = pieces.count == 1 ? graph : graph.piece(points, places: &scratch)
      let own = try SpectralPlaces(whole, seed: seed, threads: threads, isStopped: isStopped).places
      let fitted = Self.fitted(own, radius: radius)
      for (place, point) in points.enumerated() {
        coordinates[2 * Int(point)] = distance * cosf(angle) + fitted[2 * place]
        coordinates[2 * Int(point) + 1] = distance * sinf(angle) + fitted[2 * place + 1]
      }
    }
    addNoise(seed)
  }

  /// What an earlier map, or another method, says; a point of which it says nothing begins in the middle of its neighbours.
  ///
  /// - Parameter places: one a point.
  init(_ places: [MapPlace?], graph: WeightedGraph, seed: UInt64) {
    coordinates = [Float](repeating: 0, count: 2 * graph.pointCount)
    var isKnown = places.map { $0 != nil }
    let reach = Self.reach(graph.pointCount)
    for (point, place) in places.enumerated() {
      guard let place else { continue }
      coordinates[2 * point] = (Float(place.x) / 65_535 - 0.5) * 2 * reach
      coordinates[2 * point + 1] = (Float(place.y) / 65_535 - 0.5) * 2 * reach
    }
    // Points that know nobody who is known wait for the next turn.
    for _ in 0..<4 {
      var found: [Int] = []
      for point in 0..<graph.pointCount where !isKnown[point] {
        var (x, y, total) = (Float(0), Float(0), Float(0))
        for edge in Int(graph.offsets[point])..<Int(graph.offsets[point + 1]) {
          let (target, weight) = (Int(graph.targets[edge]), graph.weights[edge])
          guard isKnown[target] else { continue }
          x += weight * coordinates[2 * target]
          y += weight * coordinates[2 * target + 1]
          total += weight
        }
        guard total > 0 else { continue }
        coordinates[2 * point] = x / total
        coordinates[2 * point + 1] = y / total
        found.append(point)
      }
      if found.isEmpty { break }
      for point in found { isKnown[point] = true }
    }
    var numbers = SplitMix(state: ~seed)
    for point in 0..<graph.pointCount where !isKnown[point] {
      coordinates[2 * point] = reach * numbers.signed()
      coordinates[2 * point + 1] = reach * numbers.signed()
    }
    addNoise(seed)
  }

  private static func fitted(_ places: [Float], radius: Float) -> [Float] {
    let count = Float(places.count / 2)
    var fitted = places
    for axis in 0..<2 {
      let values = stride(from: axis, to: places.count, by: 2)
      let mean = Float(values.reduce(0.0) { $0 + Double(places[$1]) }) / count
      let square = values.reduce(0.0) { sum, place in
        let difference = Double(places[place] - mean)
        return sum + difference * difference
      }
      let spread = Float((square / Double(count)).squareRoot())
      let scale = spread > 0 && spread.isFinite ? deviation * radius / spread : 0
      for place in values { fitted[place] = min(radius, max(-radius, scale * (places[place] - mean))) }
    }
    return fitted
  }

  /// Points in one place have no direction in which to part.
  private mutating func addNoise(_ seed: UInt64) {
    var numbers = SplitMix(state: seed)
    for place in coordinates.indices { coordinates[place] += Self.noise * numbers.signed() }
  }
}
