import COpenBLAS

/// The closed form of a linear autoencoder whose diagonal is zero (EASE^R; Steck 2019, doi:10.1145/3308558.3313710): with
/// `P = (XᵀX + λI)⁻¹`, `B = −P/diag P`, `diag B = 0`.
package enum LinearAutoencoderWeights {
  /// - Parameters:
  ///   - byWork: works × people; each row rising.
  ///   - byPerson: the same, transposed; each row rising.
  ///   - works: of the rows, how many take part, from the first on: n. The room is 4·n² bytes, the work grows with n³.
  ///   - regularisation: λ, above 0.
  ///   - threads: that count products; the inverse is OpenBLAS's, on its threads (see `BLASThreads`): numbers of different counts of
  ///     threads may differ in their last digit.
  ///   - isStopped: asked between the steps; the inverse, some ten seconds for 10,000 on two cores, is one step.
  /// - Returns: n × n numbers, row by row: row j says what having j says about every work. Nil where it was stopped, or where the
  ///   numbers are too large for single precision.
  package static func fit(
    byWork: SparseRows, byPerson: SparseRows, works n: Int, regularisation: Float, threads: Int,
    isStopped: @Sendable () -> Bool = { false }
  ) -> [Float]? {
    precondition(n > 0 && n <= byWork.rowCount && n < 1 << 15 && regularisation > 0)
    precondition(byWork.columnCount == byPerson.rowCount && byWork.rowCount == byPerson.columnCount)
    var matrix = [Float](repeating: 0, count: n * n)
    unsafe matrix.withUnsafeMutableBufferPointer { matrix in
      guard let out = matrix.baseAddress else { return }
      nonisolated(unsafe) let start = unsafe out
      inParts(n, threads: threads) { _, first, last in
        guard !isStopped() else { return }
        for i in first..<last {
          unsafe byWork.allProducts(ofRow: i, byColumn: byPerson, width: n, into: start + i * n)
        }
      }
    }
    guard !isStopped() else { return nil }
    for i in 0..<n { matrix[i * n + i] += regularisation }
    var size = Int32(n)
    var failure: Int32 = 0
    // LAPACK's lower half, column by column, is our upper one.
    unsafe spotrf_("L", &size, &matrix, &size, &failure)
    guard failure == 0 && !isStopped() else { return nil }
    var order = size
    unsafe spotri_("L", &order, &matrix, &size, &failure)
    guard failure == 0 && !isStopped() else { return nil }
    for i in 0..<n { for j in 0..<i { matrix[i * n + j] = matrix[j * n + i] } }
    let diagonal = (0..<n).map { matrix[$0 * n + $0] }
    for i in 0..<n {
      for j in 0..<n { matrix[i * n + j] = i == j ? 0 : -matrix[i * n + j] / diagonal[j] }
    }
    return allFinite(matrix.span) ? matrix : nil
  }
}
