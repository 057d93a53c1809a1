import COpenBLAS

/// `y = A·x` for a row-major matrix: the inner product of `x` with every row (BLAS's sgemv).
///
/// It runs on OpenBLAS's threads, see `BLASThreads`.
///
/// - Parameters:
///   - matrix: `rows` × `x.count` numbers, row by row.
///   - x: one number a column.
///   - y: one number a row; what it held is overwritten.
package func matrixVector(_ matrix: Span<Float>, _ x: Span<Float>, into y: inout MutableSpan<Float>) {
  precondition(matrix.count == y.count * x.count, "the matrix needs a row for each y and a column for each x")
  guard !x.isEmpty else {
    for i in y.indices { y[i] = 0 }
    return
  }
  guard !y.isEmpty else { return }
  let rows = Int32(y.count)
  let columns = Int32(x.count)
  unsafe matrix.withUnsafeBufferPointer { matrix in
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe cblas_sgemv(
          CblasRowMajor, CblasNoTrans, rows, columns, 1, matrix.baseAddress, columns, x.baseAddress, 1, 0,
          y.baseAddress, 1)
      }
    }
  }
}
