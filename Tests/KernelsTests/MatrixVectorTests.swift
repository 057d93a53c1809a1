import Kernels
import Testing
import TestSupport

@Suite struct MatrixVectorTests {
  @Test func byHand() {
    // Two rows of three columns: a column-major reading would give another answer.
    let matrix: [Float] = [1, 2, 3, 4, 5, 6]
    let x: [Float] = [1, 0, -1]
    var y: [Float] = [99, .nan]
    var span = y.mutableSpan
    matrixVector(matrix.span, x.span, into: &span)
    #expect(y == [-2, -2])
  }

  @Test(arguments: [(1, 1), (1, 17), (19, 1), (20, 3), (33, 96), (7, 513)])
  func agreesWithNaiveSums(rows: Int, columns: Int) {
    var numbers = SeededGenerator(seed: 5)
    let matrix = numbers.vector(rows * columns)
    let x = numbers.vector(columns)
    var y = [Float](repeating: 0, count: rows)
    var span = y.mutableSpan
    matrixVector(matrix.span, x.span, into: &span)
    for i in 0..<rows {
      let products = (0..<columns).map { Double(matrix[i * columns + $0]) * Double(x[$0]) }
      let size = products.reduce(0) { $0 + abs($1) }
      #expect(abs(Double(y[i]) - products.reduce(0, +)) <= 1e-6 * size)
    }
  }

  @Test func noColumnsGiveZeros() {
    let none: [Float] = []
    var y: [Float] = [1, 2]
    var span = y.mutableSpan
    matrixVector(none.span, none.span, into: &span)
    #expect(y == [0, 0])
  }

  @Test func noRowsGiveNothing() {
    let none: [Float] = []
    let x: [Float] = [1, 2]
    var y: [Float] = []
    var span = y.mutableSpan
    matrixVector(none.span, x.span, into: &span)
    #expect(y.isEmpty)
  }

  @Test func wrongShapesAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let matrix: [Float] = [1, 2, 3]
      let x: [Float] = [1, 2]
      var y: [Float] = [0, 0]
      var span = y.mutableSpan
      matrixVector(matrix.span, x.span, into: &span)
    }
  }

  /// In a process of its own: the number is the whole process's, and other tests are computing.
  @Test func threadsAreSetAndReadBack() async {
    await #expect(processExitsWith: .success) {
      try #require(BLASThreads.count >= 1)
      for count in [1, 2, 1] {
        BLASThreads.set(count)
        try #require(BLASThreads.count == count)
      }
    }
  }
}
