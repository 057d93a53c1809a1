import Foundation
import Kernels
import Layout
import Testing

/// Against umap-learn and scikit-learn (`tools/golden/golden_layout.py`).
@Suite struct LayoutGoldenTests {
  private struct Golden: Decodable {
    struct Curve: Decodable { let nearest, spread, a, b: Double }
    struct Trust: Decodable {
      let k: Int
      let value: Double
    }

    let width: Int
    let neighbours, offsets, targets: [Int32]
    let distances, rho, sigma, weights, points: [Float]
    let curves: [Curve]
    let places: [UInt16]
    let trustworthiness: [Trust]

    static func read() throws -> Golden {
      let url = try #require(
        Bundle.module.url(forResource: "layout", withExtension: "json", subdirectory: "Golden"))
      return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    var graph: NeighbourGraph { NeighbourGraph(neighbours: neighbours, distances: distances, width: width) }
  }

  /// The bisection of the reference ends at 1e-5 of the sum, in single precision.
  @Test func smoothDistances() throws {
    let golden = try Golden.read()
    let smooth = SmoothDistances(golden.graph)
    #expect(smooth.rho == golden.rho)
    for (own, expected) in zip(smooth.sigma, golden.sigma) {
      #expect(abs(own - expected) < 2e-4 * expected, "\(own) for \(expected)")
    }
  }

  @Test func fuzzyUnion() throws {
    let golden = try Golden.read()
    let union = WeightedGraph(union: golden.graph)
    #expect(union.offsets == golden.offsets && union.targets == golden.targets)
    for (own, expected) in zip(union.weights, golden.weights) { #expect(abs(own - expected) < 2e-4) }
  }

  @Test func curve() throws {
    for expected in try Golden.read().curves {
      let curve = LayoutCurve(nearest: expected.nearest, spread: expected.spread)
      #expect(abs(curve.a - expected.a) < 1e-5 * expected.a && abs(curve.b - expected.b) < 1e-5 * expected.b)
    }
  }

  @Test func trustworthiness() throws {
    let golden = try Golden.read()
    let dimension = 5
    let rows = stride(from: 0, to: golden.points.count, by: dimension).map {
      Array(golden.points[$0..<$0 + dimension])
    }
    let places = rows.indices.map { MapPlace(x: golden.places[2 * $0], y: golden.places[2 * $0 + 1]) }
    for expected in golden.trustworthiness {
      let own = Trustworthiness.measure(places, rows: Array(rows.indices), neighbours: expected.k) {
        row, values in
        for (place, other) in rows.enumerated() {
          values[place] = -zip(rows[row], other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
      }
      #expect(abs(own - expected.value) < 1e-9)
    }
  }
}
