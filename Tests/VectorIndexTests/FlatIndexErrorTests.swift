import Testing
import VectorIndex

@Suite struct FlatIndexErrorTests {
  /// The code of the error that `body` throws, nil when it throws none.
  private func code<R>(_ body: () throws -> R) -> VectorIndexError.Code? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? VectorIndexError)?.code
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, .signalingNaN])
  func numbersThatAreNotFiniteAreRefused(bad: Float) throws {
    for count in [1, 19, 20, 21] {
      var rows = [Float](repeating: 1, count: count * 17)
      let index = try FlatIndex(dimension: 17, rows: rows)
      for place in [0, 8, 16, rows.count - 1] {
        rows[place] = bad
        #expect(code { try FlatIndex(dimension: 17, rows: rows) } == .notFinite)
        #expect(code { try index.search(rows, k: 3) } == .notFinite)
        rows[place] = 1
      }
    }
  }

  @Test func anEmptyIndexChecksItsQueriesToo() throws {
    let index = try FlatIndex(dimension: 1, rows: [])
    #expect(code { try index.search([.nan], k: 1) } == .notFinite)
  }

  @Test func theErrorSaysWhatWhereAndWhy() throws {
    do {
      _ = try FlatIndex(dimension: 2, rows: [1, 2, 3, .nan])
      Issue.record("no error was thrown")
    } catch {
      #expect(error.code == .notFinite)
      #expect(error.doing == "building an exact index of dimension 2 from 4 numbers")
      #expect(error.cause == "row 1 holds a number that is not finite")
    }
  }

  @Test(arguments: [0, -1, 3, 5]) func dimensionsThatDoNotFitAreRefused(dimension: Int) {
    #expect(code { try FlatIndex(dimension: dimension, rows: [1, 2, 3, 4]) } == .shape)
  }

  @Test func aDimensionTooLargeForTheErrorBoundIsRefused() {
    #expect(code { try FlatIndex(dimension: 1_048_577, rows: []) } == .shape)
  }

  @Test func questionsThatDoNotFitAreRefused() throws {
    let index = try FlatIndex(dimension: 2, rows: [1, 2, 3, 4])
    #expect(code { try index.search([1, 2, 3], k: 1) } == .shape)
    #expect(code { try index.search([1, 2], k: 0) } == .shape)
    #expect(code { try index.search([1, 2], k: -1) } == .shape)
    for capacity in [0, 1, 3, 64] {
      let selected = RowSet(capacity: capacity)
      #expect(code { try index.search([1, 2], k: 1, among: selected) } == .shape)
    }
  }

  @Test func scoresThatMayOverflowAreRefused() throws {
    let index = try FlatIndex(dimension: 2, rows: [1e30, -1e30])
    #expect(code { try index.search([1e20, 1e20], k: 1) } == .scoreOverflow)
    #expect(try index.search([1, 1], k: 1) == [[Neighbour(row: 0, score: 0)]])
  }

  @Test func aHugeKAsksForNoMoreThanThereIs() throws {
    let index = try FlatIndex(dimension: 1, rows: [1, 2])
    #expect(try index.search([1], k: .max)[0].map(\.row) == [1, 0])
  }
}
