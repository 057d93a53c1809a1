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
