import Features
import Imaging
import Testing

@Suite struct HuMomentsTests {
  private func moments(_ points: [SIMD2<Int>]) -> HuMoments {
    var sums = PointMoments()
    for point in points { sums.add(Double(point.x), Double(point.y)) }
    return HuMoments(sums)
  }

  /// An L with a thick foot: no symmetry.
  private func letter(scale: Int = 1) -> [SIMD2<Int>] {
    (0..<30 * scale).flatMap { y in
      (0..<20 * scale).compactMap { x in
        x < 6 * scale || y >= 22 * scale && x < 4 * scale + y / 2 ? SIMD2(x, y) : nil
      }
    }
  }

  private func expectEqual(_ a: HuMoments, _ b: HuMoments, within tolerance: Double) {
    for (x, y) in zip(a.values, b.values) {
      #expect(abs(x - y) <= tolerance * max(abs(x), abs(y)), "\(x) \(y)")
    }
  }

  @Test func agreeWithOpenCV() throws {
    for (golden, image) in try ShapeGolden.pictures() {
      let edges = image.edges()
      let points = edges.edges.prefix(edges.count).map { SIMD2(Int($0) % image.width, Int($0) / image.width) }
      let hu = moments(points).values
      for (k, expected) in golden.hu.enumerated() {
        #expect(abs(hu[k] - expected) < 1e-9 * abs(expected) + 1e-24, "h\(k + 1)")
      }
    }
  }

  /// By hand: four corners of a square of side 2 about their centre, η20 = η02 = 4 / 16.
  @Test func aSquareByHand() {
    let hu = moments([SIMD2(0, 0), SIMD2(2, 0), SIMD2(0, 2), SIMD2(2, 2)])
    #expect(hu.values == [0.5, 0, 0, 0, 0, 0, 0])
    #expect(abs(hu.signedLog[0] - 11.69897) < 1e-4)
    #expect(hu.signedLog.dropFirst() == [0, 0, 0, 0, 0, 0])
  }

  @Test func stayUnderMovesAndQuarterTurns() {
    let original = moments(letter())
    #expect(original.values.allSatisfy { $0 != 0 })
    expectEqual(original, moments(letter().map { $0 &+ SIMD2(101, 57) }), within: 1e-6)
    expectEqual(original, moments(letter().map { SIMD2(-$0.y, $0.x) }), within: 1e-6)
  }

  @Test func aFilledShapeTwiceAsLargeIsTheSame() {
    let (small, large) = (moments(letter()), moments(letter(scale: 4)))
    for k in 0..<2 { #expect(abs(small.values[k] - large.values[k]) < 0.05 * abs(large.values[k])) }
  }

  @Test func aMirrorTurnsTheSeventhSign() {
    let original = moments(letter())
    let mirrored = moments(letter().map { SIMD2(-$0.x, $0.y) })
    for k in 0..<6 { #expect(abs(original.values[k] - mirrored.values[k]) < 1e-9 * abs(original.values[k])) }
    #expect(original.values[6] != 0)
    #expect(abs(original.values[6] + mirrored.values[6]) < 1e-9 * abs(original.values[6]))
    #expect(original.signedLog[6] == -mirrored.signedLog[6])
  }

  @Test func onePointAndNone() {
    #expect(moments([SIMD2(200, 100)]).values == [0, 0, 0, 0, 0, 0, 0])
    #expect(moments([]).signedLog == [0, 0, 0, 0, 0, 0, 0])
  }
}
