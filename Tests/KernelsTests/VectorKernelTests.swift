import Kernels
import Testing
import TestSupport

/// Lengths around the widths that the kernels work in.
private let lengths = [0, 1, 2, 3, 4, 5, 7, 8, 15, 17, 31, 33, 96, 513]

@Suite struct DotTests {
  @Test func byHand() {
    let a: [Float] = [1, 2, 3]
    let b: [Float] = [4, -5, 6]
    let product = dot(a.span, b.span)
    #expect(product == 12)
  }

  @Test(arguments: lengths) func agreesWithNaiveSum(length: Int) {
    var numbers = SeededGenerator(seed: 1)
    let a = numbers.vector(length)
    let b = numbers.vector(length)
    let expected = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    let size = zip(a, b).reduce(0.0) { $0 + abs(Double($1.0) * Double($1.1)) }
    let product = dot(a.span, b.span)
    #expect(abs(Double(product) - expected) <= 1e-6 * size)
  }

  @Test func differentLengthsAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let a: [Float] = [1, 2]
      let b: [Float] = [1]
      _ = dot(a.span, b.span)
    }
  }
}

@Suite struct NormTests {
  @Test func byHand() {
    #expect(squared([3, 4]) == 25)
    #expect(squared([1, 2, 3, 4, 5]) == 55)
    #expect(squared([]) == 0)
  }

  @Test(arguments: lengths) func agreesWithNaiveSum(length: Int) {
    var numbers = SeededGenerator(seed: 2)
    let v = numbers.vector(length)
    let expected = v.reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(squared(v) - expected) <= 1e-14 * expected)
  }

  @Test func normalisesByHand() {
    var v: [Float] = [3, 0, -4]
    var span = v.mutableSpan
    let norm = normalise(&span)
    #expect(norm == 5)
    #expect(v == [0.6, 0, -0.8])
  }

  @Test(arguments: [1, 3, 17, 96, 513]) func lengthIsOneAndDirectionStays(length: Int) {
    var numbers = SeededGenerator(seed: 3)
    let before = numbers.vector(length)
    var v = before
    var span = v.mutableSpan
    let norm = normalise(&span)
    #expect(abs(squared(v) - 1) <= 1e-6)
    for (x, y) in zip(before, v) { #expect(abs(Double(x) - norm * Double(y)) <= 1e-6 * norm) }
  }

  @Test func zeroStaysZero() {
    var v = [Float](repeating: 0, count: 5)
    var span = v.mutableSpan
    let norm = normalise(&span)
    #expect(norm == 0)
    #expect(v == [0, 0, 0, 0, 0])
  }

  @Test(arguments: [Float.greatestFiniteMagnitude, 1e-30, Float.leastNonzeroMagnitude])
  func extremesNormaliseToo(size: Float) {
    var v: [Float] = [size, size, -size, size]
    var span = v.mutableSpan
    normalise(&span)
    #expect(v == [0.5, 0.5, -0.5, 0.5])
  }

  /// `#expect` can't take a span apart.
  private func squared(_ v: [Float]) -> Double { squaredNorm(v.span) }
}

@Suite struct ScaleTests {
  @Test func byHand() {
    var v: [Float] = [1, -2, 3]
    var span = v.mutableSpan
    scale(&span, by: -2)
    #expect(v == [-2, 4, -6])
  }

  @Test func addScaledByHand() {
    let x: [Float] = [1, 2, 3]
    var y: [Float] = [10, 20, 30]
    var span = y.mutableSpan
    addScaled(x.span, by: 0.5, to: &span)
    #expect(y == [10.5, 21, 31.5])
  }

  @Test(arguments: lengths) func addScaledAgreesWithNaiveSum(length: Int) {
    var numbers = SeededGenerator(seed: 4)
    let x = numbers.vector(length)
    let before = numbers.vector(length)
    var y = before
    var span = y.mutableSpan
    addScaled(x.span, by: 0.75, to: &span)
    for i in 0..<length {
      #expect(abs(Double(y[i]) - (Double(before[i]) + 0.75 * Double(x[i]))) <= 2e-7)
    }
  }
}

@Suite struct AllFiniteTests {
  @Test(arguments: [1, 3, 8, 17, 96]) func findsOneBadNumberAnywhere(length: Int) {
    #expect(isFinite([Float](repeating: .greatestFiniteMagnitude, count: length)))
    for bad in [Float.nan, .infinity, -.infinity] {
      for i in 0..<length {
        var v = [Float](repeating: 1, count: length)
        v[i] = bad
        #expect(!isFinite(v))
      }
    }
  }

  @Test func emptyIsFinite() { #expect(isFinite([])) }

  /// `#expect` can't take a span apart.
  private func isFinite(_ v: [Float]) -> Bool { allFinite(v.span) }
}
