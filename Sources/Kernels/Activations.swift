import CKernels

/// Each number x becomes the Gaussian error linear unit x · (1 + erf(x/√2)) / 2 (Hendrycks & Gimpel 2016, arXiv:1606.08415),
/// off by less than 10⁻⁶.
///
/// - Parameter count: of numbers from the first on; the others are left as they are.
package func gelu(_ values: inout MutableSpan<Float>, count: Int) {
  precondition(count <= values.count && count <= Int(Int32.max))
  unsafe values.withUnsafeMutableBufferPointer { values in
    guard let start = values.baseAddress else { return }
    unsafe ckernels_gelu(start, Int32(count))
  }
}

/// Each row becomes exp(scale · row) over the sum of that; relative error below 10⁻⁶, and one rounding of the exponent more.
///
/// - Parameters:
///   - rows: row by row, finite.
///   - columns: numbers of a row, not 0.
package func softmax(_ rows: inout MutableSpan<Float>, columns: Int, scale: Float) {
  precondition(columns > 0 && rows.count.isMultiple(of: columns) && rows.count <= Int(Int32.max))
  unsafe rows.withUnsafeMutableBufferPointer { rows in
    guard let start = rows.baseAddress else { return }
    unsafe ckernels_softmax(start, Int32(rows.count / columns), Int32(columns), Int32(columns), scale)
  }
}

/// Brings each row, after another is added to it, to mean 0 and variance 1, then to `gain` · row + `bias` (layer
/// normalisation: Ba, Kiros & Hinton 2016, arXiv:1607.06450).
///
/// - Parameters:
///   - values: row by row, each of as many numbers as `gain` has.
///   - rows: how many, from the first on; what is beyond is left as it is.
///   - added: as many rows, or more; nil for nothing.
///   - gain, bias: one number a column.
///   - epsilon: added to the variance.
package func layerNormalise(
  _ values: inout MutableSpan<Float>, rows: Int, adding added: Span<Float>? = nil, gain: Span<Float>,
  bias: Span<Float>, epsilon: Float
) {
  let width = gain.count
  precondition(width > 0 && bias.count == width && rows >= 0 && values.count >= rows * width)
  precondition(values.count <= Int(Int32.max) && (added?.count ?? values.count) >= rows * width)
  unsafe gain.withUnsafeBufferPointer { gain in
    unsafe bias.withUnsafeBufferPointer { bias in
      unsafe values.withUnsafeMutableBufferPointer { values in
        guard let to = values.baseAddress, let gain = gain.baseAddress, let bias = bias.baseAddress else {
          return
        }
        let (rows, width) = (Int32(rows), Int32(width))
        guard let added else {
          unsafe ckernels_layer_norm(to, nil, rows, width, gain, bias, epsilon)
          return
        }
        unsafe added.withUnsafeBufferPointer { added in
          unsafe ckernels_layer_norm(to, added.baseAddress, rows, width, gain, bias, epsilon)
        }
      }
    }
  }
}
