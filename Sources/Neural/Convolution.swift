import Kernels

/// A convolution with its weights, ready to run; batch normalisation is folded into them.
struct Convolution: Sendable {
  let shape: ConvolutionShape
  private let weights: [Float]
  private let bias: [Float]

  /// - Parameters:
  ///   - weights: filters × channels × kernel rows × kernel columns.
  ///   - bias: one a filter.
  init(_ shape: ConvolutionShape, weights: [Float], bias: [Float]) {
    self.shape = shape
    self.weights = shape.packed(weights: weights)
    self.bias = shape.packed(biases: bias)
  }

  /// A map of the right size for the output, all zeros.
  var room: FeatureMap { FeatureMap(width: shape.width, height: shape.height, channels: shape.filters) }

  /// Overwrites `output` (but for its border), or adds to it; then what is negative becomes 0.
  func run(_ input: FeatureMap, adding: Bool = false, into output: inout FeatureMap) {
    var target = output.values.mutableSpan
    shape.convolve(
      input.values.span, weights: weights.span, bias: bias.span, adds: adding, rectifies: true, into: &target)
  }
}
