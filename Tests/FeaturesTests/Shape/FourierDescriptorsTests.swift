import Features
import Foundation
import Testing

@Suite struct FourierDescriptorsTests {
  private func describe(_ points: [SIMD2<Int>]) -> [Float] {
    FourierDescriptors().describe(points.flatMap { [Int16($0.x), Int16($0.y)] }.span, 0..<points.count)
  }

  /// A closed curve of 256 points with three lobes of unequal height.
  private var lobes: [SIMD2<Int>] {
    (0..<256).map { i in
      let t = 2 * Double.pi * Double(i) / 256
      let r = 60 + 20 * cos(3 * t) + 8 * sin(t)
      return SIMD2(Int((100 + r * cos(t)).rounded()), Int((110 + r * sin(t)).rounded()))
    }
  }

  @Test func agreeWithNumPy() throws {
    for (golden, image) in try ShapeGolden.pictures() {
      let contours = image.contours()
      let shape = FourierDescriptors().describe(contours.points.span, contours[contours.longest(1)[0]])
      #expect(largestDifference(shape, golden.fourier) < 1e-4)
    }
  }

  /// A circle is one harmonic: that of its sense of turning.
  @Test func aCircleIsOneHarmonic() {
    let circle = (0..<128).map { i in
      let t = 2 * Double.pi * Double(i) / 128
      return SIMD2(Int((100 + 90 * cos(t)).rounded()), Int((100 + 90 * sin(t)).rounded()))
    }
    let shape = describe(circle)
    #expect(shape[0] > 0.999 && shape.dropFirst().allSatisfy { $0 < 0.02 })
    #expect(describe(circle.reversed())[1] > 0.999)
  }

  @Test func freeOfPlaceScaleRotationAndStart() {
    let original = describe(lobes)
    #expect(original[3] > 0.05 || original[2] > 0.05)
    #expect(largestDifference(original, describe(lobes.map { $0 &+ SIMD2(-70, 40) })) < 1e-4)
    #expect(largestDifference(original, describe(lobes.map { $0 &* SIMD2(3, 3) })) < 1e-4)
    #expect(largestDifference(original, describe(lobes.map { SIMD2(300 - $0.y, $0.x) })) < 1e-4)
    let shifted = Array(lobes[88...] + lobes[..<88])
    #expect(largestDifference(original, describe(shifted)) < 1e-4)
  }

  @Test func aMirrorExchangesBothSenses() {
    let original = describe(lobes)
    let mirrored = describe(lobes.map { SIMD2(300 - $0.x, $0.y) })
    let exchanged = (0..<16).map { mirrored[$0 ^ 1] }
    #expect(largestDifference(original, exchanged) < 1e-4)
    #expect(largestDifference(original, mirrored) > 0.1)
  }

  @Test func onePlaceHasNoShape() {
    #expect(describe([SIMD2(7, 9)]) == [Float](repeating: 0, count: 16))
  }
}
