import Neural
import Testing

@Suite struct StyleNetworkTests {
  private func input(_ golden: Golden) throws -> FeatureMap {
    let shape = try golden.shape("pixels")
    let pixels = try golden.values("pixels")
    var map = FeatureMap(width: shape[2], height: shape[1], channels: 3)
    for c in 0..<3 {
      for y in 0..<shape[1] {
        for x in 0..<shape[2] {
          map.values[map.offset(x: x, y: y) + c] =
            (pixels[(c * shape[1] + y) * shape[2] + x] - 127.5) * 0.015625
        }
      }
    }
    return map
  }

  @Test func agreesWithPyTorch() throws {
    let file = try Golden("tiny")
    let golden = try Golden("tiny-golden")
    var network = try StyleNetwork(file.tensors, in: file.bytes.span, side: 48)
    #expect(network.dimension == 12)
    let embedding = network(try input(golden))
    #expect(relativeDifference(network.statistics, try golden.values("statistics")) < 1e-4)
    #expect(relativeDifference(embedding, try golden.values("embedding")) < 1e-3)
  }

  @Test func onePictureLeavesNothingForTheNext() throws {
    let file = try Golden("tiny")
    let picture = try input(Golden("tiny-golden"))
    var network = try StyleNetwork(file.tensors, in: file.bytes.span, side: 48)
    let first = network(picture)
    var other = picture
    for i in other.values.indices where other.values[i] != 0 { other.values[i] = -other.values[i] }
    #expect(network(other) != first)
    #expect(network(picture) == first)
  }

  @Test func aPictureWithoutAnEndHasTheFirstAxis() throws {
    let file = try Golden("tiny")
    var network = try StyleNetwork(file.tensors, in: file.bytes.span, side: 48)
    var picture = FeatureMap(width: 48, height: 48, channels: 3)
    picture.values[picture.offset(x: 5, y: 5)] = .infinity
    #expect(network(picture) == [1] + [Float](repeating: 0, count: 11))
  }

  /// The tiny network with one tensor replaced.
  private func network(
    replacing name: String, by tensor: (type: String, shape: [Int])?, side: Int = 48
  ) throws(SafeTensorsError) -> StyleNetwork {
    var file = TensorFile()
    do {
      let tiny = try Golden("tiny")
      for (other, known) in tiny.tensors.tensors where other != name {
        file.add(other, known.type, known.shape, Array(tiny.bytes[known.bytes]))
      }
    } catch {
      throw .truncated
    }
    if let tensor { file.add(name, tensor.type, tensor.shape) }
    let bytes = file.bytes
    return try StyleNetwork(try SafeTensors(bytes.span), in: bytes.span, side: side)
  }

  @Test func aTensorThatIsMissing() {
    for name in ["stem.weight", "stage1.down.weight", "stage2.block1.mix.bias", "embedding.bias"] {
      #expect(throws: SafeTensorsError.missing(tensor: name)) { try network(replacing: name, by: nil) }
    }
  }

  @Test(arguments: [
    ("stem.weight", [5, 3, 3]), ("stem.weight", [5, 4, 3, 3]), ("stage1.block1.reduce.weight", [4, 9, 3, 3]),
    ("stage1.block1.expand.weight", [8, 4, 1, 1]), ("stage2.block2.mix.weight", [6, 7, 3, 3]),
    ("stage2.block2.reduce.weight", [8, 18, 1, 1]), ("embedding.weight", [12, 91]),
    ("embedding.weight", [0, 90]),
    ("embedding.bias", [11]), ("stem.weight", []),
  ])
  func aTensorOfAnotherShape(name: String, shape: [Int]) {
    do throws(SafeTensorsError) {
      _ = try network(replacing: name, by: ("F16", shape))
      Issue.record("it was taken")
    } catch {
      guard case .wrongShape(_, _, _) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func aTensorThatBelongsElsewhere() {
    #expect(throws: SafeTensorsError.unexpected(tensor: "head.weight")) {
      try network(replacing: "head.weight", by: ("F32", [2, 2]))
    }
  }

  @Test func mapsThatAreTooLarge() {
    #expect(throws: SafeTensorsError.tooLarge(tensor: "stem.weight")) {
      try network(replacing: "stem.weight", by: ("F16", [4096, 3, 3, 3]), side: 1024)
    }
  }

  @Test func integersAreNoWeights() {
    #expect(throws: SafeTensorsError.unsupportedType(tensor: "stem.bias", type: "I32")) {
      try network(replacing: "stem.bias", by: ("I32", [5]))
    }
  }
}
