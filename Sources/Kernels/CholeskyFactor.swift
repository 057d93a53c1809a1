/// The factor L of a small positive definite matrix `A = L·Lᵀ`, with which systems are solved.
package struct CholeskyFactor: Sendable {
  private let lower: [Double]
  package let size: Int

  /// - Parameters:
  ///   - matrix: n × n numbers; the lower half alone is read.
  ///   - n: 1 or more; the work grows with its cube.
  /// - Returns: nil where the matrix is not positive definite.
  package init?(_ matrix: [Double], n: Int) {
    precondition(n > 0 && matrix.count == n * n, "\(matrix.count) numbers are no square of \(n)")
    var l = matrix
    for j in 0..<n {
      for i in j..<n {
        var sum = l[i * n + j]
        for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
        if i == j {
          guard sum > 0 && sum.isFinite else { return nil }
          l[j * n + j] = sum.squareRoot()
        } else {
          l[i * n + j] = sum / l[j * n + j]
        }
      }
    }
    lower = l
    size = n
  }

  /// The x of `A·x = b`.
  ///
  /// - Parameter b: n numbers.
  package func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == size)
    let n = size
    var x = b
    for i in 0..<n {
      for k in 0..<i { x[i] -= lower[i * n + k] * x[k] }
      x[i] /= lower[i * n + i]
    }
    for i in (0..<n).reversed() {
      for k in i + 1..<max(n, i + 1) { x[i] -= lower[k * n + i] * x[k] }
      x[i] /= lower[i * n + i]
    }
    return x
  }
}
