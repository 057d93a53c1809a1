import Layout
import TestSupport
import Testing

/// Whatever the graph, there is a map with a place for each point.
@Suite struct DegenerateMapTests {
  private func layout(_ neighbours: [Int32], _ distances: [Float], width: Int) throws -> [MapPlace] {
    try CollectionMap.layout(
      neighbours: NeighbourGraph(neighbours: neighbours, distances: distances, width: width))
  }

  @Test func fewPoints() throws {
    #expect(try layout([], [], width: 15) == [])
    #expect(try layout([-1], [0], width: 1) == [.centre])
    let two = try layout([1, 0], [0.5, 0.5], width: 1)
    #expect(two.count == 2 && two[0] != two[1])
    let three = try layout([1, 2, 0, 2, 0, 1], [1, 2, 1, 3, 2, 3], width: 2)
    #expect(Set(three).count == 3)
  }

  /// An index may answer with the same few of them for all.
  @Test(arguments: [5, 40, 300, 3_000]) func allTheSame(count: Int) throws {
    let width = 4
    let neighbours = (0..<count).flatMap { _ in 0..<Int32(width) }
    let places = try layout(neighbours, [Float](repeating: 0, count: neighbours.count), width: width)
    #expect(places.count == count && places.contains { $0 != places[0] })
  }

  @Test func nobodyHasNeighbours() throws {
    let places = try layout([Int32](repeating: -1, count: 300), [Float](repeating: 0, count: 300), width: 3)
    #expect(Set(places).count == 100)
  }

  /// Clouds whose graphs hang together nowhere, a pair, and points alone.
  @Test func pieces() throws {
    let cloud = Points.clouds(1, each: 90, dimension: 6, apart: 0, seed: 2).graph(width: 6)
    let lone = 10
    var neighbours: [Int32] = []
    var distances: [Float] = []
    for copy in 0..<4 {
      neighbours += cloud.neighbours.map { $0 < 0 ? -1 : $0 + Int32(90 * copy) }
      distances += cloud.distances
    }
    neighbours += [361, -1, -1, -1, -1, -1, 360, -1, -1, -1, -1, -1]
    neighbours += [Int32](repeating: -1, count: 6 * lone)
    distances += [Float](repeating: 0.1, count: 12 + 6 * lone)
    let places = try layout(neighbours, distances, width: 6)
    #expect(places.count == 362 + lone)
    #expect(Set(places[362...]).count == lone)
    // The nearest on the map is of one's own piece.
    for point in 0..<360 {
      let nearest = places.indices.filter { $0 != point }.min {
        places[point].distance(to: places[$0]) < places[point].distance(to: places[$1])
      }
      #expect((nearest ?? -1) / 90 == point / 90)
    }
  }

  /// Numbers at random, wrong ones among them.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func noise(seed: UInt64) throws {
    var numbers = SeededGenerator(seed: seed)
    let (count, width) = (Int.random(in: 1...200, using: &numbers), Int.random(in: 1...6, using: &numbers))
    let strange: [Float] = [.nan, .infinity, -.infinity, -1, 0, 1e30, 1e-38, .greatestFiniteMagnitude]
    let neighbours = (0..<count * width).map { _ in Int32.random(in: -2..<Int32(count), using: &numbers) }
    let distances = (0..<count * width).map { _ in
      Bool.random(using: &numbers)
        ? strange[Int.random(in: 0..<strange.count, using: &numbers)]
        : Float.random(in: 0...1, using: &numbers)
    }
    let places = try layout(neighbours, distances, width: width)
    #expect(places.count == count)
    // What is not a number would lie at the border or stop the program: most lie within.
    #expect(count < 20 || Set(places).count > count / 2)
  }
}
