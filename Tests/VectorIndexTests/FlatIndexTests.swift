import Testing
import TestSupport
import VectorIndex

@Suite struct FlatIndexTests {
  @Test func byHand() throws {
    let index = try FlatIndex(dimension: 2, rows: [1, 0, 0, 1, 3, 4, -1, 2])
    #expect(index.count == 4)
    #expect(index.dimension == 2)
    let answers = try index.search([1, 0, 1, 2], k: 3)
    #expect(
      answers == [
        [Neighbour(row: 2, score: 3), Neighbour(row: 0, score: 1), Neighbour(row: 1, score: 0)],
        [Neighbour(row: 2, score: 11), Neighbour(row: 3, score: 3), Neighbour(row: 1, score: 2)],
      ])
    #expect(try index.vector(at: 2) == [3, 4])
  }

  @Test(arguments: [1, 3, 17, 96, 513], [1, 19, 20, 21, 1000])
  func agreesWithBruteForce(dimension: Int, count: Int) throws {
    var numbers = SeededGenerator(seed: UInt64(dimension * 10_000 + count))
    let reference = BruteForce(dimension: dimension, rows: numbers.vector(count * dimension))
    let index = try FlatIndex(dimension: dimension, rows: reference.rows)
    let selections: [RowSet?] = [
      nil, RowSet(capacity: count) { _ in true }, RowSet(capacity: count),
      RowSet(capacity: count) { $0 == count / 2 }, RowSet(capacity: count) { $0.isMultiple(of: 2) },
      RowSet(capacity: count) { $0 % 11 == 7 },
    ]
    for nq in [1, 2, 70] {
      let queries = numbers.vector(nq * dimension)
      for selected in selections {
        for k in [1, 10, count + 5] where nq < 70 || k == 10 {
          let answers = try index.search(queries, k: k, among: selected)
          #expect(answers.count == nq)
          for (q, answer) in answers.enumerated() {
            let query = queries[q * dimension..<(q + 1) * dimension]
            expect(answer, for: query, k: k, among: selected, of: reference)
          }
        }
      }
    }
  }

  /// The scores are those of the reference, in order; the rows have the scores that they are said to have.
  private func expect(
    _ answer: [Neighbour], for query: ArraySlice<Float>, k: Int, among selected: RowSet?,
    of reference: BruteForce
  ) {
    let expected = reference.search(query, k: k) { selected?.contains($0) ?? true }
    let size = Double(reference.dimension).squareRoot()
    #expect(answer.count == expected.count)
    #expect(Set(answer.map(\.row)).count == answer.count)
    for (hit, best) in zip(answer, expected) {
      let tolerance = 1e-5 * max(abs(best.score), 1e-2 * size)
      #expect(selected?.contains(hit.row) ?? true)
      #expect(abs(Double(hit.score) - best.score) <= tolerance)
      #expect(abs(Double(hit.score) - reference.score(query, row: hit.row)) <= tolerance)
    }
  }

  @Test func scoresOfTheSameRowsDependOnNothingElse() throws {
    var numbers = SeededGenerator(seed: 7)
    let dimension = 97
    let count = 5000
    let index = try FlatIndex(dimension: dimension, rows: numbers.vector(count * dimension))
    let queries = numbers.vector(65 * dimension)
    let batch = try index.search(queries, k: 20)
    let dense = RowSet(capacity: count) { $0 % 5 != 1 }
    let sparse = RowSet(capacity: count) { $0 % 50 == 3 }
    for (q, answer) in batch.enumerated() {
      let query = Array(queries[q * dimension..<(q + 1) * dimension])
      let everything = try index.search(query, k: count)[0]
      #expect(Array(everything.prefix(20)) == answer)
      for selected in [dense, sparse] {
        let expected = everything.filter { selected.contains($0.row) }.prefix(20)
        #expect(try index.search(query, k: 20, among: selected)[0] == Array(expected))
      }
    }
  }

  @Test(arguments: [1, 2, 7, 64]) func equalRowsAnswerInTheirOrder(k: Int) throws {
    // The same row at places that BLAS treats differently: within a group, in a remainder, in another block.
    var numbers = SeededGenerator(seed: 8)
    let dimension = 33
    let count = 9001
    let repeated = numbers.vector(dimension)
    let rows = (0..<count).flatMap { row in
      row % 3 == 2 ? repeated : numbers.vector(dimension).map { 0.01 * $0 }
    }
    let index = try FlatIndex(dimension: dimension, rows: rows)
    for queries in [repeated, repeated + repeated] {
      for answer in try index.search(queries, k: k) {
        #expect(answer.map(\.row) == (0..<k).map { 3 * $0 + 2 })
        #expect(Set(answer.map(\.score)).count == 1)
      }
    }
  }

  @Test func scoresBelowSinglePrecisionAreStillInOrder() throws {
    // Each row's large numbers cancel and leave a score smaller than what a sum of floats loses on the way.
    var numbers = SeededGenerator(seed: 13)
    let rows = (0..<1000).flatMap { _ in
      let half = numbers.vector(48)
      return (half + half.map { -$0 }).shuffled(using: &numbers) + [1e-7 * numbers.vector(1)[0]]
    }
    let reference = BruteForce(dimension: 97, rows: rows)
    let index = try FlatIndex(dimension: 97, rows: rows)
    let query = [Float](repeating: 1, count: 97)
    for k in [1, 10, 100] {
      let expected = reference.search(query[...], k: k) { _ in true }.map(\.row)
      for queries in [query, Array(repeating: query, count: 20).flatMap { $0 }] {
        #expect(try index.search(queries, k: k).allSatisfy { $0.map(\.row) == expected })
      }
    }
  }

  @Test func aZeroQueryFindsTheFirstRows() throws {
    var numbers = SeededGenerator(seed: 9)
    let index = try FlatIndex(dimension: 3, rows: numbers.vector(3000))
    let answer = try index.search([0, 0, 0], k: 5)
    #expect(answer == [(0..<5).map { Neighbour(row: $0, score: 0) }])
  }

  @Test func oneVeryLongRowDoesNotSpoilTheOthers() throws {
    var numbers = SeededGenerator(seed: 10)
    var rows = numbers.vector(17 * 1000)
    for i in 0..<17 { rows[i] = -1e12 }
    let reference = BruteForce(dimension: 17, rows: rows)
    let query = [Float](repeating: 0.5, count: 17)
    let index = try FlatIndex(dimension: 17, rows: rows)
    let answer = try index.search(query, k: 50)[0]
    #expect(answer.map(\.row) == reference.search(query[...], k: 50) { _ in true }.map(\.row))
  }

  @Test func anEmptyIndexHasNoHits() throws {
    let index = try FlatIndex(dimension: 4, rows: [])
    #expect(index.count == 0)
    #expect(try index.search([1, 2, 3, 4, 5, 6, 7, 8], k: 3) == [[], []])
    #expect(try index.search([1, 2, 3, 4], k: 3, among: RowSet(capacity: 0)) == [[]])
  }

  @Test func noQueriesHaveNoAnswers() throws {
    let index = try FlatIndex(dimension: 2, rows: [1, 2])
    #expect(try index.search([], k: 3).isEmpty)
  }

  @Test func rowsComeBackAsTheyWere() throws {
    var numbers = SeededGenerator(seed: 11)
    let rows = numbers.vector(21 * 17)
    let index = try FlatIndex(dimension: 17, rows: rows)
    for row in 0..<21 { #expect(try index.vector(at: row) == Array(rows[row * 17..<(row + 1) * 17])) }
  }

  @Test func concurrentSearchesAnswerAsSerialOnes() async throws {
    var numbers = SeededGenerator(seed: 12)
    let dimension = 96
    let index = try FlatIndex(dimension: dimension, rows: numbers.vector(6000 * dimension))
    let queries = (0..<24).map { _ in numbers.vector(dimension) }
    let filter = RowSet(capacity: 6000) { $0 % 3 == 0 }
    let serial = try queries.map {
      [try index.search($0, k: 10), try index.search($0, k: 10, among: filter)]
    }
    try await withThrowingTaskGroup { group in
      for round in 0..<8 {
        group.addTask {
          for i in queries.indices {
            let q = (i + 3 * round) % queries.count
            let answers = [
              try index.search(queries[q], k: 10), try index.search(queries[q], k: 10, among: filter),
            ]
            #expect(answers == serial[q])
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
