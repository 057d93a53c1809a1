import Foundation
import Kernels
import TestSupport
import Testing

/// Products with panels, and what a transformer needs between them, against the same in double precision.
@Suite struct TransformerKernelTests {
  private func product(
    _ input: [Float], rows: Int, weights: [Float], bias: [Float], tile: PanelMatrix.Tile = .best
  ) -> [Float] {
    let matrix = PanelMatrix(weights: weights, bias: bias)
    var output = [Float](repeating: .nan, count: rows * bias.count + 3)
    var target = output.mutableSpan
    matrix.multiply(input.span, rows: rows, tile: tile, into: &target)
    return output
  }

  @Test func aProductByHand() {
    // (1 2 3; 4 5 6) · (1 0 -1; 2 2 2)ᵀ + (10 20)
    let output = product([1, 2, 3, 4, 5, 6], rows: 2, weights: [1, 0, -1, 2, 2, 2], bias: [10, 20])
    #expect(output.prefix(4) == [8, 32, 8, 50])
    #expect(output.suffix(3).allSatisfy { $0.isNaN })
  }

  /// Every number of rows in a tile, panels that are not full, more places than fit the cache at once.
  @Test(
    arguments: [
      (1, 1, 1), (2, 3, 16), (5, 40, 17), (6, 384, 32), (7, 385, 48), (11, 20, 49), (12, 9, 64),
      (13, 800, 33),
      (97, 31, 40),
      (100, 400, 15),
    ], PanelMatrix.Tile.allCases)
  func products(size: (rows: Int, inner: Int, columns: Int), tile: PanelMatrix.Tile) {
    var numbers = SeededGenerator(seed: 3)
    let input = numbers.vector(size.rows * size.inner)
    let weights = numbers.vector(size.columns * size.inner)
    let bias = numbers.vector(size.columns)
    let output = product(input, rows: size.rows, weights: weights, bias: bias, tile: tile)
    var worst = 0.0
    for r in 0..<size.rows {
      for c in 0..<size.columns {
        var sum = Double(bias[c])
        for k in 0..<size.inner {
          sum += Double(input[r * size.inner + k]) * Double(weights[c * size.inner + k])
        }
        worst = max(worst, abs(sum - Double(output[r * size.columns + c])))
      }
    }
    #expect(worst < 2e-6 * Double(size.inner).squareRoot() + 1e-6)
    #expect(output.suffix(3).allSatisfy { $0.isNaN }, "it wrote beyond the output")
  }

  @Test(arguments: PanelMatrix.Tile.allCases) func aRowIsTheSameWhateverTheOthersAre(tile: PanelMatrix.Tile) {
    var numbers = SeededGenerator(seed: 4)
    let input = numbers.vector(100 * 500)
    let weights = numbers.vector(50 * 500)
    let bias = numbers.vector(50)
    let all = product(input, rows: 100, weights: weights, bias: bias, tile: tile)
    for row in [0, 7, 95, 96, 99] {
      let alone = product(
        Array(input[row * 500..<(row + 1) * 500]), rows: 1, weights: weights, bias: bias, tile: tile)
      #expect(alone.prefix(50) == all[row * 50..<(row + 1) * 50])
    }
  }

  @Test func geluByItsFormula() {
    var values = stride(from: Float(-12), through: 12, by: 0.003).map { $0 }
    values += [0, -0.0, 1e-30, -1e-30, 50, -50, 1e30, -1e30]
    let exact = values.map { Double($0) * 0.5 * erfc(-Double($0) / 2.0.squareRoot()) }
    values.append(7)
    var target = values.mutableSpan
    gelu(&target, count: exact.count)
    let worst = zip(values, exact).map { abs(Double($0) - $1) / max(1, abs($1)) }.max() ?? .infinity
    #expect(worst < 1e-6)
    #expect(values.last == 7)
  }

  @Test(arguments: [1, 2, 15, 16, 17, 255]) func softmaxByItsFormula(columns: Int) {
    var numbers = SeededGenerator(seed: 5)
    let input = numbers.vector(3 * columns).map { 90 * $0 }
    var values = input
    var target = values.mutableSpan
    softmax(&target, columns: columns, scale: 0.3)
    for row in 0..<3 {
      let powers = input[row * columns..<(row + 1) * columns].map { exp(0.3 * Double($0)) }
      let sum = powers.reduce(0, +)
      let largest = powers.reduce(0, max)
      for (power, value) in zip(powers, values.dropFirst(row * columns)) {
        let tolerance = 1e-6 + 1.2e-7 * log(largest / power)
        #expect(abs(Double(value) - power / sum) <= tolerance * power / sum)
      }
    }
  }

  @Test func softmaxOfFarApartNumbers() {
    var values: [Float] = [-3e38, 0, -1000, 1e4, 1e4, 1e4]
    var target = values.mutableSpan
    softmax(&target, columns: 3, scale: 1)
    #expect(values[0] < 1e-37 && values[1] == 1 && values[2] < 1e-37)
    #expect(values.suffix(3).allSatisfy { abs($0 - 1.0 / 3) < 1e-6 })
  }

  @Test func layerNormalisationByHand() {
    // 1 and 3 have mean 2 and variance 1; with what is added, 3 and 7 have mean 5 and variance 4.
    let gain: [Float] = [10, 100]
    let bias: [Float] = [0.5, -0.5]
    var values: [Float] = [1, 3, 1, 3, 9, 9]
    var target = values.mutableSpan
    layerNormalise(&target, rows: 1, gain: gain.span, bias: bias.span, epsilon: 0)
    let added: [Float] = [0, 0, 2, 4]
    values[0] = 1
    values[1] = 3
    target = values.mutableSpan
    layerNormalise(&target, rows: 2, adding: added.span, gain: gain.span, bias: bias.span, epsilon: 5)
    let scale = Float(6).squareRoot()
    let expected: [Float] = [
      0.5 - 10 / scale, -0.5 + 100 / scale, 0.5 - 20 / 3, -0.5 + 200 / 3, 9, 9,
    ]
    for (value, expected) in zip(values, expected) { #expect(abs(value - expected) < 1e-4) }
  }

  @Test func attentionByItsFormula() {
    let (heads, width, tokens) = (3, 5, 19)
    let hidden = heads * width
    var numbers = SeededGenerator(seed: 6)
    // Two rows before the sentence and one after it, which must not matter.
    let states = numbers.vector((tokens + 3) * 3 * hidden).map { 4 * $0 }
    var output = [Float](repeating: 7, count: (tokens + 3) * hidden)
    var attention = Attention(heads: heads, width: width, maximumTokens: 20)
    var target = output.mutableSpan
    attention(2..<2 + tokens, of: states.span, into: &target)
    func state(_ token: Int, _ part: Int, _ head: Int, _ i: Int) -> Double {
      Double(states[((token + 2) * 3 + part) * hidden + head * width + i])
    }
    var worst = 0.0
    for head in 0..<heads {
      for token in 0..<tokens {
        let powers = (0..<tokens).map { other in
          exp(
            (0..<width).reduce(0) { $0 + state(token, 0, head, $1) * state(other, 1, head, $1) }
              / 5.0.squareRoot())
        }
        let sum = powers.reduce(0, +)
        for i in 0..<width {
          let mean = (0..<tokens).reduce(0) { $0 + powers[$1] * state($1, 2, head, i) } / sum
          worst = max(worst, abs(mean - Double(output[(token + 2) * hidden + head * width + i])))
        }
      }
    }
    #expect(worst < 2e-5)
    #expect(output.prefix(2 * hidden).allSatisfy { $0 == 7 } && output.suffix(hidden).allSatisfy { $0 == 7 })
  }

  @Test func numbersOutOfBytes() {
    let bytes: [UInt8] = [9, 0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC1]
    #expect(littleEndianFloats(bytes.span.extracting(1..<9)) == [1, -10])
    #expect(littleEndianFloats(bytes.span.extracting(0..<0)).isEmpty)
  }
}
