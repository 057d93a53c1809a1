import Kernels
import Layout
import TestSupport

/// Points whose true neighbours are found by looking at all.
struct Points {
  var rows: [[Float]]

  /// Clouds of normal points about centres far apart, as many in each.
  static func clouds(_ count: Int, each size: Int, dimension: Int, apart: Float, seed: UInt64) -> Points {
    var numbers = SeededGenerator(seed: seed)
    var rows: [[Float]] = []
    for _ in 0..<count {
      let centre = numbers.vector(dimension).map { apart * $0 }
      for _ in 0..<size {
        // Sums of four are near enough to normal.
        let noise = (0..<4).map { _ in numbers.vector(dimension) }
        rows.append(centre.indices.map { i in centre[i] + noise.reduce(0) { $0 + $1[i] } })
      }
    }
    return Points(rows: rows)
  }

  func similarities(_ row: Int, into values: inout [Float]) {
    for (place, other) in rows.enumerated() {
      values[place] = -zip(rows[row], other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
  }

  func graph(width: Int = 15) -> NeighbourGraph {
    var neighbours: [Int32] = []
    var distances: [Float] = []
    var values = [Float](repeating: 0, count: rows.count)
    for row in rows.indices {
      similarities(row, into: &values)
      let near = rows.indices.filter { $0 != row }.sorted { (values[$0], $1) > (values[$1], $0) }.prefix(
        width)
      neighbours += near.map(Int32.init) + [Int32](repeating: -1, count: width - near.count)
      distances += near.map { -values[$0] } + [Float](repeating: 0, count: width - near.count)
    }
    return NeighbourGraph(neighbours: neighbours, distances: distances, width: width)
  }

  func trustworthiness(_ places: [MapPlace]) -> Double {
    Trustworthiness.measure(places, rows: Array(rows.indices)) { similarities($0, into: &$1) }
  }
}

extension MapPlace {
  func distance(to other: MapPlace) -> Double {
    let (dx, dy) = (Double(x) - Double(other.x), Double(y) - Double(other.y))
    return (dx * dx + dy * dy).squareRoot()
  }
}
