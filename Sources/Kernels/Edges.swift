import CKernels

/// |dx| + |dy| of every pixel: the gradient's L1 norm.
///
/// - Parameters:
///   - dx: at least `count` values, -1,020…1,020.
///   - dy: likewise.
///   - magnitude: at least `count` values; the first `count` are overwritten.
package func l1Magnitude(
  _ dx: Span<Int16>, _ dy: Span<Int16>, count: Int, into magnitude: inout MutableSpan<UInt16>
) {
  precondition(count >= 0 && dx.count >= count && dy.count >= count && magnitude.count >= count)
  unsafe dx.withUnsafeBufferPointer { dx in
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe magnitude.withUnsafeMutableBufferPointer { magnitude in
        guard let right = dx.baseAddress, let down = dy.baseAddress, let out = magnitude.baseAddress else {
          return
        }
        unsafe ckernels_l1_magnitude(right, down, Int32(count), out)
      }
    }
  }
}

/// How many of the magnitudes, each divided by 2^`shift`, have which value; what is beyond the last bin counts for it.
package func magnitudeHistogram(
  _ magnitude: Span<UInt16>, count: Int, shift: Int, into histogram: inout MutableSpan<Int32>
) {
  precondition(count >= 0 && magnitude.count >= count && (0..<16).contains(shift) && histogram.count > 0)
  unsafe magnitude.withUnsafeBufferPointer { magnitude in
    unsafe histogram.withUnsafeMutableBufferPointer { histogram in
      guard let source = magnitude.baseAddress, let out = histogram.baseAddress else { return }
      unsafe ckernels_magnitude_histogram(source, Int32(count), Int32(shift), Int32(histogram.count), out)
    }
  }
}

/// Canny's edges, as `cv2.Canny(dx, dy, low, high)` with its default L1 norm.
///
/// - Parameters:
///   - dx: at least `width * height` values, row by row.
///   - dy: likewise.
///   - magnitude: `l1Magnitude` of them.
///   - scratch: at least `3 * (width + 2)` values.
///   - map: at least `(width + 2) * (height + 2)` values, which get 1 at an edge and 0 elsewhere and in the border
///     around.
///   - edges: at least `width * height` values; the first get `y * width + x` of the edge pixels in reading order.
/// - Returns: the number of edge pixels.
package func canny(
  _ dx: Span<Int16>, _ dy: Span<Int16>, _ magnitude: Span<UInt16>, width: Int, height: Int, low: Int,
  high: Int,
  scratch: inout MutableSpan<UInt16>, map: inout MutableSpan<UInt8>, edges: inout MutableSpan<Int32>
) -> Int {
  let count = width * height
  precondition(
    width >= 1 && height >= 1 && dx.count >= count && dy.count >= count && magnitude.count >= count)
  // Searched eight bytes at a time, up to seven of which may lie beyond the last row but one.
  precondition(width >= 6 && scratch.count >= 3 * (width + 2) && map.count >= (width + 2) * (height + 2))
  precondition(edges.count >= count && low >= 0 && high >= low)
  return unsafe dx.withUnsafeBufferPointer { dx in
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe magnitude.withUnsafeBufferPointer { magnitude in
        unsafe scratch.withUnsafeMutableBufferPointer { scratch in
          unsafe map.withUnsafeMutableBufferPointer { map in
            unsafe edges.withUnsafeMutableBufferPointer { edges in
              guard let right = dx.baseAddress, let down = dy.baseAddress,
                let strength = magnitude.baseAddress,
                let row = scratch.baseAddress, let out = map.baseAddress, let list = edges.baseAddress
              else { return 0 }
              return unsafe Int(
                ckernels_canny(
                  right, down, strength, Int32(width), Int32(height), Int32(low), Int32(high), row, out, list)
              )
            }
          }
        }
      }
    }
  }
}

/// The borders in a map of 0 and 1 (Suzuki & Abe 1985), as `cv2.findContours` with `RETR_LIST` and `CHAIN_APPROX_NONE`
/// gives them, in the order of their first points: outer borders anticlockwise, holes' clockwise, as seen on a screen.
///
/// - Parameters:
///   - map: at least `(width + 2) * (height + 2)` values with a border of 0; borders are marked in it.
///   - least: borders of fewer points are left out.
///   - scratch: as large as the map.
///   - points: gets x and y by turns; what no longer fits is left out.
///   - ends: gets the number of points up to the end of each border; what no longer fits is left out.
/// - Returns: the number of borders.
package func traceBorders(
  _ map: inout MutableSpan<UInt8>, width: Int, height: Int, least: Int, scratch: inout MutableSpan<UInt8>,
  points: inout MutableSpan<Int16>, ends: inout MutableSpan<Int32>
) -> Int {
  let size = (width + 2) * (height + 2)
  precondition(width >= 6 && height >= 1 && map.count >= size && scratch.count >= size && least >= 1)
  return unsafe map.withUnsafeMutableBufferPointer { map in
    unsafe scratch.withUnsafeMutableBufferPointer { scratch in
      unsafe points.withUnsafeMutableBufferPointer { points in
        unsafe ends.withUnsafeMutableBufferPointer { ends in
          guard let pixels = map.baseAddress, let neighbours = scratch.baseAddress,
            let out = points.baseAddress, let stops = ends.baseAddress
          else { return 0 }
          return unsafe Int(
            ckernels_trace(
              pixels, Int32(width), Int32(height), Int32(least), neighbours, out, Int32(points.count / 2),
              stops,
              Int32(ends.count)))
        }
      }
    }
  }
}

/// Adds to `counts` how many points of a closed contour bend by k · 22.5° and more, k = 0…7: the angle between the chords of
/// `step` points that end and begin there. No angle counts for 0, a full turn back for 7.
///
/// - Parameters:
///   - points: x and y by turns.
///   - range: the contour's points, at least `2 * step`.
///   - step: 1…32.
package func countBends(
  _ points: Span<Int16>, _ range: Range<Int>, step: Int, into counts: inout MutableSpan<Int32>
) {
  precondition((1...32).contains(step) && range.count >= 2 * step && counts.count >= 8)
  precondition(range.lowerBound >= 0 && points.count >= 2 * range.upperBound)
  unsafe points.withUnsafeBufferPointer { points in
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      guard let source = points.baseAddress, let out = counts.baseAddress else { return }
      unsafe ckernels_bends(source + 2 * range.lowerBound, Int32(range.count), Int32(step), out)
    }
  }
}
