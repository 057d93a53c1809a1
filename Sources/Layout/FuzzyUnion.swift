package import Kernels

extension WeightedGraph {
  /// The fuzzy union of all neighbourhoods: an edge is there if one end or the other says so, w = v + v′ − v·v′ (McInnes, Healy and
  /// Melville 2018, arXiv:1802.03426, section 3.1; `umap.umap_.fuzzy_simplicial_set`). Rows are in the order of their targets.
  package init(union graph: NeighbourGraph) {
    let smooth = SmoothDistances(graph)
    let (points, width) = (graph.pointCount, graph.width)
    // What each point says of its neighbours, in the order of their numbers.
    var neighbours = graph.neighbours
    var memberships = graph.distances
    // offsets[i + 1] counts who names i, then becomes where i's row ends.
    var offsets = [Int](repeating: 0, count: points + 1)
    for point in 0..<points {
      let start = point * width
      for k in 0..<graph.count(of: point) {
        let neighbour = graph.neighbours[start + k]
        let membership = smooth.membership(graph.distances[start + k], of: point)
        offsets[Int(neighbour) + 1] += 1
        var free = start + k
        while free > start, neighbours[free - 1] > neighbour {
          neighbours[free] = neighbours[free - 1]
          memberships[free] = memberships[free - 1]
          free -= 1
        }
        neighbours[free] = neighbour
        memberships[free] = membership
      }
    }
    for point in 0..<points { offsets[point + 1] += offsets[point] }
    // Who names each point, likewise in order, as they are gone through in order.
    var namers = [Int32](repeating: 0, count: offsets[points])
    var views = [Float](repeating: 0, count: offsets[points])
    var next = offsets
    for point in 0..<points {
      for place in point * width..<point * width + graph.count(of: point) {
        let free = next[Int(neighbours[place])]
        namers[free] = Int32(point)
        views[free] = memberships[place]
        next[Int(neighbours[place])] += 1
      }
    }
    var ends: [Int32] = [0]
    var targets: [Int32] = []
    var weights: [Float] = []
    ends.reserveCapacity(points + 1)
    targets.reserveCapacity(3 * offsets[points] / 2)
    weights.reserveCapacity(3 * offsets[points] / 2)
    for point in 0..<points {
      var (own, other) = (point * width, offsets[point])
      let (ownEnd, otherEnd) = (own + graph.count(of: point), offsets[point + 1])
      while own < ownEnd || other < otherEnd {
        let mine = own < ownEnd ? neighbours[own] : .max
        let theirs = other < otherEnd ? namers[other] : .max
        var weight: Float = 0
        if mine <= theirs {
          weight = memberships[own]
          own += 1
        }
        if theirs <= mine {
          weight = weight + views[other] - weight * views[other]
          other += 1
        }
        targets.append(min(mine, theirs))
        weights.append(min(1, weight))
      }
      ends.append(Int32(targets.count))
    }
    self.init(offsets: ends, targets: targets, weights: weights)
  }
}
