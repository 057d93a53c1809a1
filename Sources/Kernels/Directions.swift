import CKernels

/// The direction of a gradient in 8 bins and its strength.
///
/// - Parameters:
///   - dx: at least `count` values, -1,020…1,020.
///   - dy: likewise.
///   - least: a strength up to this counts as none.
///   - bins: at least `count` values; the first get the nearest multiple of 45°, 0…7, from (1, 0) towards (0, 1).
///   - strengths: at least `count` values; the first get ⌊√(dx² + dy²)⌋, or 0.
package func directions(
  _ dx: Span<Int16>, _ dy: Span<Int16>, count: Int, least: Int, bins: inout MutableSpan<UInt8>,
  strengths: inout MutableSpan<UInt16>
) {
  precondition(count >= 0 && dx.count >= count && dy.count >= count && least >= 0)
  precondition(bins.count >= count && strengths.count >= count)
  unsafe dx.withUnsafeBufferPointer { dx in
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe bins.withUnsafeMutableBufferPointer { bins in
        unsafe strengths.withUnsafeMutableBufferPointer { strengths in
          guard let right = dx.baseAddress, let down = dy.baseAddress, let out = bins.baseAddress,
            let lengths = strengths.baseAddress
          else { return }
          unsafe ckernels_directions(right, down, Int32(count), Int32(least), out, lengths)
        }
      }
    }
  }
}

/// How strongly direction i comes with direction j at a displacement: sums of the lesser of both strengths over all pairs
/// of pixels in the picture.
///
/// - Parameters:
///   - bins: of `directions`, 0…7, at least `width * height`.
///   - strengths: of `directions`.
///   - distance: d, in pixels, at least 1.
///   - scratch: at least `width` values.
///   - sums: at least 256 values; the first get 64 for each of the displacements (d, 0), (0, d), (d, d), (-d, d), 8i + j
///     for a pixel of direction i and one of direction j at the displacement from it.
package func directionCooccurrence(
  _ bins: Span<UInt8>, _ strengths: Span<UInt16>, width: Int, height: Int, distance: Int,
  scratch: inout MutableSpan<Int32>, sums: inout MutableSpan<UInt32>
) {
  let count = width * height
  precondition(width >= 1 && height >= 1 && bins.count >= count && strengths.count >= count)
  precondition(distance >= 1 && scratch.count >= width && sums.count >= 256)
  unsafe bins.withUnsafeBufferPointer { bins in
    unsafe strengths.withUnsafeBufferPointer { strengths in
      unsafe scratch.withUnsafeMutableBufferPointer { scratch in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          guard let directions = bins.baseAddress, let lengths = strengths.baseAddress,
            let active = scratch.baseAddress, let out = sums.baseAddress
          else { return }
          unsafe ckernels_direction_pairs(
            directions, lengths, Int32(width), Int32(height), Int32(distance), active, out)
        }
      }
    }
  }
}
