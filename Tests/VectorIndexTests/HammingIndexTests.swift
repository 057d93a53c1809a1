import TestSupport
import Testing
import VectorIndex

@Suite struct HammingIndexTests {
  /// Row and distance of every code within the radius, by looking at all of them.
  private func scan(_ codes: [UInt64], _ radius: Int, _ query: UInt64) -> [Int: Int] {
    codes.enumerated().reduce(into: [:]) { found, code in
      let distance = (code.element ^ query).nonzeroBitCount
      if distance <= radius { found[code.offset] = distance }
    }
  }

  /// What the index finds; a row found twice is an issue.
  private func found(_ index: HammingIndex, _ radius: Int, _ query: UInt64) -> [Int: Int] {
    var found: [Int: Int] = [:]
    index.forEach(within: radius, of: query) { row, distance in
      #expect(found[row] == nil, "row \(row) came twice")
      found[row] = distance
    }
    return found
  }

  @Test func byHand() {
    let index = HammingIndex([0, 1, 0b11, .max, 1 << 63])
    #expect(index.count == 5)
    #expect(found(index, 0, 0) == [0: 0])
    #expect(found(index, 1, 0) == [0: 0, 1: 1, 4: 1])
    #expect(found(index, 2, 0) == [0: 0, 1: 1, 2: 2, 4: 1])
    #expect(found(index, 64, 0) == [0: 0, 1: 1, 2: 2, 3: 64, 4: 1])
  }

  @Test func anEmptyIndexHasNoNeighbours() {
    #expect(found(HammingIndex([]), 64, 7).isEmpty)
  }

  @Test func equalCodesAreAllFound() {
    #expect(found(HammingIndex([5, 5, 5]), 0, 5) == [0: 0, 1: 0, 2: 0])
  }

  /// Codes near the query, so that every radius finds some: a number of random bits flipped.
  @Test(arguments: 0...64) func agreesWithAScan(radius: Int) {
    var generator = SeededGenerator(seed: UInt64(radius))
    for _ in 0..<3 {
      let query = generator.next()
      let codes = (0..<300).map { row in
        (0..<(row % 65)).reduce(query) { code, _ in code ^ 1 << UInt64.random(in: 0..<64, using: &generator) }
      }
      #expect(found(HammingIndex(codes), radius, query) == scan(codes, radius, query))
    }
  }

  /// The differing bits all in one part: the case that a wrong split of the radius misses.
  @Test(arguments: 0...16) func findsWhatDiffersInOnePartAlone(bits: Int) {
    for part in 0..<4 {
      let code = UInt64((1 << bits) - 1) << UInt64(16 * part)
      let index = HammingIndex([code])
      #expect(found(index, bits, 0) == [0: bits])
      if bits > 0 { #expect(found(index, bits - 1, 0).isEmpty) }
    }
  }
}
