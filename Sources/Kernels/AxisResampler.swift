import CKernels

/// How the pixels of one side of a picture are brought to another number: each new pixel is a weighted mean of old ones.
///
/// Fewer pixels are means over what each covers, in parts where it covers a pixel in part; more are interpolated linearly
/// between the centres of the old ones (OpenCV's `INTER_AREA` and `INTER_LINEAR`).
package struct AxisResampler: Sendable {
  /// Of the old side.
  package let length: Int
  /// For each new pixel: the first old one that counts, and how many do.
  package let first, counts: [Int32]
  /// The weights of all new pixels, one after another.
  package let weights: [Float]

  /// - Precondition: both are positive.
  package init(from length: Int, to count: Int) {
    precondition(length > 0 && count > 0)
    var first: [Int32] = []
    var counts: [Int32] = []
    var weights: [Float] = []
    let step = Double(length) / Double(count)
    for pixel in 0..<count {
      let shares: [(Int, Double)]
      if length > count {
        let (begin, end) = (Double(pixel) * step, Double(pixel + 1) * step)
        shares = (Int(begin)..<min(length, Int(end.rounded(.up)))).map { old in
          (old, (min(end, Double(old + 1)) - max(begin, Double(old))) / step)
        }
      } else {
        let centre = min(max((Double(pixel) + 0.5) * step - 0.5, 0), Double(length - 1))
        let old = min(Int(centre), max(length - 2, 0))
        let share = centre - Double(old)
        shares = share > 0 ? [(old, 1 - share), (old + 1, share)] : [(old, 1)]
      }
      first.append(Int32(shares[0].0))
      counts.append(Int32(shares.count))
      weights += shares.map { Float($0.1) }
    }
    self.length = length
    self.first = first
    self.counts = counts
    self.weights = weights
  }

  /// New pixels.
  package var count: Int { first.count }

  /// Brings a row of pixels of three numbers to the new length, as `(value − shift) · scale`.
  ///
  /// - Parameters:
  ///   - row: at least `3 * length` numbers.
  ///   - output: the first `3 * count` numbers from `place` on are overwritten.
  package func mix(
    _ row: Span<Float>, shift: Float, scale: Float, into output: inout MutableSpan<Float>, at place: Int
  ) {
    precondition(row.count >= 3 * length && place >= 0 && output.count >= place + 3 * count)
    unsafe row.withUnsafeBufferPointer { row in
      unsafe first.withUnsafeBufferPointer { first in
        unsafe counts.withUnsafeBufferPointer { counts in
          unsafe weights.withUnsafeBufferPointer { weights in
            unsafe output.withUnsafeMutableBufferPointer { output in
              guard let row = row.baseAddress, let first = first.baseAddress, let counts = counts.baseAddress,
                let weights = weights.baseAddress, let output = output.baseAddress
              else { return }
              unsafe ckernels_mix_pixels(
                row, first, counts, weights, Int32(count), shift, scale, output + place)
            }
          }
        }
      }
    }
  }
}
