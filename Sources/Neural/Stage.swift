import Kernels

/// A stage of the network: halves the side of the map, then some bottlenecks, each x + 1×1(3×3(1×1(x))) (He et al. 2016,
/// doi:10.1109/CVPR.2016.90).
struct Stage: Sendable {
  private struct Bottleneck: Sendable {
    let reduce, mix, expand: Convolution
  }

  let down: Convolution
  private let blocks: [Bottleneck]

  private(set) var output: FeatureMap
  private var reduced: FeatureMap
  private var mixed: FeatureMap

  /// - Parameters:
  ///   - number: from 1.
  ///   - before: what makes its input.
  init(
    number: Int, after before: ConvolutionShape, _ reader: inout NetworkReader, in bytes: Span<UInt8>
  ) throws(SafeTensorsError) {
    let name = "stage\(number)"
    down = try reader.convolution(
      name + ".down", kernel: 3, stride: 2, width: before.width, height: before.height,
      channels: before.filters,
      in: bytes)
    let (width, height, channels) = (down.shape.width, down.shape.height, down.shape.filters)
    var blocks: [Bottleneck] = []
    while blocks.isEmpty || reader.has("\(name).block\(blocks.count + 1).reduce.weight") {
      let block = "\(name).block\(blocks.count + 1)"
      let reduce = try reader.convolution(
        block + ".reduce", kernel: 1, stride: 1, width: width, height: height, channels: channels, in: bytes)
      let inner = reduce.shape.filters
      // All blocks of a stage share their maps.
      if let first = blocks.first, first.reduce.shape.filters != inner {
        throw .wrongShape(
          tensor: block + ".reduce.weight", shape: [inner, channels, 1, 1],
          expected: "\(first.reduce.shape.filters) x \(channels) x 1 x 1")
      }
      blocks.append(
        Bottleneck(
          reduce: reduce,
          mix: try reader.convolution(
            block + ".mix", kernel: 3, stride: 1, width: width, height: height, channels: inner,
            filters: inner,
            in: bytes),
          expand: try reader.convolution(
            block + ".expand", kernel: 1, stride: 1, width: width, height: height, channels: inner,
            filters: channels, in: bytes)))
    }
    self.blocks = blocks
    output = down.room
    reduced = blocks[0].reduce.room
    mixed = blocks[0].mix.room
  }

  var channels: Int { down.shape.filters }

  /// Computes `output`, and the statistics of it; in the last stage also those of what goes into the last bottleneck.
  ///
  /// - Parameter place: where the statistics go; moved on by as many as there are.
  mutating func run(
    _ input: FeatureMap, isLast: Bool, epsilon: Float, statistics: inout [Float], at place: inout Int
  ) {
    down.run(input, into: &output)
    for (index, block) in blocks.enumerated() {
      if isLast && index == blocks.count - 1 { measure(epsilon, into: &statistics, at: &place) }
      block.reduce.run(output, into: &reduced)
      block.mix.run(reduced, into: &mixed)
      block.expand.run(mixed, adding: true, into: &output)
    }
    measure(epsilon, into: &statistics, at: &place)
  }

  private func measure(_ epsilon: Float, into statistics: inout [Float], at place: inout Int) {
    var target = statistics.mutableSpan
    channelMoments(
      output.values.span, width: output.width, height: output.height, channels: channels, epsilon: epsilon,
      means: place, deviations: place + channels, in: &target)
    place += 2 * channels
  }
}
