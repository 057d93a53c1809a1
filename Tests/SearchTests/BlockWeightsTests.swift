import Model
import Search
import Testing

@Suite struct BlockWeightsTests {
  private let equal = BlockWeights.equal(SearchFixture.both)
  private let texture = SearchFixture.texture.name

  @Test func replaces() throws {
    #expect(equal[.colour] == 1 && equal[texture] == 1)
    #expect(equal[BlockName(rawValue: "shape")] == 0)
    let changed = try equal.replacing([texture: 2.5])
    #expect(changed.byName == [.colour: 1, texture: 2.5])
    #expect(try changed.replacing([:]) == changed)
    #expect(try equal.replacing([.colour: 0])[.colour] == 0)
    #expect(equal[.colour] == 1)
  }

  @Test func faults() {
    let shape = BlockName(rawValue: "shape")
    #expect(throws: BlockWeights.Fault.unknownBlock(shape, known: [.colour, texture])) {
      try equal.replacing([shape: 1])
    }
    for weight in [-0.5, .nan, .infinity, -.infinity] as [Float] {
      #expect(throws: BlockWeights.Fault.negative(texture)) { try equal.replacing([texture: weight]) }
    }
    #expect(throws: BlockWeights.Fault.allZero) { try equal.replacing([.colour: 0, texture: 0]) }
    #expect(throws: BlockWeights.Fault.allZero) { try equal.replacing([.colour: 0]).replacing([texture: 0]) }
  }
}

@Suite struct SignatureLayoutTests {
  @Test func concatenates() {
    let layout = SignatureLayout(SearchFixture.both)
    #expect(layout.dimension == 5)
    #expect(layout.concatenation([[1, 2], [3, 4, 5]]) == [1, 2, 3, 4, 5])
    #expect(layout.concatenation([nil, [3, 4, 5]]) == [0, 0, 3, 4, 5])
    #expect(layout.concatenation([[1, 2], nil]) == [1, 2, 0, 0, 0])
  }
}
