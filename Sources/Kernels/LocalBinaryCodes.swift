import CKernels

/// Neighbours at equal distances on a circle about a pixel, with what it takes to read the grey between pixels there.
///
/// Neighbour p of P lies at (R cos 2πp/P, −R sin 2πp/P), y downwards. Grey is interpolated bilinearly with weights in
/// 2⁻⁸, whose rounding is put on the largest, so that a flat area is flat in the interpolation too.
package struct CircleSampling: @unchecked Sendable {
  // Immutable; C's structures are not known to be Sendable.
  let samples: [ckernels_lbp_sample]
  /// Pixels nearer than this to the border have no full circle.
  package let margin: Int

  /// - Parameters:
  ///   - count: P, 2…64.
  ///   - radius: R in pixels, over 0.
  ///   - circle: (cos, sin) of 2πp/P.
  package init(radius: Double, circle: [(cosine: Double, sine: Double)]) {
    precondition(radius > 0 && circle.count >= 2 && circle.count <= 64)
    margin = Int(radius.rounded(.up))
    samples = circle.map { direction in
      // To 10⁻⁵ of a pixel, so that what is on the axes but for rounding is on them.
      let x = (radius * direction.cosine * 1e5).rounded() / 1e5
      let y = (-radius * direction.sine * 1e5).rounded() / 1e5
      let (left, top) = (x.rounded(.down), y.rounded(.down))
      let (right, down) = (x - left, y - top)
      let shares = [(1 - down) * (1 - right), (1 - down) * right, down * (1 - right), down * right]
      var weights = shares.map { Int((256 * $0).rounded()) }
      var largest = 0
      for i in 1..<4 where weights[i] > weights[largest] { largest = i }
      weights[largest] += 256 - weights.reduce(0, +)
      let w = weights.map { UInt16($0) }
      return ckernels_lbp_sample(dx: Int32(left), dy: Int32(top), weights: (w[0], w[1], w[2], w[3]))
    }
  }

  /// P.
  package var count: Int { samples.count }

  /// How many pixels of a plane have a code, where every `step`th row is looked at.
  package func codeCount(width: Int, height: Int, step: Int) -> Int {
    let rows = max(0, height - 2 * margin)
    return max(0, width - 2 * margin) * ((rows + step - 1) / step)
  }
}

/// The local binary codes of a plane: bit p of a pixel's code is set where neighbour p is not darker than the pixel.
///
/// - Parameters:
///   - plane: at least `width * height` values, row by row.
///   - sampling: at most 16 neighbours.
///   - step: every how manieth row is looked at.
///   - codes: the first `sampling.codeCount(…)` values are overwritten.
package func localBinaryCodes(
  _ plane: Span<UInt8>, width: Int, height: Int, sampling: CircleSampling, step: Int,
  into codes: inout MutableSpan<UInt16>
) {
  precondition(sampling.count <= 16 && step >= 1 && plane.count >= width * height)
  let count = sampling.codeCount(width: width, height: height, step: step)
  precondition(codes.count >= count)
  guard count > 0 else { return }
  unsafe plane.withUnsafeBufferPointer { plane in
    unsafe codes.withUnsafeMutableBufferPointer { codes in
      guard let source = plane.baseAddress, let target = codes.baseAddress else { return }
      unsafe ckernels_lbp_codes(
        source, Int32(width), Int32(height), sampling.samples, Int32(sampling.count), Int32(sampling.margin),
        Int32(step), target)
    }
  }
}

/// The rotation-invariant uniform pattern of each pixel: how many neighbours are not darker where, going round, that
/// changes at most twice, and P + 1 elsewhere.
///
/// - Parameters:
///   - plane: at least `width * height` values, row by row.
///   - step: every how manieth row is looked at.
///   - patterns: the first `sampling.codeCount(…)` values are overwritten.
package func uniformPatterns(
  _ plane: Span<UInt8>, width: Int, height: Int, sampling: CircleSampling, step: Int,
  into patterns: inout MutableSpan<UInt8>
) {
  precondition(step >= 1 && plane.count >= width * height)
  let count = sampling.codeCount(width: width, height: height, step: step)
  precondition(patterns.count >= count)
  guard count > 0 else { return }
  unsafe plane.withUnsafeBufferPointer { plane in
    unsafe patterns.withUnsafeMutableBufferPointer { patterns in
      guard let source = plane.baseAddress, let target = patterns.baseAddress else { return }
      unsafe ckernels_lbp_uniform(
        source, Int32(width), Int32(height), sampling.samples, Int32(sampling.count), Int32(sampling.margin),
        Int32(step), target)
    }
  }
}

/// How often each byte occurs in the first `count` values: 256 numbers.
package func byteCounts(_ values: Span<UInt8>, count: Int) -> [UInt32] {
  precondition(values.count >= count && count >= 0)
  var counts = [UInt32](repeating: 0, count: 256)
  unsafe values.withUnsafeBufferPointer { values in
    guard let source = values.baseAddress else { return }
    unsafe ckernels_count_bytes(source, Int32(count), &counts)
  }
  return counts
}

/// How often each bin occurs, where code c of the first `count` codes is in bin `bins[c]`: 256 numbers.
///
/// - Parameter bins: one for every code that occurs; 65,536 are enough for any.
package func binCounts(_ codes: Span<UInt16>, count: Int, bins: Span<UInt8>) -> [UInt32] {
  precondition(codes.count >= count && count >= 0 && bins.count == 65_536)
  var counts = [UInt32](repeating: 0, count: 256)
  unsafe codes.withUnsafeBufferPointer { codes in
    unsafe bins.withUnsafeBufferPointer { bins in
      guard let source = codes.baseAddress, let table = bins.baseAddress else { return }
      unsafe ckernels_count_codes(source, Int32(count), table, &counts)
    }
  }
  return counts
}
