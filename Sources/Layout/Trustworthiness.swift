internal import Kernels

/// How far the neighbours that a map shows are neighbours indeed: 1 when all are, about 0.5 for a map at random.
///
/// 1 − 2/(m·k·(2n − 3k − 1)) · Σᵢ Σⱼ (r(i, j) − k) over the m points i asked and those j among the k nearest on the map whose rank r(i, j) in
/// truth is beyond k (Venna and Kaski 2001, doi:10.1007/3-540-44668-0_68; `sklearn.manifold.trustworthiness`, which asks all).
package enum Trustworthiness {
  /// Points to ask, drawn without repetition, in order.
  package static func sample(_ count: Int, of points: Int, seed: UInt64 = 1) -> [Int] {
    precondition(count >= 0 && points >= 0)
    guard count < points else { return Array(0..<points) }
    // Selection sampling (Knuth, volume 2, algorithm S).
    var numbers = SplitMix(state: seed)
    var sample: [Int] = []
    for point in 0..<points where sample.count < count {
      if Int.random(in: 0..<points - point, using: &numbers) < count - sample.count { sample.append(point) }
    }
    return sample
  }

  /// - Parameters:
  ///   - places: one a point.
  ///   - rows: the points to ask, as `sample` draws them; 1,000 leave an error of about 0.002.
  ///   - neighbours: k; fewer where it is not below half the points.
  ///   - similarities: fills in how alike a point and each of all points are, larger is nearer. Equal ones rank by their number; NaN is
  ///     farthest.
  /// - Returns: 1 where there are fewer than four points, or nobody is asked.
  package static func measure<Failure: Error>(
    _ places: [MapPlace], rows: [Int], neighbours: Int = 15,
    similarities: (_ row: Int, _ into: inout [Float]) throws(Failure) -> Void
  ) throws(Failure) -> Double {
    let n = places.count
    let k = min(neighbours, (n - 1) / 2)
    precondition(neighbours > 0)
    guard n > 3, k > 0, !rows.isEmpty else { return 1 }
    var values = [Float](repeating: 0, count: n)
    var penalty = 0
    for row in rows {
      try similarities(row, &values)
      precondition(values.count == n, "a similarity for each point")
      penalty += Self.penalty(row, nearest(to: row, places, count: k), values)
    }
    let scale = 2 / (Double(rows.count) * Double(k) * Double(2 * n - 3 * k - 1))
    return 1 - scale * Double(penalty)
  }

  /// The nearest on the map, equal ones by their number.
  private static func nearest(to row: Int, _ places: [MapPlace], count: Int) -> [Int] {
    let (x, y) = (Int(places[row].x), Int(places[row].y))
    var found: [(distance: Int, point: Int)] = []
    var bound = Int.max
    for point in places.indices where point != row {
      let (dx, dy) = (Int(places[point].x) - x, Int(places[point].y) - y)
      let distance = dx * dx + dy * dy
      guard distance < bound else { continue }
      var free = found.count
      while free > 0, found[free - 1].distance > distance { free -= 1 }
      found.insert((distance, point), at: free)
      if found.count > count { found.removeLast() }
      if found.count == count { bound = found[count - 1].distance }
    }
    return found.map(\.point)
  }

  /// Σ (rank − k) over those whose rank is beyond k = the number of `near`.
  private static func penalty(_ row: Int, _ near: [Int], _ values: [Float]) -> Int {
    func value(_ point: Int) -> Float { values[point].isNaN ? -.infinity : values[point] }
    let asked = near.map { (value: value($0), point: $0) }
    let least = asked.reduce(Float.infinity) { min($0, $1.value) }
    var ranks = [Int](repeating: 1, count: near.count)
    for point in values.indices where point != row {
      let own = value(point)
      guard own >= least else { continue }
      for (place, other) in asked.enumerated()
      where own > other.value || own == other.value && point < other.point {
        ranks[place] += 1
      }
    }
    return ranks.reduce(0) { $0 + max(0, $1 - near.count) }
  }
}
