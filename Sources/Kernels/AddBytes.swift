/// Adds `factor · x` to `y`, in place, for bytes: a line of pixels to the sums of a cell.
///
/// - Parameters:
///   - x: n bytes.
///   - factor: what they are multiplied by.
///   - y: at least n numbers; the first n are added to.
package func addBytes(_ x: Span<UInt8>, by factor: Float, to y: inout MutableSpan<Float>) {
  precondition(x.count <= y.count, "a sum needs as many numbers as bytes")
  // Unchecked, so that the loop has no way out and runs on whole registers.
  for i in 0..<x.count { unsafe y[unchecked: i] += factor * Float(x[unchecked: i]) }
}
