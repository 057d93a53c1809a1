import CKernels

/// Means of 2 × 2 pixels, rounded half up; a last odd column or row is left out.
///
/// - Parameters:
///   - plane: at least `width * height` values, row by row.
///   - half: the first `(width / 2) * (height / 2)` values are overwritten.
package func halve(_ plane: Span<UInt8>, width: Int, height: Int, into half: inout MutableSpan<UInt8>) {
  precondition(width >= 0 && height >= 0 && plane.count >= width * height)
  precondition(half.count >= (width / 2) * (height / 2))
  unsafe plane.withUnsafeBufferPointer { plane in
    unsafe half.withUnsafeMutableBufferPointer { half in
      guard let source = plane.baseAddress, let target = half.baseAddress else { return }
      unsafe ckernels_halve(source, Int32(width), Int32(height), target)
    }
  }
}

/// The opponent colours of interleaved 8-bit pixels as bytes: (R − G + 256) / 2 and (R + G − 2 B + 510) / 4, rounded
/// down, after van de Sande, Gevers & Snoek 2010 (doi:10.1109/TPAMI.2009.154) but for the scale.
///
/// - Parameters:
///   - rgb: at least `3 * count` values.
///   - redGreen, yellowBlue: the first `count` values are overwritten.
package func opponentColours(
  _ rgb: Span<UInt8>, count: Int, redGreen: inout MutableSpan<UInt8>, yellowBlue: inout MutableSpan<UInt8>
) {
  precondition(count >= 0 && rgb.count >= 3 * count && redGreen.count >= count && yellowBlue.count >= count)
  unsafe rgb.withUnsafeBufferPointer { rgb in
    unsafe redGreen.withUnsafeMutableBufferPointer { redGreen in
      unsafe yellowBlue.withUnsafeMutableBufferPointer { yellowBlue in
        guard let source = rgb.baseAddress, let first = redGreen.baseAddress,
          let second = yellowBlue.baseAddress
        else { return }
        unsafe ckernels_opponents(source, Int32(count), first, second)
      }
    }
  }
}

/// Means of a plane over `columns` × `rows` cells, which are shares of it: cell c of n along a side of s pixels has
/// c s / n ..< (c + 1) s / n, rounded down, and at least the first of them.
///
/// - Parameters:
///   - plane: at least `width * height` values, row by row; neither is 0.
///   - room: `width` values to work in.
///   - means: the first `columns * rows` values are overwritten, row by row.
package func cellMeans(
  _ plane: Span<Float>, width: Int, height: Int, columns: Int, rows: Int, room: inout MutableSpan<Float>,
  into means: inout MutableSpan<Float>
) {
  precondition(width > 0 && height > 0 && columns > 0 && rows > 0 && plane.count >= width * height)
  precondition(room.count >= width && means.count >= columns * rows)
  unsafe plane.withUnsafeBufferPointer { plane in
    unsafe room.withUnsafeMutableBufferPointer { room in
      unsafe means.withUnsafeMutableBufferPointer { means in
        guard let source = plane.baseAddress, let sums = room.baseAddress, let target = means.baseAddress
        else { return }
        unsafe ckernels_cell_means(
          source, Int32(width), Int32(height), Int32(columns), Int32(rows), sums, target)
      }
    }
  }
}

/// The mean and the standard deviation (of the population) of numbers; zeros for none.
package func meanAndDeviation(_ values: Span<Float>) -> (mean: Double, deviation: Double) {
  guard !values.isEmpty else { return (0, 0) }
  var sum = 0.0
  var squares = 0.0
  unsafe values.withUnsafeBufferPointer { values in
    guard let source = values.baseAddress else { return }
    unsafe ckernels_moments(source, Int32(values.count), &sum, &squares)
  }
  let mean = sum / Double(values.count)
  return (mean, max(0, squares / Double(values.count) - mean * mean).squareRoot())
}
