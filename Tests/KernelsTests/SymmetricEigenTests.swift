import Kernels
import TestSupport
import Testing

@Suite struct SymmetricEigenTests {
  @Test func byHand() throws {
    // (1, 1)/√2 is stretched by 3, (1, −1)/√2 by 1.
    let eigen = try #require(SymmetricEigen([2, 1, 1, 2], n: 2))
    #expect(abs(eigen.values[0] - 3) < 1e-12 && abs(eigen.values[1] - 1) < 1e-12)
    let root = 0.5.squareRoot()
    for (value, expected) in zip(eigen.vectors, [root, root, root, -root]) {
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test(arguments: [1, 2, 7, 60]) func turnsTheMatrixIntoItsValues(n: Int) throws {
    var numbers = SeededGenerator(seed: 3)
    let a = numbers.vector(2 * n * n)
    let matrix = gramMatrix(a.span, columns: n)
    let eigen = try #require(SymmetricEigen(matrix, n: n))
    #expect(eigen.values == eigen.values.sorted(by: >))
    for k in 0..<n {
      let v = Array(eigen.vectors[k * n..<(k + 1) * n])
      #expect(abs(v.reduce(0) { $0 + $1 * $1 } - 1) < 1e-10)
      for i in 0..<n {
        let image = (0..<n).reduce(0.0) { $0 + matrix[i * n + $1] * v[$1] }
        #expect(abs(image - eigen.values[k] * v[i]) < 1e-9 * eigen.values[0])
      }
    }
  }

  @Test func productAndGramByHand() {
    // Two by three times three by two.
    let a: [Float] = [1, 2, 3, 4, 5, 6]
    let b: [Float] = [1, 0, 0, 1, -1, 2]
    var c = [Float](repeating: .nan, count: 4)
    var span = c.mutableSpan
    matrixProduct(a.span, b.span, rows: 2, inner: 3, columns: 2, into: &span)
    #expect(c == [-2, 8, -2, 17])
    #expect(gramMatrix(a.span, columns: 3) == [17, 22, 27, 22, 29, 36, 27, 36, 45])
  }

  @Test func rowsAreAddedWhereTheyAreAsked() {
    let x: [Float] = [1, 2, 3, 4]
    var y: [Float] = [10, 10, 20, 20, 30, 30]
    var span = y.mutableSpan
    addScaledRow(x.span, row: 1, by: 2, to: &span, row: 2, columns: 2)
    #expect(y == [10, 10, 20, 20, 36, 38])
  }
}
