package import Kernels

/// Where a connected graph lies by the two slowest ways in which it swings: the eigenvectors of the random walk on it with the largest
/// eigenvalues below the constant one, those of the normalised Laplacian (Belkin and Niyogi 2003, doi:10.1162/089976603321780317).
///
/// Small graphs are solved outright; others by subspace iteration with a Chebyshev filter (Zhou, Saad, Tiago and Chelikowsky 2006,
/// doi:10.1016/j.jcp.2006.03.017), which is stopped early: a descent follows, that needs a smooth start more than an exact one.
package struct SpectralPlaces {
  /// Up to as many points, the whole matrix is solved.
  private static let small = 64
  private static let degree = 30
  private static let rounds = 12
  /// What a step of the walk makes of a vector beyond scaling it is good enough at this share of 1 − λ, which is all that tells a
  /// slow vector from a constant; single precision knows no less than the other.
  private static let share = 0.1
  private static let leastResidual = 5e-6
  private static let columns = WeightedGraph.blockColumns

  /// points × 2, finite.
  package private(set) var places: [Float]

  /// Finds them.
  ///
  /// - Parameters:
  ///   - graph: connected.
  ///   - isStopped: asked in each round.
  /// - Throws: `CollectionMapError.stopped`.
  package init(
    _ graph: WeightedGraph, seed: UInt64, threads: Int, isStopped: () -> Bool
  ) throws(CollectionMapError) {
    places = [Float](repeating: 0, count: 2 * graph.pointCount)
    guard graph.pointCount > 2 else {
      if graph.pointCount == 2 { (places[0], places[2]) = (-1, 1) }
      return
    }
    if graph.pointCount <= Self.small {
      solve(graph)
    } else {
      try iterate(graph, seed: seed, threads: threads, isStopped: isStopped)
    }
  }

  /// In the coordinates of the symmetric matrix D^-1/2 W D^-1/2, the constant vector taken away.
  private mutating func solve(_ graph: WeightedGraph) {
    let n = graph.pointCount
    let roots = graph.degrees.map { Double($0).squareRoot() }
    let total = graph.degrees.reduce(0.0) { $0 + Double($1) }
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for edge in Int(graph.offsets[i])..<Int(graph.offsets[i + 1]) {
        let j = Int(graph.targets[edge])
        matrix[i * n + j] += Double(graph.weights[edge]) / (roots[i] * roots[j])
      }
      for j in 0..<n { matrix[i * n + j] -= roots[i] * roots[j] / total }
      // Below all others, so that what was taken away is never among the largest.
      for j in 0..<n { matrix[i * n + j] -= 2 * roots[i] * roots[j] / total }
    }
    guard let eigen = SymmetricEigen(matrix, n: n) else { return }
    for i in 0..<n {
      places[2 * i] = Float(eigen.vectors[i] / roots[i])
      places[2 * i + 1] = Float(eigen.vectors[n + i] / roots[i])
    }
  }

  private mutating func iterate(
    _ graph: WeightedGraph, seed: UInt64, threads: Int, isStopped: () -> Bool
  ) throws(CollectionMapError) {
    let (n, columns) = (graph.pointCount, Self.columns)
    var numbers = SplitMix(state: seed)
    var block = (0..<n * columns).map { _ in numbers.signed() }
    var other = [Float](repeating: 0, count: n * columns)
    // Everything below is to be damped; what it is shows after the first round.
    var cut: Float = 0.5
    for round in 0..<Self.rounds {
      if isStopped() { throw .stopped }
      filter(graph, &block, &other, cut: cut, threads: threads)
      removeConstant(graph, &block)
      Self.step(graph, block, factor: 1, centre: 0, share: 0, threads: threads, into: &other)
      guard let ritz = RitzRotation(block, other, degrees: graph.degrees, columns: columns) else { break }
      var target = other.mutableSpan
      matrixProduct(
        block.span, ritz.rotation.span, rows: n, inner: columns, columns: columns, into: &target)
      swap(&block, &other)
      cut = Float(min(0.99999, max(0, ritz.values[columns - 1])))
      let isGood = (0..<2).allSatisfy {
        ritz.residuals[$0] < max(Self.leastResidual, Self.share * (1 - ritz.values[$0]))
      }
      if round > 0, isGood { break }
    }
    for i in 0..<n {
      places[2 * i] = block[i * columns]
      places[2 * i + 1] = block[i * columns + 1]
    }
  }

  /// A polynomial of the walk that is 1 at 1 and small on −1…cut.
  private func filter(
    _ graph: WeightedGraph, _ block: inout [Float], _ other: inout [Float], cut: Float, threads: Int
  ) {
    let (half, centre) = ((cut + 1) / 2, (cut - 1) / 2)
    let first = half / (1 - centre)
    var sigma = first
    Self.step(graph, block, factor: sigma / half, centre: centre, share: 0, threads: threads, into: &other)
    for _ in 1..<Self.degree {
      let next = 1 / (2 / first - sigma)
      // The older of the two becomes the newer.
      Self.step(
        graph, other, factor: 2 * next / half, centre: centre, share: sigma * next, threads: threads,
        into: &block)
      swap(&block, &other)
      sigma = next
    }
    swap(&block, &other)
  }

  private static func step(
    _ graph: WeightedGraph, _ block: [Float], factor: Float, centre: Float, share: Float, threads: Int,
    into product: inout [Float]
  ) {
    var span = product.mutableSpan
    graph.step(block.span, factor: factor, centre: centre, share: share, threads: threads, into: &span)
  }

  /// Takes from each column its mean by degree: what it has of the constant vector.
  private func removeConstant(_ graph: WeightedGraph, _ block: inout [Float]) {
    let columns = Self.columns
    var means = [Double](repeating: 0, count: columns)
    var total = 0.0
    for i in 0..<graph.pointCount {
      let degree = Double(graph.degrees[i])
      total += degree
      for c in 0..<columns { means[c] += degree * Double(block[i * columns + c]) }
    }
    guard total > 0 else { return }
    let taken = means.map { Float($0 / total) }
    for i in 0..<graph.pointCount { for c in 0..<columns { block[i * columns + c] -= taken[c] } }
  }
}
