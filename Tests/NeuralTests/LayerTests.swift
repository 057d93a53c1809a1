import Kernels
import Neural
import Testing

/// Convolutions and statistics against PyTorch's.
@Suite struct LayerTests {
  private static let cases = 0..<7

  private struct Layer {
    let shape: ConvolutionShape
    let input, output, before, sum: FeatureMap
    let weights, bias, moments: [Float]

    init(_ number: Int) throws {
      let golden = try Golden("layers")
      let name = "case\(number)"
      input = try golden.map(name + ".input")
      output = try golden.map(name + ".output")
      before = try golden.map(name + ".before")
      sum = try golden.map(name + ".sum")
      moments = try golden.values(name + ".moments")
      let weight = try golden.shape(name + ".weight")
      shape = ConvolutionShape(
        channels: weight[1], filters: weight[0], kernel: weight[2],
        stride: try #require(golden.tensors.metadata[name].flatMap { Int($0) }), inputWidth: input.width,
        inputHeight: input.height)
      weights = shape.packed(weights: try golden.values(name + ".weight"))
      bias = shape.packed(biases: try golden.values(name + ".bias"))
    }

    func run(_ tile: ConvolutionShape.Tile, adds: Bool, onto start: FeatureMap) -> FeatureMap {
      var result = start
      var target = result.values.mutableSpan
      shape.convolve(
        input.values.span, weights: weights.span, bias: bias.span, adds: adds, rectifies: true, tile: tile,
        into: &target)
      return result
    }
  }

  @Test(arguments: cases, ConvolutionShape.Tile.allCases)
  func convolution(number: Int, tile: ConvolutionShape.Tile) throws {
    let layer = try Layer(number)
    // Whatever was there is overwritten, but for the border.
    var start = layer.output
    for i in start.values.indices where start.values[i] != 0 { start.values[i] = 1000 }
    #expect(relativeDifference(layer.run(tile, adds: false, onto: start).values, layer.output.values) < 1e-5)
  }

  @Test(arguments: cases, ConvolutionShape.Tile.allCases)
  func convolutionThatAdds(number: Int, tile: ConvolutionShape.Tile) throws {
    let layer = try Layer(number)
    let result = layer.run(tile, adds: true, onto: layer.before)
    #expect(relativeDifference(result.values, layer.sum.values) < 1e-5)
  }

  @Test(arguments: cases)
  func moments(number: Int) throws {
    let layer = try Layer(number)
    let map = layer.output
    var statistics = [Float](repeating: .nan, count: 2 * map.channels + 2)
    var target = statistics.mutableSpan
    channelMoments(
      map.values.span, width: map.width, height: map.height, channels: map.channels, epsilon: 1e-4, means: 1,
      deviations: 1 + map.channels, in: &target)
    #expect(relativeDifference(Array(statistics.dropFirst().dropLast()), layer.moments) < 1e-5)
    #expect(statistics[0].isNaN && statistics[2 * map.channels + 1].isNaN)
  }

  @Test func convolutionByHand() {
    // One channel, 2 × 2 positions; the kernel adds the right neighbour to twice the position itself.
    let shape = ConvolutionShape(
      channels: 1, filters: 1, kernel: 3, stride: 1, inputWidth: 2, inputHeight: 2)
    var input = FeatureMap(width: 2, height: 2, channels: 1)
    for (i, value) in [Float(1), 2, 3, -4].enumerated() {
      input.values[input.offset(x: i % 2, y: i / 2)] = value
    }
    var output = FeatureMap(width: 2, height: 2, channels: 1)
    var target = output.values.mutableSpan
    let weights = shape.packed(weights: [0, 0, 0, 0, 2, 1, 0, 0, 0])
    let bias = shape.packed(biases: [0.5])
    shape.convolve(
      input.values.span, weights: weights.span, bias: bias.span, adds: false, rectifies: true, into: &target)
    #expect(output.values == [0, 0, 0, 0, 0, 4.5, 4.5, 0, 0, 2.5, 0, 0, 0, 0, 0, 0])
  }
}
