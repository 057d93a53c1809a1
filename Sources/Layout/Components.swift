package import Kernels

extension WeightedGraph {
  /// The pieces that hang together, the largest first, equal ones by their first point; the points of each in order.
  package func components() -> [[Int32]] {
    var label = [Int32](repeating: -1, count: pointCount)
    var sizes: [Int] = []
    var waiting: [Int32] = []
    for start in 0..<pointCount where label[start] < 0 {
      let number = Int32(sizes.count)
      label[start] = number
      waiting.append(Int32(start))
      var size = 0
      while let point = waiting.popLast() {
        size += 1
        for edge in Int(offsets[Int(point)])..<Int(offsets[Int(point) + 1]) {
          let target = Int(targets[edge])
          if weights[edge] > 0, label[target] < 0 {
            label[target] = number
            waiting.append(Int32(target))
          }
        }
      }
      sizes.append(size)
    }
    var pieces = sizes.map { size -> [Int32] in
      var piece: [Int32] = []
      piece.reserveCapacity(size)
      return piece
    }
    for point in 0..<pointCount { pieces[Int(label[point])].append(Int32(point)) }
    let order = pieces.indices.sorted { (pieces[$1].count, $0) < (pieces[$0].count, $1) }
    return order.map { pieces[$0] }
  }

  /// The graph of a piece alone, its points numbered by their place in the piece.
  ///
  /// - Parameters:
  ///   - piece: points, in order, no edge of which leads out of it.
  ///   - places: a number a point of the whole graph, used as a scratch pad.
  package func piece(_ piece: [Int32], places: inout [Int32]) -> WeightedGraph {
    for (place, point) in piece.enumerated() { places[Int(point)] = Int32(place) }
    var ends: [Int32] = [0]
    var targets: [Int32] = []
    var weights: [Float] = []
    for point in piece {
      for edge in Int(offsets[Int(point)])..<Int(offsets[Int(point) + 1]) where self.weights[edge] > 0 {
        targets.append(places[Int(self.targets[edge])])
        weights.append(self.weights[edge])
      }
      ends.append(Int32(targets.count))
    }
    return WeightedGraph(offsets: ends, targets: targets, weights: weights)
  }
}
