import COpenBLAS

/// Multiplies every number of `v` by `factor`, in place.
package func scale(_ v: inout MutableSpan<Float>, by factor: Float) {
  for i in v.indices { v[i] *= factor }
}

/// Adds `factor · x` to `y`, in place (BLAS's axpy).
///
/// - Parameters:
///   - x: n numbers.
///   - factor: what they are multiplied by.
///   - y: as many as `x`.
package func addScaled(_ x: Span<Float>, by factor: Float, to y: inout MutableSpan<Float>) {
  precondition(x.count == y.count, "a sum needs two vectors of one length")
  let n = Int32(x.count)
  unsafe x.withUnsafeBufferPointer { x in
    unsafe y.withUnsafeMutableBufferPointer { y in
      unsafe cblas_saxpy(n, factor, x.baseAddress, 1, y.baseAddress, 1)
    }
  }
}

/// Adds `factor` times a row of one matrix to a row of another, in place (BLAS's axpy).
///
/// - Parameters:
///   - x: any number of rows of `columns` numbers.
///   - row: which row of `x`.
///   - y: any number of rows of `columns` numbers.
///   - target: which row of `y`.
package func addScaledRow(
  _ x: Span<Float>, row: Int, by factor: Float, to y: inout MutableSpan<Float>, row target: Int, columns: Int
) {
  precondition(row >= 0 && (row + 1) * columns <= x.count && target >= 0 && (target + 1) * columns <= y.count)
  unsafe x.withUnsafeBufferPointer { x in
    unsafe y.withUnsafeMutableBufferPointer { y in
      guard let from = x.baseAddress, let to = y.baseAddress else { return }
      unsafe cblas_saxpy(Int32(columns), factor, from + row * columns, 1, to + target * columns, 1)
    }
  }
}
