import CKernels

/// Histograms of the orientation of gradients over cells, weighted by their magnitude.
///
/// - Parameters:
///   - dx, dy: the gradient, at least `width * height` values each.
///   - columns, rows: cells; their bounds are those of `cellMeans`.
///   - bins: of 180° together, from 0° (towards the right).
///   - soft: a pixel counts for the two bins whose centres lie about its orientation, by nearness; else for its bin.
///   - room: `(bins + 2) * width` values to work in.
///   - histograms: `columns * rows * bins` sums, cell by cell; overwritten.
package func orientationHistograms(
  dx: Span<Int16>, dy: Span<Int16>, width: Int, height: Int, columns: Int, rows: Int, bins: Int, soft: Bool,
  room: inout MutableSpan<Float>, into histograms: inout MutableSpan<Float>
) {
  precondition(width > 0 && height > 0 && columns > 0 && rows > 0 && bins > 1)
  precondition(dx.count >= width * height && dy.count >= width * height)
  precondition(room.count >= (bins + 2) * width && histograms.count >= columns * rows * bins)
  unsafe dx.withUnsafeBufferPointer { dx in
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe room.withUnsafeMutableBufferPointer { room in
        unsafe histograms.withUnsafeMutableBufferPointer { histograms in
          guard let right = dx.baseAddress, let down = dy.baseAddress, let space = room.baseAddress,
            let target = histograms.baseAddress
          else { return }
          unsafe ckernels_orientation_histograms(
            right, down, Int32(width), Int32(height), Int32(columns), Int32(rows), Int32(bins), soft ? 1 : 0,
            space, target)
        }
      }
    }
  }
}

/// Sums of the structure tensor's products over blocks of `side` × `side` pixels, ⌊width / side⌋ × ⌊height / side⌋ of
/// them; what is left over at the right and below is left out.
///
/// - Parameters:
///   - dx, dy: the gradient, at least `width * height` values each.
///   - room: `3 * width` values to work in.
///   - xx, xy, yy: sums of dx dx, dx dy and dy dy, block by block; overwritten.
package func tensorBlocks(
  dx: Span<Int16>, dy: Span<Int16>, width: Int, height: Int, side: Int, room: inout MutableSpan<Int32>,
  xx: inout MutableSpan<Float>, xy: inout MutableSpan<Float>, yy: inout MutableSpan<Float>
) {
  precondition(side >= 1 && side <= 64 && width >= side && height >= side)
  precondition(dx.count >= width * height && dy.count >= width * height && room.count >= 3 * width)
  let blocks = (width / side) * (height / side)
  precondition(xx.count >= blocks && xy.count >= blocks && yy.count >= blocks)
  unsafe dx.withUnsafeBufferPointer { dx in
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe room.withUnsafeMutableBufferPointer { room in
        unsafe xx.withUnsafeMutableBufferPointer { xx in
          unsafe xy.withUnsafeMutableBufferPointer { xy in
            unsafe yy.withUnsafeMutableBufferPointer { yy in
              guard let right = dx.baseAddress, let down = dy.baseAddress, let space = room.baseAddress,
                let xx = xx.baseAddress, let xy = xy.baseAddress, let yy = yy.baseAddress
              else { return }
              unsafe ckernels_tensor_blocks(
                right, down, Int32(width), Int32(height), Int32(side), space, xx, xy, yy)
            }
          }
        }
      }
    }
  }
}

/// What structure tensors say, each number of `count` tensors in a row of its own: `measures[m * count + i]`.
///
/// - Parameters:
///   - tensors: rows of xx, xy, yy, `count` each.
///   - scale: makes means of sums.
///   - floor: energy (after scaling) below which there is no orientation to speak of.
///   - measures: energy log (1 + √(xx + yy)); coherence D / (xx + yy + floor), 0…1, where D = |(xx − yy, 2 xy)|; its
///     parts along (xx − yy, 2 xy); the angle of that vector in turns, 0..<1. `5 * count` values, overwritten.
package func tensorMeasures(
  _ tensors: Span<Float>, count: Int, scale: Float, floor: Float, into measures: inout MutableSpan<Float>
) {
  precondition(count >= 0 && tensors.count >= 3 * count && measures.count >= 5 * count && floor > 0)
  unsafe tensors.withUnsafeBufferPointer { tensors in
    unsafe measures.withUnsafeMutableBufferPointer { measures in
      guard let source = tensors.baseAddress, let target = measures.baseAddress else { return }
      unsafe ckernels_tensor_measures(
        source, source + count, source + 2 * count, Int32(count), scale, floor, target, target + count,
        target + 2 * count, target + 3 * count, target + 4 * count)
    }
  }
}

/// Histogram of the orientation modulo 180° of the gradients with |dx| + |dy| ≥ `threshold`, in `bins` from 0°, and how
/// many these gradients are.
///
/// - Parameters:
///   - dx, dy: at least `width * height` values each.
///   - bins: 2…255.
///   - room: `width` bytes to work in.
package func strongOrientations(
  dx: Span<Int16>, dy: Span<Int16>, width: Int, height: Int, threshold: Int, bins: Int,
  room: inout MutableSpan<UInt8>
) -> (counts: [UInt32], total: Int) {
  precondition(width > 0 && height > 0 && bins > 1 && bins < 256 && room.count >= width)
  precondition(dx.count >= width * height && dy.count >= width * height)
  var counts = [UInt32](repeating: 0, count: bins + 1)
  unsafe dx.withUnsafeBufferPointer { dx in
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe room.withUnsafeMutableBufferPointer { room in
        guard let right = dx.baseAddress, let down = dy.baseAddress, let space = room.baseAddress else {
          return
        }
        unsafe ckernels_strong_orientations(
          right, down, Int32(width), Int32(height), Int32(threshold), Int32(bins), space, &counts)
      }
    }
  }
  return (Array(counts.prefix(bins)), Int(counts[bins]))
}
