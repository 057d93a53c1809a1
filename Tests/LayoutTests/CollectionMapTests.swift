import Layout
import TestSupport
import Testing

@Suite struct CollectionMapTests {
  private static let clouds = Points.clouds(5, each: 120, dimension: 10, apart: 2, seed: 1)

  private func layout(_ points: Points, seed: UInt64 = 1, threads: Int = 1) throws -> [MapPlace] {
    var settings = CollectionMap.Settings()
    settings.threads = threads
    return try CollectionMap.layout(neighbours: points.graph(), settings: settings, seed: seed)
  }

  @Test func neighboursOnTheMapAreNeighbours() throws {
    let places = try layout(Self.clouds)
    #expect(Self.clouds.trustworthiness(places) > 0.9)
    #expect(places.map(\.x).min() == 0 && places.map(\.x).max() == 65_535 || places.map(\.y).max() == 65_535)
    // The same places dealt out anew say nothing.
    var numbers = SeededGenerator(seed: 1)
    #expect(Self.clouds.trustworthiness(places.shuffled(using: &numbers)) < 0.6)
  }

  /// 2,500 points, that the work is shared out.
  @Test func theMapIsTheSameOnAnyNumberOfThreads() throws {
    var numbers = SeededGenerator(seed: 4)
    let count: Int32 = 2_500
    let width = 5
    var neighbours: [Int32] = []
    for point in 0..<count { neighbours += (1...Int32(width)).map { (point + $0 * $0) % count } }
    let graph = NeighbourGraph(
      neighbours: neighbours, distances: numbers.vector(neighbours.count).map(abs), width: width)
    var settings = CollectionMap.Settings()
    settings.epochs = 40
    let one = try CollectionMap.layout(neighbours: graph, settings: settings, seed: 3)
    #expect(try CollectionMap.layout(neighbours: graph, settings: settings, seed: 3) == one)
    for threads in [2, 3] {
      settings.threads = threads
      #expect(try CollectionMap.layout(neighbours: graph, settings: settings, seed: 3) == one)
    }
    #expect(try CollectionMap.layout(neighbours: graph, settings: settings, seed: 4) != one)
  }

  @Test func theOrderOfThePointsDoesNotMatterMuch() throws {
    var numbers = SeededGenerator(seed: 2)
    let shuffled = Points(rows: Self.clouds.rows.shuffled(using: &numbers))
    let (first, second) = (
      Self.clouds.trustworthiness(try layout(Self.clouds)), shuffled.trustworthiness(try layout(shuffled))
    )
    #expect(abs(first - second) < 0.01, "\(first) and \(second)")
  }

  /// Whichever cloud most of the ten nearest on the map are of, the point is of it too.
  @Test(arguments: [1, 2, 3] as [UInt64]) func cloudsStayApart(seed: UInt64) throws {
    let points = Points.clouds(2, each: 150, dimension: 8, apart: 12, seed: 5)
    let places = try layout(points, seed: seed)
    for (point, place) in places.enumerated() {
      let near = places.indices.filter { $0 != point }.sorted {
        place.distance(to: places[$0]) < place.distance(to: places[$1])
      }.prefix(10)
      #expect(near.count { $0 / 150 == point / 150 } > 5)
    }
  }

  @Test func duplicatesLieTogether() throws {
    var points = Points.clouds(3, each: 100, dimension: 10, apart: 2, seed: 6)
    // Each tenth point three times.
    let repeated = stride(from: 0, to: 300, by: 10).flatMap { [points.rows[$0], points.rows[$0]] }
    points.rows += repeated
    let places = try layout(points)
    var distances: [Double] = []
    for (number, original) in stride(from: 0, to: 300, by: 10).enumerated() {
      distances.append(places[original].distance(to: places[300 + 2 * number]))
      distances.append(places[original].distance(to: places[301 + 2 * number]))
    }
    distances.sort()
    // A map is 65,535 wide.
    #expect(distances[distances.count / 2] < 1_000)
    #expect(distances[distances.count - 1] < 4_000)
  }

  @Test func anEarlierMapIsKeptTo() throws {
    let graph = Self.clouds.graph()
    let earlier = try CollectionMap.layout(neighbours: graph, seed: 1)
    // A tenth of the points is new.
    let known = earlier.enumerated().map { $0.offset.isMultiple(of: 10) ? nil : $0.element }
    let later = try CollectionMap.layout(neighbours: graph, start: .places(known), seed: 9)
    let other = try CollectionMap.layout(neighbours: graph, seed: 9)
    func moved(_ places: [MapPlace]) -> Double {
      zip(places, earlier).reduce(0) { $0 + $1.0.distance(to: $1.1) } / Double(earlier.count)
    }
    #expect(moved(later) < 8_000 && moved(later) < 0.5 * moved(other), "\(moved(later)), \(moved(other))")
    #expect(Self.clouds.trustworthiness(later) > 0.9)
  }

  @Test func itStopsWhenAskedTo() throws {
    let graph = Self.clouds.graph()
    #expect(throws: CollectionMapError.stopped) {
      try CollectionMap.layout(neighbours: graph, isStopped: { true })
    }
    var last = 0.0
    #expect(throws: CollectionMapError.stopped) {
      try CollectionMap.layout(neighbours: graph, isStopped: { last > 0.5 }, progress: { last = $0 })
    }
    #expect(last > 0.5 && last < 0.6)
  }

  @Test func progressRises() throws {
    var told: [Double] = []
    _ = try CollectionMap.layout(neighbours: Self.clouds.graph(), progress: { told.append($0) })
    #expect(told == told.sorted() && told.first == 0 && told.last == 1 && told.count > 100)
  }
}
