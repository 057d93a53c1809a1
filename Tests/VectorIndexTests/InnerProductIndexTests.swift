import TestSupport
import Testing
import VectorIndex

@Suite struct InnerProductIndexTests {
  private let dimension = 8

  /// Rows of lengths from 0.05 to 5, most of them short, as factors of works are.
  private func rows(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).flatMap { row -> [Float] in
      let length = 5 / Float(1 + row % 100)
      return generator.vector(dimension).map { length * $0 }
    }
  }

  private func products(_ rows: [Float], _ query: [Float]) -> [Float] {
    (0..<rows.count / dimension).map { row in
      (0..<dimension).reduce(0) { $0 + rows[row * dimension + $1] * query[$1] }
    }
  }

  /// Rows by their inner products, the largest first.
  private func best(_ rows: [Float], _ query: [Float], _ k: Int) -> [Int32] {
    let scores = products(rows, query)
    return Array(scores.indices.sorted { scores[$0] > scores[$1] }.prefix(k)).map { Int32($0) }
  }

  @Test func fewRowsAreSearchedExactly() throws {
    let rows = rows(150, seed: 1)
    let index = try InnerProductIndex(rows: rows, dimension: dimension, threads: 1)
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<20 {
      let query = generator.vector(dimension)
      #expect(try Set(index.search(query, k: 10)) == Set(best(rows, query, 10)))
    }
    #expect(index.count == 150)
    #expect(try index.search(generator.vector(dimension), k: 500).count == 150)
    #expect(try index.search(generator.vector(dimension), k: 0) == [])
  }

  @Test func findsMostOfTheBestAmongMany() throws {
    let rows = rows(20_000, seed: 3)
    let index = try InnerProductIndex(rows: rows, dimension: dimension, threads: 1)
    var generator = SeededGenerator(seed: 4)
    var found = 0
    for _ in 0..<50 {
      let query = generator.vector(dimension)
      found += try Set(index.search(query, k: 50)).intersection(best(rows, query, 50)).count
    }
    // Of numbers without any order in them, the hardest case.
    #expect(found >= 50 * 50 * 85 / 100, "\(found) of 2500")
  }

  @Test func threadsMakeNoDifferenceAndMaySearchTogether() async throws {
    let rows = rows(5_000, seed: 5)
    let one = try InnerProductIndex(rows: rows, dimension: dimension, threads: 1)
    let two = try InnerProductIndex(rows: rows, dimension: dimension, threads: 2)
    var generator = SeededGenerator(seed: 6)
    let queries = (0..<40).map { _ in generator.vector(dimension) }
    let expected = try queries.map { try one.search($0, k: 30) }
    let found = try await withThrowingTaskGroup(of: (Int, [Int32]).self) { group in
      for (place, query) in queries.enumerated() {
        group.addTask { (place, try two.search(query, k: 30)) }
      }
      return try await group.reduce(into: [Int: [Int32]]()) { $0[$1.0] = $1.1 }
    }
    for place in queries.indices { #expect(found[place] == expected[place]) }
  }

  @Test func rowsOfNothingAndNoRows() throws {
    let zeros = try InnerProductIndex(
      rows: [Float](repeating: 0, count: 1_000 * dimension), dimension: dimension, threads: 1)
    #expect(try zeros.search([Float](repeating: 1, count: dimension), k: 5).count <= 5)
    let none = try InnerProductIndex(rows: [], dimension: dimension, threads: 1)
    #expect(try none.search([Float](repeating: 1, count: dimension), k: 5) == [])
    #expect(throws: VectorIndexError.self) {
      try InnerProductIndex(
        rows: [Float](repeating: .nan, count: dimension), dimension: dimension, threads: 1)
    }
  }
}
