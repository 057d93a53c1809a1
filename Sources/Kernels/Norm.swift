/// `Σ vᵢ²`, summed in double precision: for finite numbers it neither overflows nor loses the small ones.
package func squaredNorm(_ v: Span<Float>) -> Double {
  // Four sums, because one would wait for itself: strict floating-point order leaves the compiler no choice.
  var sums = SIMD4<Double>.zero
  let whole = v.count & ~3
  for i in stride(from: 0, to: whole, by: 4) {
    let x = SIMD4<Double>(SIMD4(v[i], v[i + 1], v[i + 2], v[i + 3]))
    sums += x * x
  }
  var rest = 0.0
  for i in whole..<v.count { rest += Double(v[i]) * Double(v[i]) }
  return sums.sum() + rest
}

/// Scales a vector to Euclidean length 1, in place; a zero vector stays zero.
///
/// Very large and very small vectors come out as exact as any other. A vector that holds a NaN or an infinity comes
/// out with numbers that are not finite: ask `allFinite` first where that can be.
///
/// - Parameter v: n numbers.
/// - Returns: the length before.
@discardableResult
package func normalise(_ v: inout MutableSpan<Float>) -> Double {
  let norm = squaredNorm(v.span).squareRoot()
  guard norm != 0 else { return 0 }
  let factor = 1 / norm
  for i in v.indices { v[i] = Float(Double(v[i]) * factor) }
  return norm
}
