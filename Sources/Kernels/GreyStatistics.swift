import CKernels

/// Counts pairs of grey levels, sixteen of them, 16 grey values each: number 16 i + j is of pixels of level i that have one
/// of level j at (`dx`, `dy`) from them.
///
/// - Parameters:
///   - plane: at least `width * height` values, row by row.
///   - dy: not negative.
///   - step: every how manieth row is looked at.
///   - room: `width * height` bytes to work in.
package func cooccurrences(
  _ plane: Span<UInt8>, width: Int, height: Int, dx: Int, dy: Int, step: Int = 1,
  room: inout MutableSpan<UInt8>
) -> [UInt32] {
  precondition(dy >= 0 && step >= 1 && plane.count >= width * height && room.count >= width * height)
  var counts = [UInt32](repeating: 0, count: 256)
  guard abs(dx) < width, dy < height else { return counts }
  unsafe plane.withUnsafeBufferPointer { plane in
    unsafe room.withUnsafeMutableBufferPointer { room in
      guard let source = plane.baseAddress, let space = room.baseAddress else { return }
      unsafe ckernels_cooccurrences(
        source, Int32(width), Int32(height), Int32(dx), Int32(dy), Int32(step), space, &counts)
    }
  }
  return counts
}

/// Sums of products of the variables of a Gaussian Markov random field with ten pairs of neighbours: the lower triangle of
/// a 12 × 12 matrix, row by row.
///
/// Variable i < 10 is the sum of the pixels at ±(dx, dy), for (1, 0), (0, 1), (1, 1), (−1, 1), (2, 0), (0, 2), (2, 1),
/// (1, 2), (−2, 1), (−1, 2), variable 10 the pixel itself (all minus `level`), variable 11 the number 1. Exact.
///
/// - Parameters:
///   - plane: at least `width * height` values, row by row; 512 wide at most. Pixels nearer than 2 to the border are left out.
///   - step: every how manieth row is looked at.
///   - room: `12 * width` values to work in.
package func markovProducts(
  _ plane: Span<UInt8>, width: Int, height: Int, level: Int, step: Int = 1,
  room: inout MutableSpan<Int16>
) -> [Int64] {
  precondition(width <= 512 && step >= 1 && plane.count >= width * height && room.count >= 12 * width)
  var products = [Int64](repeating: 0, count: 144)
  guard width > 4, height > 4 else { return products }
  unsafe plane.withUnsafeBufferPointer { plane in
    unsafe room.withUnsafeMutableBufferPointer { room in
      guard let source = plane.baseAddress, let space = room.baseAddress else { return }
      unsafe ckernels_markov_products(
        source, Int32(width), Int32(height), Int32(level), Int32(step), space, &products)
    }
  }
  return products
}

/// The summed-area table of a plane: number (width + 1) y + x is the sum of the pixels before column x and row y.
///
/// - Parameters:
///   - plane: at least `width * height` values, row by row; 2²³ pixels at most.
///   - sums: the first `(width + 1) * (height + 1)` values are overwritten.
package func integralImage(
  _ plane: Span<UInt8>, width: Int, height: Int, into sums: inout MutableSpan<Int32>
) {
  precondition(width > 0 && height > 0 && width * height <= 1 << 23 && plane.count >= width * height)
  precondition(sums.count >= (width + 1) * (height + 1))
  unsafe plane.withUnsafeBufferPointer { plane in
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      guard let source = plane.baseAddress, let target = sums.baseAddress else { return }
      unsafe ckernels_integral(source, Int32(width), Int32(height), target)
    }
  }
}

/// How many pixels have their largest difference between neighbouring windows at windows of 2ᵏ pixels a side: number k − 1,
/// k = 1…`octaves`. The windows lie to the right and left, or above and below; of equal differences the smallest k counts.
///
/// - Parameters:
///   - integral: of `integralImage`.
///   - octaves: at least 1; 2^(octaves + 1) ≤ width, height. Pixels nearer than 2^octaves to the border are left out.
///   - step: every how manieth row is looked at.
///   - room: `2 * width` values to work in.
package func coarsenessCounts(
  _ integral: Span<Int32>, width: Int, height: Int, octaves: Int, step: Int, room: inout MutableSpan<Float>
) -> [UInt32] {
  precondition(octaves >= 1 && 2 << octaves <= min(width, height) && step >= 1)
  precondition(integral.count >= (width + 1) * (height + 1) && room.count >= 2 * width)
  var counts = [UInt32](repeating: 0, count: octaves)
  unsafe integral.withUnsafeBufferPointer { integral in
    unsafe room.withUnsafeMutableBufferPointer { room in
      guard let source = integral.baseAddress, let space = room.baseAddress else { return }
      unsafe ckernels_coarseness(
        source, Int32(width), Int32(height), Int32(octaves), Int32(step), space, &counts)
    }
  }
  return counts
}
