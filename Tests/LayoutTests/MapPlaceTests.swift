import Layout
import TestSupport
import Testing

@Suite struct MapPlaceTests {
  @Test func theAspectIsKept() {
    let places = MapFrame.places([0, 0, 4, 0, 0, 2, 4, 2], isTurned: false)
    #expect(places.map(\.x) == [0, 65_535, 0, 65_535])
    #expect(places.map(\.y) == [16_384, 16_384, 49_151, 49_151])
    // Upright, it is laid on its side.
    let turned = MapFrame.places([0, 0, 0, 4, 2, 0, 2, 4], isTurned: true)
    #expect(Set(turned.map(\.x)) == [0, 65_535] && Set(turned.map(\.y)) == [16_384, 49_151])
  }

  @Test func oneSpotIsTheMiddle() {
    #expect(MapFrame.places([], isTurned: true) == [])
    #expect(MapFrame.places([3, 4, 3, 4], isTurned: true) == [.centre, .centre])
  }

  /// 4,000 points in a square, and two far out on either side of it.
  @Test func fewFarOutDoNotShrinkTheRest() {
    var numbers = SeededGenerator(seed: 1)
    let square = numbers.vector(8_000)
    let places = MapFrame.places(square + [-900, 0, 1_000, 0, 800, 0], isTurned: false)
    let xs = places.prefix(4_000).map(\.x)
    #expect((xs.max() ?? 0) - (xs.min() ?? 0) > 50_000)
    #expect(places[4_000].x == 0 && places[4_001].x == 65_535 && places[4_002].x == 65_535)
    // Without them nothing is drawn in.
    let alone = MapFrame.places(square, isTurned: false)
    #expect(alone.count { $0.x == 0 || $0.x == 65_535 || $0.y == 0 || $0.y == 65_535 } <= 4)
  }

  @Test func newPointsLieAmongTheirNeighbours() throws {
    let corners = [MapPlace(x: 0, y: 0), MapPlace(x: 600, y: 0), MapPlace(x: 0, y: 300)]
    #expect(MapPlace.placed(among: [], similarities: [], whole: 1) == nil)
    #expect(MapPlace.placed(among: [corners[0]], similarities: [.nan], whole: 1) == nil)
    #expect(MapPlace.placed(among: [corners[1]], similarities: [-0.2], whole: 1) == corners[1])
    // Equally near: in the middle of them.
    #expect(
      MapPlace.placed(among: corners, similarities: [5, 5, 5], whole: 10) == MapPlace(x: 200, y: 100))
    // The nearer, the nearer; what has no similarity does not count.
    let near = try #require(
      MapPlace.placed(among: corners + [corners[2]], similarities: [9, 5, .nan, 4], whole: 10))
    #expect(near.x < 200 && near.y < 100 && near.x > 0)
    // The same picture: the mean of those that are the same counts most.
    let same = try #require(MapPlace.placed(among: corners, similarities: [10, 10, 1], whole: 10))
    #expect((230...300).contains(same.x) && same.y < 70)
    let far = [MapPlace](repeating: MapPlace(x: 65_535, y: 65_535), count: 3)
    #expect(MapPlace.placed(among: far, similarities: [1, 0.5, 0.2], whole: 1) == far[0])
  }

  @Test func samplesAreDrawnOnce() {
    let sample = Trustworthiness.sample(100, of: 1_000, seed: 3)
    #expect(sample.count == 100 && Set(sample).count == 100 && sample == sample.sorted())
    #expect(Trustworthiness.sample(100, of: 1_000, seed: 4) != sample)
    #expect((sample.last ?? 0) > 900 && sample[0] < 100)
    #expect(Trustworthiness.sample(7, of: 5) == [0, 1, 2, 3, 4])
    #expect(Trustworthiness.sample(0, of: 5) == [])
  }

  /// Ten points on a line, on the map in the same order save that the first lies at the end: k = 2.
  @Test func trustworthinessByHand() {
    func measure(_ xs: [UInt16], _ rows: [Int]) -> Double {
      Trustworthiness.measure(xs.map { MapPlace(x: $0, y: 0) }, rows: rows, neighbours: 2) { row, values in
        for place in values.indices { values[place] = -Float(abs(place - row)) }
      }
    }
    let order = (0..<10).map { UInt16(10 * $0) }
    #expect(measure(order, Array(0..<10)) == 1)
    // The first, between the last (rank 9) and the last but one (8): (7 + 6) · 2/(2·(2·10 − 7)), the worst there is.
    var moved = order
    moved[0] = 85
    #expect(abs(measure(moved, [0])) < 1e-12)
    #expect(measure(Array(order.prefix(3)), [0]) == 1)
    #expect(measure([], []) == 1)
  }
}
