import CKernels

/// A square convolution over maps that are stored position by position, the channels of one position side by side, with a
/// border of one position of zeros all around.
///
/// It keeps the side of the map (padding kernel / 2) or divides it by the stride, rounded up.
package struct ConvolutionShape: Hashable, Sendable {
  /// Filters are computed so many at a time.
  private static let group = Int(CKERNELS_FILTER_GROUP)

  /// Numbers of a position of the input, and of the output.
  package let channels, filters: Int
  /// 1 or 3: its side.
  package let kernel: Int
  package let stride: Int
  /// Of the input, without its border.
  package let inputWidth, inputHeight: Int

  /// - Precondition: all are positive, the kernel is 1 or 3.
  package init(channels: Int, filters: Int, kernel: Int, stride: Int, inputWidth: Int, inputHeight: Int) {
    precondition(channels > 0 && filters > 0 && stride > 0 && inputWidth > 0 && inputHeight > 0)
    precondition(kernel == 1 || kernel == 3)
    self.channels = channels
    self.filters = filters
    self.kernel = kernel
    self.stride = stride
    self.inputWidth = inputWidth
    self.inputHeight = inputHeight
  }

  /// Of the output, without its border.
  package var width: Int { (inputWidth + stride - 1) / stride }
  package var height: Int { (inputHeight + stride - 1) / stride }
  /// Numbers of the input and of the output, with their borders.
  package var inputCount: Int { (inputWidth + 2) * (inputHeight + 2) * channels }
  package var outputCount: Int { (width + 2) * (height + 2) * filters }

  private var groups: Int { (filters + Self.group - 1) / Self.group }
  private var weightCount: Int { groups * Self.group * kernel * kernel * channels }

  /// Weights in the order in which they are used: group of 16 filters, row, column and channel of the kernel, filter.
  ///
  /// - Parameter weights: filters × channels × kernel rows × kernel columns, as PyTorch and ONNX have them.
  package func packed(weights: [Float]) -> [Float] {
    let area = kernel * kernel
    precondition(weights.count == filters * channels * area, "\(weights.count) weights")
    var packed = [Float](repeating: 0, count: weightCount)
    for filter in 0..<filters {
      let base = filter / Self.group * Self.group * area * channels + filter % Self.group
      for channel in 0..<channels {
        for place in 0..<area {
          packed[base + Self.group * (place * channels + channel)] =
            weights[(filter * channels + channel) * area + place]
        }
      }
    }
    return packed
  }

  /// Biases, with zeros for the filters that the last group lacks.
  package func packed(biases: [Float]) -> [Float] {
    precondition(biases.count == filters, "\(biases.count) biases")
    return biases + [Float](repeating: 0, count: groups * Self.group - filters)
  }

  /// How many positions are computed side by side: 6 fill the registers of AVX2, 12 those of AVX-512.
  package enum Tile: Int32, CaseIterable, Sendable {
    case six = 6
    case twelve = 12

    /// What suits this machine.
    package static let best = Tile(rawValue: ckernels_convolution_positions()) ?? .six
  }

  /// `output = input ∗ weights + bias` (cross-correlation, as neural networks have it).
  ///
  /// - Parameters:
  ///   - input: `inputCount` numbers, the border zeros.
  ///   - weights: as `packed(weights:)` gives them.
  ///   - bias: as `packed(biases:)` gives them.
  ///   - adds: to what the output holds, rather than in place of it.
  ///   - rectifies: what is negative then becomes 0.
  ///   - output: `outputCount` numbers; its border is left as it is.
  package func convolve(
    _ input: Span<Float>, weights: Span<Float>, bias: Span<Float>, adds: Bool, rectifies: Bool,
    tile: Tile = .best, into output: inout MutableSpan<Float>
  ) {
    precondition(input.count == inputCount && output.count == outputCount)
    precondition(weights.count == weightCount && bias.count == groups * Self.group)
    var what = ckernels_convolution(
      channels: Int32(channels), filters: Int32(filters), kernel: Int32(kernel), stride: Int32(stride),
      input_width: Int32(inputWidth), width: Int32(width), height: Int32(height), adds: adds ? 1 : 0,
      rectifies: rectifies ? 1 : 0)
    unsafe input.withUnsafeBufferPointer { input in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe bias.withUnsafeBufferPointer { bias in
          unsafe output.withUnsafeMutableBufferPointer { output in
            guard let from = input.baseAddress, let weight = weights.baseAddress, let add = bias.baseAddress,
              let to = output.baseAddress
            else { return }
            unsafe ckernels_convolve(&what, from, weight, add, to, tile.rawValue)
          }
        }
      }
    }
  }
}
