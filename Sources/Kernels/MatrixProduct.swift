import COpenBLAS

/// `C = A·B` for row-major matrices (BLAS's sgemm), on OpenBLAS's threads.
///
/// - Parameters:
///   - a: rows × inner numbers.
///   - b: inner × columns numbers.
///   - c: rows × columns numbers; what it held is overwritten.
package func matrixProduct(
  _ a: Span<Float>, _ b: Span<Float>, rows: Int, inner: Int, columns: Int, into c: inout MutableSpan<Float>
) {
  precondition(rows > 0 && inner > 0 && columns > 0)
  precondition(a.count == rows * inner && b.count == inner * columns && c.count == rows * columns)
  unsafe a.withUnsafeBufferPointer { a in
    unsafe b.withUnsafeBufferPointer { b in
      unsafe c.withUnsafeMutableBufferPointer { c in
        unsafe cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), 1,
          a.baseAddress, Int32(inner), b.baseAddress, Int32(columns), 0, c.baseAddress, Int32(columns))
      }
    }
  }
}

/// `G = Aᵀ·A`, summed in double precision: what the columns of a row-major matrix have to do with one another.
///
/// - Parameters:
///   - a: n × columns numbers, row by row.
///   - columns: numbers in a row.
/// - Returns: columns × columns numbers, symmetric.
package func gramMatrix(_ a: Span<Float>, columns: Int) -> [Double] {
  precondition(columns > 0 && a.count.isMultiple(of: columns))
  var gram = [Double](repeating: 0, count: columns * columns)
  let rows = a.count / columns
  // Blocks that fit the cache when widened.
  let block = max(1, 65_536 / columns)
  var wide = [Double](repeating: 0, count: block * columns)
  for first in stride(from: 0, to: rows, by: block) {
    let count = min(block, rows - first)
    for i in 0..<count * columns { wide[i] = Double(a[first * columns + i]) }
    unsafe cblas_dsyrk(
      CblasRowMajor, CblasLower, CblasTrans, Int32(columns), Int32(count), 1, wide, Int32(columns), 1, &gram,
      Int32(columns))
  }
  for i in 0..<columns { for j in 0..<i { gram[j * columns + i] = gram[i * columns + j] } }
  return gram
}
