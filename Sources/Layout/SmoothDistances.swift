import Glibc

/// How far each point's neighbourhood reaches, so that sparse and dense parts of a collection count alike: ρ is the distance to the nearest
/// neighbour elsewhere, σ is such that the memberships exp(−(d − ρ)/σ) of the neighbours sum to log₂ of their number and one
/// (McInnes, Healy and Melville 2018, arXiv:1802.03426, algorithm 3; `umap.umap_.smooth_knn_dist`, which counts the point itself as
/// its first neighbour). A short row aims at what it has.
package struct SmoothDistances {
  private static let tolerance = 1e-5
  /// σ is no less than this share of the mean distance.
  private static let leastShare = 1e-3

  /// One a point, 0 and up.
  package let rho, sigma: [Float]

  /// Of every point.
  package init(_ graph: NeighbourGraph) {
    var sum = 0.0
    var places = 0
    for point in 0..<graph.pointCount {
      let count = graph.count(of: point)
      for k in 0..<count { sum += Double(graph.distances[point * graph.width + k]) }
      places += count + 1
    }
    let mean = places > 0 ? sum / Double(places) : 0
    var rho = [Float](repeating: 0, count: graph.pointCount)
    var sigma = rho
    for point in 0..<graph.pointCount {
      let start = point * graph.width
      let row = graph.distances[start..<start + graph.count(of: point)]
      (rho[point], sigma[point]) = Self.fit(row, mean: mean)
    }
    self.rho = rho
    self.sigma = sigma
  }

  /// Of one point.
  ///
  /// - Parameters:
  ///   - row: distances that never fall; may be empty.
  ///   - mean: of all distances, for a row that is all zeros.
  package static func fit(_ row: ArraySlice<Float>, mean: Double) -> (rho: Float, sigma: Float) {
    guard !row.isEmpty else { return (0, 0) }
    let rho = row.first { $0 > 0 } ?? 0
    let target = log2(Double(row.count + 1))
    var (low, high, middle) = (0.0, Double.infinity, 1.0)
    for _ in 0..<64 {
      var total = 0.0
      for distance in row {
        let beyond = Double(distance - rho)
        total += beyond > 0 ? exp(-beyond / middle) : 1
      }
      if abs(total - target) < tolerance { break }
      if total > target {
        high = middle
        middle = (low + high) / 2
      } else {
        low = middle
        middle = high.isFinite ? (low + high) / 2 : middle * 2
      }
    }
    let own = row.reduce(0.0) { $0 + Double($1) } / Double(row.count + 1)
    return (rho, Float(max(middle, leastShare * (rho > 0 ? own : mean))))
  }

  /// 0…1: how much a neighbour at a distance belongs to the neighbourhood of a point.
  package func membership(_ distance: Float, of point: Int) -> Float {
    Self.membership(distance, rho: rho[point], sigma: sigma[point])
  }

  /// Likewise, by ρ and σ themselves.
  package static func membership(_ distance: Float, rho: Float, sigma: Float) -> Float {
    let beyond = distance - rho
    return beyond > 0 && sigma > 0 ? expf(-beyond / sigma) : 1
  }
}
