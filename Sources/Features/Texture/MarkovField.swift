internal import Foundation
import Kernels

/// Gaussian Markov random field of a grey plane (Chellappa & Chatterjee 1985, doi:10.1109/TASSP.1985.1164641): the
/// coefficients by which a pixel is best predicted from its symmetric neighbours, and what is left over.
///
/// Ten pairs of neighbours (order 4 without the far corners), each pair with one coefficient, and a constant, by least
/// squares over all pixels 2 and more from the border. Sums are exact integers, solved in double precision; where the
/// picture does not determine the coefficients (flat, or repeated) a ridge of 10⁻⁶ of the mean variance plus 10⁻³ grey²
/// picks small ones, which is what differs from `numpy.linalg.lstsq`. Unchanged by an offset of grey; a mirror image
/// exchanges (dx, dy) and (−dx, dy); the residual's variance scales with contrast squared.
package struct MarkovField: Sendable {
  /// Coefficients.
  package static let pairs = 10

  /// What was fitted.
  package struct Fit: Equatable, Sendable {
    /// Of the pairs ±(1, 0), (0, 1), (1, 1), (−1, 1), (2, 0), (0, 2), (2, 1), (1, 2), (−2, 1), (−1, 2).
    package var coefficients: [Float]
    /// Mean square of what the prediction misses, grey².
    package var residualVariance: Float
  }

  /// Every how manieth row is predicted.
  package let step: Int
  private var room: [Int16]

  /// - Parameters:
  ///   - step: 1 for all rows.
  ///   - side: of the largest plane.
  package init(step: Int = 1, side: Int = AnalysisImage.fullSide) {
    precondition(step >= 1)
    self.step = step
    room = [Int16](repeating: 0, count: 12 * side)
  }

  /// Zeros for planes of less than 5 × 5 values.
  package mutating func fit(_ plane: TexturePlane) -> Fit {
    let products = Self.sum(plane, step, &room).map { Double($0) }
    let n = Self.pairs
    let count = products[11 * 12 + 11]
    guard count > 0 else {
      return Fit(coefficients: [Float](repeating: 0, count: n), residualVariance: 0)
    }
    // Covariances: the constant drops out.
    func covariance(_ i: Int, _ j: Int) -> Double {
      (products[max(i, j) * 12 + min(i, j)] - products[11 * 12 + i] * products[11 * 12 + j] / count) / count
    }
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in 0..<n { matrix[i][j] = covariance(i, j) }
    }
    let trace = (0..<n).reduce(0) { $0 + matrix[$1][$1] }
    for i in 0..<n { matrix[i][i] += 1e-6 * trace / Double(n) + 1e-3 }
    let target = (0..<n).map { covariance($0, n) }
    let solution = Self.solve(matrix, target)
    var residual = covariance(n, n)
    for i in 0..<n {
      residual -= 2 * solution[i] * target[i]
      for j in 0..<n { residual += solution[i] * solution[j] * covariance(i, j) }
    }
    return Fit(coefficients: solution.map { Float($0) }, residualVariance: Float(max(0, residual)))
  }

  /// By Cholesky's decomposition of a positive definite matrix.
  private static func solve(_ matrix: [[Double]], _ target: [Double]) -> [Double] {
    let n = target.count
    var lower = matrix
    var x = target
    for i in 0..<n {
      for j in 0...i {
        var sum = lower[i][j]
        for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
        lower[i][j] = i == j ? max(sum, 1e-12).squareRoot() : sum / lower[j][j]
      }
      for k in 0..<i { x[i] -= lower[i][k] * x[k] }
      x[i] /= lower[i][i]
    }
    for i in stride(from: n - 1, through: 0, by: -1) {
      for k in (i + 1)..<n { x[i] -= lower[k][i] * x[k] }
      x[i] /= lower[i][i]
    }
    return x
  }

  private static func sum(_ plane: TexturePlane, _ step: Int, _ room: inout [Int16]) -> [Int64] {
    var space = room.mutableSpan
    return Kernels.markovProducts(
      plane.values.span, width: plane.width, height: plane.height, level: Int(plane.mean), step: step,
      room: &space)
  }
}
