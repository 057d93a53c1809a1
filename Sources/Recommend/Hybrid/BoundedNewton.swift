import Foundation

/// Finds where a convex function of some numbers with bounds is least (projected Newton: Bertsekas 1982, doi:10.1137/0320018).
enum BoundedNewton {
  private static let mostSteps = 100

  /// - Parameters:
  ///   - start: within the bounds.
  ///   - value: the function.
  ///   - derivatives: its gradient and its Hessian (positive definite, row by row).
  static func minimum(
    from start: [Double], within bounds: [ClosedRange<Double>], value: ([Double]) -> Double,
    derivatives: ([Double]) -> (gradient: [Double], hessian: [Double])
  ) -> [Double] {
    func projected(_ x: [Double]) -> [Double] {
      zip(x, bounds).map { min($1.upperBound, max($1.lowerBound, $0)) }
    }
    var x = start
    for _ in 0..<mostSteps {
      let (gradient, hessian) = derivatives(x)
      // Those that stand at a bound and are pushed against it stay.
      let free = x.indices.filter { i in
        !(x[i] <= bounds[i].lowerBound && gradient[i] > 0)
          && !(x[i] >= bounds[i].upperBound && gradient[i] < 0)
      }
      guard free.contains(where: { gradient[$0] != 0 }) else { return x }
      let matrix = free.flatMap { i in free.map { hessian[i * x.count + $0] } }
      guard let step = solve(matrix, free.map { gradient[$0] }) else { return x }
      var length = 1.0
      var next = x
      let before = value(x)
      while true {
        next = x
        for (i, s) in zip(free, step) { next[i] -= length * s }
        next = projected(next)
        // What the step promises, with the way that is left after the bounds.
        let promised = free.reduce(0) { $0 + gradient[$1] * (x[$1] - next[$1]) }
        // So near, the step is as exact as the numbers are, and the function's own rounding would hide what it gains.
        if promised <= 1e-13 * max(1, abs(before)) { return next }
        // Armijo's rule.
        if value(next) <= before - 1e-4 * promised { break }
        length /= 2
        if length < 1e-9 { return x }
      }
      x = next
    }
    return x
  }

  /// Solves `A·x = b` for a symmetric positive definite A by Cholesky's method; nil where it isn't.
  static func solve(_ a: [Double], _ b: [Double]) -> [Double]? {
    let n = b.count
    var l = a
    for j in 0..<n {
      for i in j..<n {
        var sum = l[i * n + j]
        for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          l[j * n + j] = sum.squareRoot()
        } else {
          l[i * n + j] = sum / l[j * n + j]
        }
      }
    }
    var x = b
    for i in 0..<n {
      for k in 0..<i { x[i] -= l[i * n + k] * x[k] }
      x[i] /= l[i * n + i]
    }
    for i in (0..<n).reversed() {
      for k in i + 1..<n { x[i] -= l[k * n + i] * x[k] }
      x[i] /= l[i * n + i]
    }
    return x
  }
}
