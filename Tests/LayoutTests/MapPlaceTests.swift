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
    func placed(_ places: [MapPlace], _ similarities: [Float]) -> MapPlace? {
      MapPlace.placed(among: places, similarities: similarities, whole: 10)
    }
    let spots = [MapPlace(x: 100, y: 100), MapPlace(x: 160, y: 100), MapPlace(x: 100, y: 130)]
    let far = MapPlace(x: 60_000, y: 50_000)
    #expect(placed([], []) == nil)
    #expect(placed([spots[0]], [.nan]) == nil)
    #expect(placed([spots[1]], [-2]) == spots[1])
    // Close together on the map: their mean, by similarity.
    #expect(placed(spots, [5, 5, 5]) == MapPlace(x: 120, y: 110))
    #expect(placed([spots[0], spots[1]], [6, 3]) == MapPlace(x: 120, y: 100))
    // Not halfway to where a single one lies, be it the most similar; what has no similarity does not count.
    #expect(placed(spots + [far, far], [5, 5, 5, 6, .nan]) == MapPlace(x: 120, y: 110))
    #expect(placed(spots + [far], [1, 1, 1, 6]) == far)
    // A copy draws the point to it, wherever the others are.
    #expect(placed(spots + [far], [9, 9, 9, 9.9]) == far)
    // In any order, and where nothing is alike.
    #expect(placed([spots[0], far], [4, 4]) == placed([far, spots[0]], [4, 4]))
    #expect(placed([spots[0], far], [-3, -3]) == spots[0])
    let corner = [MapPlace](repeating: MapPlace(x: 65_535, y: 65_535), count: 3)
    #expect(placed(corner, [1, 0.5, 0.2]) == corner[0])
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
