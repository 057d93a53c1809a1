import CKernels

/// Luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601) of interleaved 8-bit pixels, bit for bit as `cv2.cvtColor`.
///
/// - Parameters:
///   - rgb: at least `3 * count` values.
///   - grey: at least `count` values; the first `count` are overwritten.
package func luma(_ rgb: Span<UInt8>, count: Int, into grey: inout MutableSpan<UInt8>) {
  precondition(count >= 0 && rgb.count >= 3 * count && grey.count >= count)
  unsafe rgb.withUnsafeBufferPointer { rgb in
    unsafe grey.withUnsafeMutableBufferPointer { grey in
      guard let source = rgb.baseAddress, let target = grey.baseAddress else { return }
      unsafe ckernels_luma(source, Int32(count), target)
    }
  }
}

/// Sobel's 3 × 3 gradient, as `cv2.Sobel` with `BORDER_REFLECT_101`.
///
/// - Parameters:
///   - grey: at least `width * height` values, row by row; both sides at least 2.
///   - dx: towards the right, -1,020…1,020; the first `width * height` values are overwritten.
///   - dy: downwards, likewise.
package func sobel(
  _ grey: Span<UInt8>, width: Int, height: Int, dx: inout MutableSpan<Int16>, dy: inout MutableSpan<Int16>
) {
  let count = width * height
  precondition(width >= 2 && height >= 2 && grey.count >= count && dx.count >= count && dy.count >= count)
  unsafe grey.withUnsafeBufferPointer { grey in
    unsafe dx.withUnsafeMutableBufferPointer { dx in
      unsafe dy.withUnsafeMutableBufferPointer { dy in
        guard let source = grey.baseAddress, let right = dx.baseAddress, let down = dy.baseAddress else {
          return
        }
        unsafe ckernels_sobel(source, Int32(width), Int32(height), right, down)
      }
    }
  }
}
