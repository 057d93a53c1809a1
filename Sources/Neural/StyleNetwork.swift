import Kernels

/// The convolutional network behind the embedding: plain convolutions, ReLU and sums; means and deviations of several
/// maps; one linear map of them (`tools/train-embedding`, docs/embedding.md).
///
/// What it consists of follows from the tensors of its file:
///
/// | tensors | what |
/// | --- | --- |
/// | `stem` | convolution 3 × 3, stride 2, ReLU |
/// | `stageK.down`, K = 1, 2, … | convolution 3 × 3, stride 2, ReLU |
/// | `stageK.blockI.reduce`, `.mix`, `.expand`, I = 1, 2, … | convolutions 1 × 1, 3 × 3, each with ReLU, and 1 × 1; then the block's input is added, ReLU |
/// | `embedding` | linear map of the statistics, then L2 norm 1 |
///
/// each with `.weight` and `.bias`. Statistics are taken of every stage's output, and of what goes into the last block of
/// the last stage, before it: the means of the channels, then their deviations √(variance + 10⁻⁴). Style lives in
/// second-order statistics of early layers (Gatys, Ecker & Bethge 2016, doi:10.1109/CVPR.2016.265), content in late ones.
///
/// Owns its buffers, all made beforehand: one for each thread.
package struct StyleNetwork: Sendable {
  private static let epsilon: Float = 1e-4

  /// Sides of the input, in pixels.
  package let side: Int
  /// Numbers of the embedding.
  package let dimension: Int
  private let stem: Convolution
  private var stages: [Stage]
  private let weights: [Float]
  private let bias: [Float]

  private var stemMap: FeatureMap
  /// Of the last picture: what the embedding is a linear map of.
  package private(set) var statistics: [Float]

  /// A network of the tensors in a file.
  ///
  /// - Parameters:
  ///   - tensors: the file's table of contents.
  ///   - bytes: the whole file.
  ///   - side: of the input, in pixels; 16 to 1,024.
  package init(
    _ tensors: SafeTensors, in bytes: Span<UInt8>, side: Int
  ) throws(SafeTensorsError) {
    precondition((16...1024).contains(side))
    var reader = NetworkReader(tensors)
    self.side = side
    stem = try reader.convolution(
      "stem", kernel: 3, stride: 2, width: side, height: side, channels: 3, in: bytes)
    stages = []
    var map = stem.shape
    var sizes: [Int] = []
    while stages.isEmpty || reader.has("stage\(stages.count + 1).down.weight") {
      let stage = try Stage(number: stages.count + 1, after: map, &reader, in: bytes)
      stages.append(stage)
      sizes.append(stage.channels)
      map = stage.down.shape
    }
    sizes.append(stages[stages.count - 1].channels)
    let count = 2 * sizes.reduce(0, +)
    (dimension, weights) = try reader.matrix("embedding.weight", columns: count, in: bytes)
    bias = try reader.vector("embedding.bias", count: dimension, in: bytes)
    try reader.expectNothingElse()
    stemMap = stem.room
    statistics = [Float](repeating: 0, count: count)
  }

  /// The embedding of a picture: `dimension` numbers of L2 norm 1.
  ///
  /// A picture whose embedding has no direction or no end answers with the first axis.
  ///
  /// - Parameter input: `side` × `side` positions of 3 channels.
  package mutating func callAsFunction(_ input: FeatureMap) -> [Float] {
    precondition(input.width == side && input.height == side && input.channels == 3)
    stem.run(input, into: &stemMap)
    var place = 0
    for index in stages.indices {
      // Taken out first: a read within the call would overlap with the stage's change.
      let before = index == 0 ? stemMap : stages[index - 1].output
      stages[index].run(
        before, isLast: index == stages.count - 1, epsilon: Self.epsilon, statistics: &statistics, at: &place)
    }
    return embedding()
  }

  private func embedding() -> [Float] {
    var result = [Float](repeating: 0, count: dimension)
    var out = result.mutableSpan
    matrixVector(weights.span, statistics.span, into: &out)
    for i in out.indices { out[i] += bias[i] }
    guard allFinite(out.span), normalise(&out) > 0 else {
      for i in out.indices { out[i] = i == 0 ? 1 : 0 }
      return result
    }
    return result
  }
}
