import Kernels

/// A fully connected layer, or several side by side that see the same input.
struct Linear: Sendable {
  /// No layer has more numbers on one side.
  static let maximumWidth = 1 << 14

  private let matrix: PanelMatrix

  /// - Parameters:
  ///   - names: of layers with a `.weight` (outputs × inputs) and a `.bias` each; their outputs lie side by side.
  ///   - outputs: of each; nil for any number.
  init(
    _ names: [String], inputs: Int, outputs: Int?, _ reader: inout NetworkReader, in bytes: Span<UInt8>
  ) throws(SafeTensorsError) {
    var weights: [Float] = []
    var bias: [Float] = []
    for name in names {
      let shape = try reader.shape(of: name + ".weight")
      guard shape.count == 2, (1...Self.maximumWidth).contains(shape[0]), outputs ?? shape[0] == shape[0],
        shape[1] == inputs
      else {
        let expected = outputs.map(String.init) ?? "any number up to \(Self.maximumWidth)"
        throw .wrongShape(tensor: name + ".weight", shape: shape, expected: "\(expected) x \(inputs)")
      }
      weights += try reader.take(name + ".weight", in: bytes)
      bias += try reader.vector(name + ".bias", count: shape[0], in: bytes)
    }
    matrix = PanelMatrix(weights: weights, bias: bias)
  }

  var outputs: Int { matrix.columns }

  /// - Parameters:
  ///   - input: `rows` rows, or more.
  ///   - output: as many rows of `outputs` numbers, or more.
  func run(_ input: [Float], rows: Int, into output: inout [Float]) {
    var target = output.mutableSpan
    matrix.multiply(input.span, rows: rows, into: &target)
  }
}

/// Layer normalisation with its gain and bias.
struct LayerNorm: Sendable {
  private let gain, bias: [Float]
  private let epsilon: Float

  init(
    _ name: String, width: Int, epsilon: Float, _ reader: inout NetworkReader, in bytes: Span<UInt8>
  ) throws(SafeTensorsError) {
    gain = try reader.vector(name + ".weight", count: width, in: bytes)
    bias = try reader.vector(name + ".bias", count: width, in: bytes)
    self.epsilon = epsilon
  }

  /// Normalises the first rows of `states`, after the same rows of `delta` are added to them.
  func run(_ states: inout [Float], rows: Int, adding delta: [Float]? = nil) {
    var target = states.mutableSpan
    layerNormalise(
      &target, rows: rows, adding: delta?.span, gain: gain.span, bias: bias.span, epsilon: epsilon)
  }
}
