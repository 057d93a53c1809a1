import COpenBLAS

/// The inner product `Σ aᵢ·bᵢ`, summed in single precision; 0 for empty vectors.
///
/// - Parameters:
///   - a: n numbers.
///   - b: as many as `a`.
package func dot(_ a: Span<Float>, _ b: Span<Float>) -> Float {
  precondition(a.count == b.count, "an inner product needs two vectors of one length")
  let n = Int32(a.count)
  return unsafe a.withUnsafeBufferPointer { a in
    unsafe b.withUnsafeBufferPointer { b in
      unsafe cblas_sdot(n, a.baseAddress, 1, b.baseAddress, 1)
    }
  }
}
