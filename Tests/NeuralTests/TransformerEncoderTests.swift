import Neural
import TestSupport
import Testing

@Suite struct TransformerEncoderTests {
  private func encoder(_ file: [UInt8]? = nil, heads: Int = 3, maximum: Int = 20) throws -> TransformerEncoder
  {
    let bytes = try file ?? Golden("encoder").bytes
    return try TransformerEncoder(
      SafeTensors(bytes.span), in: bytes.span, heads: heads, epsilon: 1e-5, maximumTokens: maximum)
  }

  private func sentence(_ number: Int) throws -> [Int32] {
    try Golden("encoder-golden").values("s\(number).tokens").map { Int32($0) }
  }

  @Test(arguments: 0..<3, 0...2) func statesAgreeWithPyTorch(sentence number: Int, depth: Int) throws {
    let golden = try Golden("encoder-golden")
    var encoder = try encoder()
    #expect(encoder.layerCount == 2 && encoder.hidden == 24 && encoder.vocabularySize == 40)
    let mean = encoder([try sentence(number)], depth: depth)[0]
    let states = try golden.values("s\(number).states\(depth)")
    #expect(relativeDifference(Array(encoder.states.prefix(states.count)), states) < 1e-5)
    let tokens = states.count / 24
    let expected = (0..<24).map { i in
      (0..<tokens).reduce(0) { $0 + states[$1 * 24 + i] } / Float(tokens)
    }
    #expect(relativeDifference(mean, expected) < 1e-5)
  }

  @Test func aSentenceIsTheSameInAnyCompany() throws {
    var encoder = try encoder()
    let sentences = try (0..<3).map { number in try sentence(number) }
    let alone = sentences.map { encoder([$0])[0] }
    #expect(alone[0] != alone[1] && alone[1] != alone[2])
    #expect(encoder(sentences) == alone)
    #expect(encoder(sentences.reversed()) == alone.reversed())
    // More tokens than go through at once: 200 × 26.
    let many = encoder((0..<200).flatMap { _ in sentences })
    #expect(many.count == 600)
    for (i, vector) in many.enumerated() { #expect(vector == alone[i % 3]) }
    #expect(encoder([]).isEmpty)
  }

  @Test func theOrderOfTokensCounts() throws {
    var encoder = try encoder()
    let means = encoder([[5, 6, 7], [7, 6, 5]])
    #expect(relativeDifference(means[0], means[1]) > 1e-3)
  }

  /// The encoder with some tensors replaced or left out.
  private func file(
    _ change: (String) -> (type: String, shape: [Int], isThere: Bool)?, adding: [(String, [Int])] = [],
    rename: (String) -> String = { $0 }
  ) throws -> [UInt8] {
    let golden = try Golden("encoder")
    var file = TensorFile()
    for (name, known) in golden.tensors.tensors {
      guard let new = change(name) else {
        file.add(rename(name), known.type, known.shape, Array(golden.bytes[known.bytes]))
        continue
      }
      if new.isThere { file.add(rename(name), new.type, new.shape) }
    }
    for (name, shape) in adding { file.add(name, "F32", shape) }
    return file.bytes
  }

  @Test func namesMayBeginWithBert() throws {
    var renamed = try encoder(file({ _ in nil }, rename: { "bert." + $0 }))
    var plain = try encoder()
    #expect(renamed([[1, 2, 3]]) == plain([[1, 2, 3]]))
  }

  @Test(arguments: [
    "embeddings.word_embeddings.weight", "embeddings.LayerNorm.bias",
    "encoder.layer.0.attention.self.value.bias",
    "encoder.layer.1.intermediate.dense.weight",
  ])
  func aTensorThatIsMissing(name: String) throws {
    let bytes = try file { $0 == name ? ("F32", [], false) : nil }
    #expect(throws: SafeTensorsError.missing(tensor: name)) { try encoder(bytes) }
  }

  @Test(arguments: [
    ("embeddings.word_embeddings.weight", [40]), ("embeddings.word_embeddings.weight", [0, 24]),
    ("embeddings.word_embeddings.weight", [40, 25]), ("embeddings.position_embeddings.weight", [19, 24]),
    ("embeddings.token_type_embeddings.weight", [2, 12]), ("embeddings.LayerNorm.weight", [23]),
    ("encoder.layer.0.attention.self.query.weight", [24, 23]),
    ("encoder.layer.0.attention.self.key.weight", [12, 24]),
    ("encoder.layer.1.attention.output.dense.weight", [24, 24, 1]),
    ("encoder.layer.0.intermediate.dense.weight", [0, 24]),
    ("encoder.layer.0.intermediate.dense.weight", [41, 24]),
    ("encoder.layer.1.output.dense.bias", [40]),
  ])
  func aTensorOfAnotherShape(name: String, shape: [Int]) throws {
    do {
      _ = try encoder(file { $0 == name ? ("F32", shape, true) : nil })
      Issue.record("it was taken")
    } catch let error as SafeTensorsError {
      guard case .wrongShape = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func headsThatDontDivideTheStates() throws {
    for heads in [5, 7, 25, 1000] {
      #expect(throws: SafeTensorsError.self) { try encoder(heads: heads) }
    }
  }

  @Test func moreTokensThanPlaces() throws {
    #expect(try encoder(maximum: 21).maximumTokens == 21)
    #expect(throws: SafeTensorsError.self) { try encoder(maximum: 22) }
  }

  @Test func aTensorThatBelongsElsewhere() throws {
    let name = "encoder.layer.3.output.dense.weight"
    let bytes = try file({ _ in nil }, adding: [(name, [24, 40])])
    #expect(throws: SafeTensorsError.unexpected(tensor: name)) { try encoder(bytes) }
  }

  /// Whatever happens to a sound file, it is read or refused, and never kills.
  @Test func damagedFiles() throws {
    let sound = try Golden("encoder").bytes
    let header = 8 + Int(sound[0]) + Int(sound[1]) << 8
    var numbers = SeededGenerator(seed: 13)
    var refused = 0
    for round in 0..<300 {
      var bytes = sound
      // In the header, then in the weights.
      let range = round < 200 ? 0..<header : header..<bytes.count
      for _ in 0..<(round < 200 ? 2 : 200) {
        bytes[Int.random(in: range, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      }
      guard var damaged = try? encoder(bytes) else {
        refused += 1
        continue
      }
      #expect(damaged([[1, 2, 3]])[0].count == damaged.hidden)
    }
    #expect((100..<300).contains(refused))
  }
}
