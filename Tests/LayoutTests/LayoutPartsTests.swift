import Glibc
import Kernels
import Layout
import TestSupport
import Testing

/// The parts, by hand.
@Suite struct LayoutPartsTests {
  @Test func graphsAreTidied() {
    let graph = NeighbourGraph(
      neighbours: [
        1, 2, 1, 3, /**/ 1, 0, 2, -1, /**/ 3, 1, 0, 0, /**/ -1, -1, -1, 0,
      ],
      distances: [
        3, 1, 2, .nan, /**/ 0, 2, 2, 0, /**/ 5, -1, 0.5, 0, /**/ 0, 0, 0, .infinity,
      ], width: 4)
    #expect(graph.pointCount == 4)
    #expect(graph.neighbours == [2, 1, -1, -1, 0, 2, -1, -1, 1, 0, 3, -1, -1, -1, -1, -1])
    #expect(graph.distances == [1, 3, 0, 0, 2, 2, 0, 0, 0, 0.5, 5, 0, 0, 0, 0, 0])
    #expect((0..<4).map { graph.count(of: $0) } == [2, 2, 3, 0])
  }

  @Test func similaritiesAreDistancesTheOtherWayRound() {
    let graph = NeighbourGraph(
      neighbours: [1, 2, 0, 2, 0, 1], similarities: [5, 10, 11, 0, -10, .nan], whole: 10, width: 2)
    #expect(graph.neighbours == [2, 1, 0, 2, 0, -1])
    #expect(graph.distances == [0, 0.5, 0, 1, 2, 0])
  }

  /// 0 and 1 name one another, 2 names 0 alone: memberships are 1, as each has one neighbour.
  @Test func unionByHand() {
    let union = WeightedGraph(
      union: NeighbourGraph(neighbours: [1, 0, 0], distances: [1, 1, 4], width: 1))
    #expect(union.offsets == [0, 2, 3, 4] && union.targets == [1, 2, 0, 0])
    #expect(union.weights == [1, 1, 1, 1] && union.degrees == [2, 1, 1])
  }

  /// Memberships of the row 1, 2: exp(0) + exp(−1/σ) = log₂ 3.
  @Test func smoothDistancesByHand() {
    let (rho, sigma) = SmoothDistances.fit([1, 2], mean: 0)
    #expect(rho == 1 && abs(1 + Float.exp(-1 / sigma) - 1.5849625) < 2e-5)
    #expect(SmoothDistances.membership(2, rho: 1, sigma: 0.5).isNearly(0.13533528))
    #expect(SmoothDistances.membership(1, rho: 1, sigma: 0.5) == 1)
    #expect(SmoothDistances.fit([], mean: 1) == (0, 0))
    // All in one place: a share of the mean of all.
    #expect(SmoothDistances.fit([0, 0, 0], mean: 2).sigma.isNearly(0.002))
  }

  /// 0 — 1 — 2 with weights 1 and ½: the walk from 1 goes to 0 twice as often as to 2.
  @Test func stepByHand() {
    let graph = WeightedGraph(offsets: [0, 1, 3, 4], targets: [1, 0, 2, 1], weights: [1, 1, 0.5, 0.5])
    let columns = WeightedGraph.blockColumns
    let block = [3, 6, 9].flatMap { [Float](repeating: $0, count: columns) }
    var product = [Float](repeating: 1, count: 3 * columns)
    var span = product.mutableSpan
    graph.step(block.span, factor: 2, centre: 0.5, share: 10, threads: 1, into: &span)
    // 2·(P·block − ½·block) − 10.
    let expected = [-1, -6, -7].flatMap { [Float](repeating: $0, count: columns) }
    #expect(zip(product, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  /// One epoch on a pair: drawn together by 2ab·d^(2b−1)/(1 + a·d^2b), pushed apart eight times by chance.
  @Test func aPairMeets() {
    let graph = WeightedGraph(offsets: [0, 1, 2], targets: [1, 0], weights: [1, 1])
    var moved = [Float](repeating: 0, count: 4)
    var sums: Float = 0
    let push: Float = 2 / (9.001 * 10)
    for seed in 0..<200 as Range<UInt64> {
      var span = moved.mutableSpan
      graph.descend(
        .init(a: 1, b: 1, rate: 0.1, number: 1, seed: seed), from: [0, 0, 3, 0].span, threads: 1, into: &span)
      #expect(moved[1] == 0 && moved[3] == 0 && moved[0] < 0.0601 && moved[0] > 0.0600 - 0.8 * 3.1 * push)
      sums += moved[0]
    }
    // 2·3/(1 + 9) · 0.1, less four pushes of eight on average.
    #expect(abs(sums / 200 - (0.06 - 0.4 * 3 * push)) < 0.004)
  }

  /// The gradients beside those by the library's power: what is left of a move after the pull is 0 to 8 whole pushes.
  @Test(arguments: [0.03, 0.2, 1, 2.5, 7, 30] as [Double]) func gradientsAreThoseOfTheCurve(apart: Double) {
    let (a, b, rate) = (1.577, 0.895, 0.05)
    func clipped(_ gradient: Double) -> Double { min(4, max(-4, gradient)) }
    let graph = WeightedGraph(offsets: [0, 1, 2], targets: [1, 0], weights: [1, 1])
    var counts: Set<Int> = []
    for seed in 0..<40 as Range<UInt64> {
      var moved = [Float](repeating: 0, count: 4)
      var span = moved.mutableSpan
      graph.descend(
        .init(a: Float(a), b: Float(b), rate: Float(rate), number: 1, seed: seed),
        from: [0, 0, 0, Float(apart)].span, threads: 1, into: &span)
      let pulled = rate * clipped(2 * a * b * pow(apart, 2 * b - 1) / (1 + a * pow(apart, 2 * b)))
      let rest = pulled - apart
      let push = clipped(2 * b * rest / ((0.001 + rest * rest) * (1 + a * pow(rest * rest, b))))
      let pushes = (Double(moved[1]) - pulled) / (rate * push)
      #expect(abs(pushes - pushes.rounded()) < 0.02 && pushes > -0.5 && pushes < 8.5, "\(pushes)")
      counts.insert(Int(pushes.rounded()))
    }
    #expect(counts.count > 3)
  }

  /// An edge of weight ⅓ acts in each third epoch.
  @Test func edgesActInTheirTurn() {
    let graph = WeightedGraph(offsets: [0, 1, 2], targets: [1, 0], weights: [0.34, 0.34])
    let acts = (1...9).map { number in
      var moved = [Float](repeating: 0, count: 4)
      var span = moved.mutableSpan
      graph.descend(
        .init(a: 1, b: 1, rate: 0.1, number: number, seed: 0), from: [0, 0, 3, 0].span, threads: 1,
        into: &span)
      return moved[0] != 0
    }
    #expect(acts == [false, false, true, false, false, true, false, false, true])
  }

  /// A ring lies in a ring, whether it is solved outright or by iteration.
  @Test(arguments: [12, 60, 150, 400]) func spectralPlacesOfARing(count: Int) throws {
    var offsets: [Int32] = [0]
    var targets: [Int32] = []
    for point in 0..<count {
      let (after, before) = ((point + 1) % count, (point + count - 1) % count)
      targets += [Int32(min(after, before)), Int32(max(after, before))]
      offsets.append(Int32(targets.count))
    }
    let graph = WeightedGraph(
      offsets: offsets, targets: targets, weights: [Float](repeating: 1, count: targets.count))
    let places = try SpectralPlaces(graph, seed: 1, threads: 1) { false }.places
    let radii = (0..<count).map { point -> Float in
      let (x, y) = (places[2 * point], places[2 * point + 1])
      return (x * x + y * y).squareRoot()
    }
    let mean = radii.reduce(0, +) / Float(count)
    let least = radii.min() ?? 0
    let most = radii.max() ?? 0
    #expect(least > 0.8 * mean && most < 1.2 * mean && mean > 0, "\(least)…\(most)")
  }

  @Test func piecesLargestFirst() {
    let graph = WeightedGraph(
      offsets: [0, 1, 2, 4, 5, 6, 6], targets: [1, 0, 3, 4, 2, 2], weights: [1, 1, 1, 1, 1, 1])
    let pieces = graph.components()
    #expect(pieces == [[2, 3, 4], [0, 1], [5]])
    var scratch = [Int32](repeating: 0, count: 6)
    let piece = graph.piece(pieces[0], places: &scratch)
    #expect(piece.offsets == [0, 2, 3, 4] && piece.targets == [1, 2, 0, 0])
  }
}

extension Float {
  func isNearly(_ other: Float) -> Bool { abs(self - other) <= 1e-5 * abs(other) }

  static func exp(_ x: Float) -> Float {
    // Enough terms for −1…0.
    (1...20).reversed().reduce(Float(1)) { 1 + x * $0 / Float($1) }
  }
}
