import CKernels

/// The circular moments of a gradient's orientation in `side` × `side` cells.
///
/// - Parameters:
///   - dx: at least `width * height` values, row by row.
///   - dy: likewise.
///   - scratch: at least `7 * width` values.
///   - cells: at least `7 * side * side` values, cell by cell in rows: the means over the cell's pixels of m, m cos 2θ,
///     m sin 2θ, m cos 4θ, m sin 4θ, m cos 6θ and m sin 6θ, where (dx, dy) = 4m (cos θ, sin θ). Pixel (x, y) belongs to
///     cell (⌊side·y / height⌋, ⌊side·x / width⌋); a cell without pixels gets zeros.
package func orientationCells(
  _ dx: Span<Int16>, _ dy: Span<Int16>, width: Int, height: Int, side: Int, scratch: inout MutableSpan<Float>,
  cells: inout MutableSpan<Float>
) {
  let count = width * height
  precondition(width >= 1 && height >= 1 && dx.count >= count && dy.count >= count)
  precondition(side >= 1 && scratch.count >= 7 * width && cells.count >= 7 * side * side)
  unsafe dx.withUnsafeBufferPointer { dx in
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe scratch.withUnsafeMutableBufferPointer { scratch in
        unsafe cells.withUnsafeMutableBufferPointer { cells in
          guard let right = dx.baseAddress, let down = dy.baseAddress, let sums = scratch.baseAddress,
            let out = cells.baseAddress
          else { return }
          unsafe ckernels_orientation_cells(right, down, Int32(width), Int32(height), Int32(side), sums, out)
        }
      }
    }
  }
}

/// Sums of `step` × `step` pixels from the top left: ⌊width / step⌋ × ⌊height / step⌋ of them, row by row.
///
/// - Parameters:
///   - grey: at least `width * height` values.
///   - step: 1…16.
///   - scratch: at least `width` values.
package func blockSums(
  _ grey: Span<UInt8>, width: Int, height: Int, step: Int, scratch: inout MutableSpan<UInt16>,
  sums: inout MutableSpan<Int32>
) {
  precondition(width >= 1 && height >= 1 && grey.count >= width * height && (1...16).contains(step))
  precondition(scratch.count >= width && sums.count >= (width / step) * (height / step))
  unsafe grey.withUnsafeBufferPointer { grey in
    unsafe scratch.withUnsafeMutableBufferPointer { scratch in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        guard let source = grey.baseAddress, let columns = scratch.baseAddress, let out = sums.baseAddress
        else { return }
        unsafe ckernels_block_sums(source, Int32(width), Int32(height), Int32(step), columns, out)
      }
    }
  }
}

/// The means of a grey picture and of its gradient's magnitudes in `side` × `side` cells, row by row.
///
/// Pixel (x, y) belongs to cell (⌊side·y / height⌋, ⌊side·x / width⌋); a cell without pixels gets 0.
///
/// - Parameters:
///   - grey: at least `width * height` values.
///   - magnitude: likewise.
///   - scratch: at least `2 * width` values.
///   - tones: at least `side * side` values.
///   - energies: likewise.
package func tonesAndEnergies(
  _ grey: Span<UInt8>, _ magnitude: Span<UInt16>, width: Int, height: Int, side: Int,
  scratch: inout MutableSpan<UInt32>, tones: inout MutableSpan<Float>, energies: inout MutableSpan<Float>
) {
  let count = width * height
  precondition(width >= 1 && height >= 1 && side >= 1 && grey.count >= count && magnitude.count >= count)
  precondition(scratch.count >= 2 * width && tones.count >= side * side && energies.count >= side * side)
  unsafe grey.withUnsafeBufferPointer { grey in
    unsafe magnitude.withUnsafeBufferPointer { magnitude in
      unsafe scratch.withUnsafeMutableBufferPointer { scratch in
        unsafe tones.withUnsafeMutableBufferPointer { tones in
          unsafe energies.withUnsafeMutableBufferPointer { energies in
            guard let pixels = grey.baseAddress, let strengths = magnitude.baseAddress,
              let sums = scratch.baseAddress, let tone = tones.baseAddress, let energy = energies.baseAddress
            else { return }
            unsafe ckernels_tones_and_energies(
              pixels, strengths, Int32(width), Int32(height), Int32(side), sums, tone, energy)
          }
        }
      }
    }
  }
}
