import CKernels

/// The log-polar histograms of points about each other: 60 counts for each, 5 rings of 12 sectors of 30°.
///
/// - Parameters:
///   - x: in pixels; at most 512.
///   - y: as many.
///   - radii: the squared outer radii of the 5 rings, rising.
///   - histograms: at least 60 values for each point. Sector 0 begins at (1, 0) and they turn towards (0, 1). Points at
///     the very same place and those beyond the last ring are not counted.
package func shapeContexts(
  _ x: Span<Float>, _ y: Span<Float>, radii: Span<Float>, histograms: inout MutableSpan<Float>
) {
  let count = x.count
  precondition(count <= 512 && y.count == count && radii.count == 5 && histograms.count >= 60 * count)
  unsafe x.withUnsafeBufferPointer { x in
    unsafe y.withUnsafeBufferPointer { y in
      unsafe radii.withUnsafeBufferPointer { radii in
        unsafe histograms.withUnsafeMutableBufferPointer { histograms in
          guard let across = x.baseAddress, let down = y.baseAddress, let rings = radii.baseAddress,
            let out = histograms.baseAddress
          else { return }
          unsafe ckernels_shape_contexts(across, down, Int32(count), rings, out)
        }
      }
    }
  }
}

/// The word of the largest inner product for each vector; the first of equals.
///
/// - Parameters:
///   - vectors: `nearest.count` rows of `dimension` numbers.
///   - transposed: `dimension` rows of `words` numbers.
///   - words: a multiple of 8, at most 256.
package func nearestWords(
  _ vectors: Span<Float>, transposed: Span<Float>, words: Int, dimension: Int,
  nearest: inout MutableSpan<Int32>
) {
  precondition(words.isMultiple(of: 8) && (8...256).contains(words) && dimension >= 1)
  precondition(vectors.count >= nearest.count * dimension && transposed.count >= words * dimension)
  let count = nearest.count
  unsafe vectors.withUnsafeBufferPointer { vectors in
    unsafe transposed.withUnsafeBufferPointer { transposed in
      unsafe nearest.withUnsafeMutableBufferPointer { nearest in
        guard let rows = vectors.baseAddress, let matrix = transposed.baseAddress,
          let out = nearest.baseAddress
        else { return }
        unsafe ckernels_nearest_words(rows, Int32(count), matrix, Int32(words), Int32(dimension), out)
      }
    }
  }
}
