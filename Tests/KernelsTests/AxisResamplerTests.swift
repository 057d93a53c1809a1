import Kernels
import TestSupport
import Testing

@Suite struct AxisResamplerTests {
  /// The new row of one channel; the others carry its multiples, to see that they stay apart.
  private func resampled(_ values: [Float], to count: Int, shift: Float = 0, scale: Float = 1) -> [Float] {
    let row = values.flatMap { [$0, 2 * $0, -$0] }
    var output = [Float](repeating: .nan, count: 3 * count + 2)
    var target = output.mutableSpan
    AxisResampler(from: values.count, to: count).mix(
      row.span, shift: shift, scale: scale, into: &target, at: 1)
    #expect(output[0].isNaN && output[3 * count + 1].isNaN)
    if shift == 0 {
      for i in 0..<count {
        #expect(output[1 + 3 * i + 1] == 2 * output[1 + 3 * i] && output[1 + 3 * i + 2] == -output[1 + 3 * i])
      }
    }
    return (0..<count).map { output[1 + 3 * $0] }
  }

  @Test func byHand() {
    #expect(resampled([3, 5], to: 1) == [4])
    #expect(resampled([0, 3, 6], to: 2) == [1, 5])
    #expect(resampled([0, 8], to: 4) == [0, 2, 6, 8])
    #expect(resampled([7], to: 3) == [7, 7, 7])
    #expect(resampled([1, 2, 3], to: 3) == [1, 2, 3])
    #expect(resampled([1, 2, 3], to: 3, shift: 1, scale: 10) == [0, 10, 20])
  }

  @Test(arguments: [(512, 224), (225, 224), (224, 224), (223, 224), (1, 224), (2, 224), (384, 32), (7, 5)])
  func weightsAreShares(length: Int, count: Int) {
    let axis = AxisResampler(from: length, to: count)
    #expect(axis.count == count && axis.length == length)
    var place = 0
    for i in 0..<count {
      let share = axis.weights[place..<place + Int(axis.counts[i])]
      place += share.count
      #expect(share.allSatisfy { $0 > -1e-6 } && abs(share.reduce(0, +) - 1) < 1e-5)
      #expect(axis.first[i] >= 0 && Int(axis.first[i] + axis.counts[i]) <= length)
    }
    #expect(place == axis.weights.count)
  }

  @Test func aMeanStaysWhatItIs() {
    var numbers = SeededGenerator(seed: 3)
    let values = numbers.vector(301)
    let small = resampled(values, to: 43)
    let (after, before) = (small.reduce(0, +) / 43, values.reduce(0, +) / 301)
    #expect(abs(after - before) < 1e-5)
  }
}
