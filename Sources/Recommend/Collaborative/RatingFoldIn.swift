import Kernels

/// Least squares of one person's ratings: their bias and factors, the works' given.
struct RatingFoldIn {
  let system: CholeskyFactor
  let right: [Double]
  let factors: Int

  /// nil where there are no ratings.
  ///
  /// - Parameters:
  ///   - workFactors: a row of `factors` numbers for each work.
  ///   - deviations: of each work of the history, what is to be explained: its rating less what is known without the person.
  ///   - regularisation: counted once a rating.
  init?(
    _ workFactors: [Float], factors: Int, works: [Int32], deviations: [Double], regularisation: Float
  ) {
    guard !works.isEmpty else { return nil }
    let n = factors + 1
    let inner = rowProducts(
      workFactors.span, chosen: works, weights: [Float](repeating: 1, count: works.count), factors: factors)
    var matrix = [Double](repeating: 0, count: n * n)
    var right = [Double](repeating: 0, count: n)
    for i in 0..<factors { for j in 0...i { matrix[i * n + j] = Double(inner[i * factors + j]) } }
    for (work, deviation) in zip(works, deviations) {
      let start = Int(work) * factors
      for i in 0..<factors {
        let value = Double(workFactors[start + i])
        matrix[factors * n + i] += value
        right[i] += deviation * value
      }
      right[factors] += deviation
    }
    matrix[n * n - 1] = Double(works.count)
    let ridge = Double(max(1e-6, regularisation)) * Double(works.count)
    for i in 0..<n { matrix[i * n + i] += ridge }
    guard let system = CholeskyFactor(matrix, n: n) else { return nil }
    (self.system, self.right, self.factors) = (system, right, factors)
  }

  var solution: (bias: Float, factors: [Float]) {
    let x = system.solve(right)
    return (Float(x[factors]), x[..<factors].map { Float($0) })
  }
}
