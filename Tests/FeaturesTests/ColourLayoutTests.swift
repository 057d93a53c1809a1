import Features
import Imaging
import Testing

@Suite struct ColourLayoutTests {
  private func doubles(_ x: SIMD3<Double>) -> [Double] { [x.x, x.y, x.z] }

  /// Channels 0, 0, 3 / 1, 1, 1 / 0, 4, 8, by hand: mean 1, variance (1 + 1 + 4) / 3, third moment (-1 - 1 + 8) / 3.
  @Test func momentsByHand() {
    let planes: [Float] = [0, 0, 3, 1, 1, 1, 0, 4, 8]
    var sums = ColourMoments.Sums()
    sums.add(planes.span, 0..<3, reference: .zero)
    let moments = ColourMoments(sums, reference: .zero)
    #expect(largestDifference(doubles(moments.mean), [1, 1, 4]) < 1e-12)
    #expect(
      largestDifference(doubles(moments.deviation), [1.4142135623730951, 0, 3.265986323710904]) < 1e-12)
    #expect(largestDifference(doubles(moments.skewness), [1.2599210498948732, 0, 0]) < 1e-4)
    // ((-1)(-4) + (-1)(0) + (2)(4)) / 3.
    #expect(largestDifference(doubles(moments.covariance), [0, 4, 0]) < 1e-12)
  }

  @Test func theReferenceChangesNothing() {
    let image = pattern(width: 32, height: 24)
    let planes = image.lab
    let all = [SIMD3<Float>(50, 10, -10), .zero, SIMD3(planes[0], planes[768], planes[1536])].map {
      reference in
      var sums = ColourMoments.Sums()
      sums.add(planes.span, 0..<768, reference: reference)
      return ColourMoments(sums, reference: reference)
    }
    for other in all.dropFirst() {
      #expect(largestDifference(doubles(other.deviation), doubles(all[0].deviation)) < 1e-9)
      #expect(largestDifference(doubles(other.skewness), doubles(all[0].skewness)) < 1e-6)
    }
  }

  @Test func noPixelsHaveZeroMoments() {
    let moments = ColourMoments(.init(), reference: .zero)
    #expect(moments.mean == .zero && moments.deviation == .zero && moments.skewness == .zero)
  }

  private func expect(_ moments: ColourMoments, near golden: ColourGolden.Moments, tolerance: Double) {
    #expect(largestDifference(doubles(moments.mean), golden.mean) < tolerance)
    #expect(largestDifference(doubles(moments.deviation), golden.deviation) < tolerance)
    // The cube root makes much of a small error about zero.
    #expect(largestDifference(doubles(moments.skewness), golden.skewness) < 20 * tolerance)
    #expect(largestDifference(doubles(moments.covariance), golden.covariance) < 50 * tolerance)
  }

  @Test func agreesWithScikitImageAndSciPy() throws {
    let golden = try ColourGolden.load().pattern
    let layout = pattern(width: golden.width, height: golden.height).layout
    expect(layout.whole, near: golden.moments, tolerance: 1e-3)
    for (i, cell) in golden.cellMoments.enumerated() {
      expect(layout.moments(row: i / 4, column: i % 4, side: 4), near: cell, tolerance: 1e-3)
    }
  }

  @Test(arguments: [4, 8, 16])
  func cellMeansAgreeWithOpenCV(side: Int) throws {
    let golden = try ColourGolden.load().pattern
    let layout = pattern(width: golden.width, height: golden.height).layout
    let means = (0..<side * side).flatMap {
      doubles(layout.moments(row: $0 / side, column: $0 % side, side: side).mean)
    }
    #expect(largestDifference(means, golden.cellMeans["\(side)"] ?? []) < 2e-3)
  }

  @Test func neighbourContrastAgreesWithNumPy() throws {
    let golden = try ColourGolden.load().pattern
    let contrast = pattern(width: golden.width, height: golden.height).layout.neighbourContrast
    #expect(largestDifference(doubles(contrast.vertical), golden.contrastVertical) < 2e-3)
    #expect(largestDifference(doubles(contrast.horizontal), golden.contrastHorizontal) < 2e-3)
  }

  @Test func largePicturesAreHalvedByAreaAsOpenCVDoes() throws {
    let golden = try ColourGolden.load().halved
    let image = pattern(width: golden.width, height: golden.height, seed: golden.seed)
    #expect(image.checksum == golden.checksum)
    expect(image.layout.whole, near: golden.moments, tolerance: 1e-3)
  }

  @Test func aMirrorMirrorsTheLayout() {
    let image = pattern(width: 64, height: 48)
    let (layout, mirrored) = (image.layout, image.mirrored.layout)
    for row in 0..<4 {
      for column in 0..<4 {
        let a = layout.moments(row: row, column: column, side: 4)
        let b = mirrored.moments(row: row, column: 3 - column, side: 4)
        #expect(largestDifference(doubles(a.mean), doubles(b.mean)) < 1e-9)
        #expect(largestDifference(doubles(a.deviation), doubles(b.deviation)) < 1e-9)
      }
    }
    #expect(layout.moments(row: 0, column: 0, side: 4) != mirrored.moments(row: 0, column: 0, side: 4))
  }

  @Test func theOrderOfThePixelsLeavesTheWholesMoments() {
    let image = pattern(width: 64, height: 49)
    let (a, b) = (image.layout.whole, image.permuted(factor: 13).layout.whole)
    #expect(largestDifference(doubles(a.mean), doubles(b.mean)) < 1e-9)
    #expect(largestDifference(doubles(a.skewness), doubles(b.skewness)) < 1e-6)
    #expect(largestDifference(doubles(a.covariance), doubles(b.covariance)) < 1e-8)
  }

  @Test func oneColourHasNoSpread() {
    let whole = uniform(width: 20, height: 33, [200, 120, 40]).layout.whole
    #expect(whole.deviation == .zero && whole.skewness == .zero && whole.covariance == .zero)
    let statistics = ColourStatistics(whole).values
    #expect(statistics.count == ColourStatistics.count)
    #expect(statistics.dropFirst(3).allSatisfy { $0 == 0 })
  }

  /// A 1 × 3 picture: every colour has a third of the sampled pixels.
  @Test func smallPicturesAreRepeatedEvenly() {
    let image = picture(width: 1, height: 3) { _, y, _ in [0, 0, 255][y] }
    #expect(image.analysed.width == 16 && image.analysed.height == 18)
    #expect(abs(image.layout.whole.mean.x - 100.0 / 3) < 0.01)
  }
}
