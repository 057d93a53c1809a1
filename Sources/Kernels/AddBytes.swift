import CKernels

/// Adds `factor · x` to `y`, in place, for bytes: a line of pixels to the sums of a cell.
///
/// - Parameters:
///   - x: n bytes.
///   - factor: what they are multiplied by.
///   - y: at least n numbers; the first n are added to.
package func addBytes(_ x: Span<UInt8>, by factor: Float, to y: inout MutableSpan<Float>) {
  precondition(x.count <= y.count, "a sum needs as many numbers as bytes")
  unsafe x.withUnsafeBufferPointer { x in
    unsafe y.withUnsafeMutableBufferPointer { y in
      guard let source = x.baseAddress, let target = y.baseAddress else { return }
      unsafe ckernels_add_bytes(source, Int32(x.count), factor, target)
    }
  }
}
