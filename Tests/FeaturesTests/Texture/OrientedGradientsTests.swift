import Features
import Testing

@Suite struct OrientedGradientsTests {
  /// Central differences, zero at the borders across, as scikit-image has them.
  private func differences(_ plane: TexturePlane) -> (dx: [Int16], dy: [Int16]) {
    var (dx, dy): ([Int16], [Int16]) = ([], [])
    for y in 0..<plane.height {
      for x in 0..<plane.width {
        dx.append(x > 0 && x < plane.width - 1 ? Int16(plane[x + 1, y] - plane[x - 1, y]) : 0)
        dy.append(y > 0 && y < plane.height - 1 ? Int16(plane[x, y + 1] - plane[x, y - 1]) : 0)
      }
    }
    return (dx, dy)
  }

  private func histograms(
    _ gradient: (dx: [Int16], dy: [Int16]), _ width: Int, _ height: Int, side: Int, bins: Int,
    soft: Bool = true
  ) -> [Float] {
    var gradients = OrientedGradients(side: side, bins: bins, isSoft: soft)
    gradients.load(dx: gradient.dx.span, dy: gradient.dy.span, width: width, height: height)
    return gradients.histograms
  }

  @Test func agreesWithScikitImage() throws {
    let golden = try TextureGolden.load()
    let plane = try golden.picture()
    let gradient = differences(plane)
    let hard = histograms(gradient, plane.width, plane.height, side: 6, bins: 9, soft: false)
    // A gradient on the edge of two bins may fall on either side by its last bit.
    let blocks = OrientedGradients.blocks(hard, side: 6, bins: 9)
    #expect(blocks.count == 5 * 5 * 4 * 9)
    #expect(largestDifference(blocks, golden.gradients.blocks) < 2e-3)
    let shares = stride(from: 0, to: hard.count, by: 9).flatMap { cell in
      let sum = hard[cell..<cell + 9].reduce(0, +)
      return hard[cell..<cell + 9].map { $0 / sum }
    }
    #expect(largestDifference(shares, golden.gradients.hardShares) < 2e-3)
    let soft = histograms(gradient, plane.width, plane.height, side: 6, bins: 8)
    #expect(largestDifference(soft, golden.gradients.softSums) < 0.05)
  }

  /// A gradient of (3, 4): magnitude 5 at 53.13°, between the bins about 33.75° and 56.25°.
  @Test func aPixelIsSharedBetweenTwoBins() {
    let gradient = (dx: [Int16](repeating: 3, count: 4), dy: [Int16](repeating: 4, count: 4))
    let soft = histograms(gradient, 2, 2, side: 1, bins: 8)
    let share: Float = (53.130_102 - 33.75) / 22.5
    #expect(largestDifference(soft, [0, 20 * (1 - share), 20 * share, 0, 0, 0, 0, 0]) < 1e-3)
    #expect(histograms(gradient, 2, 2, side: 1, bins: 8, soft: false) == [0, 0, 20, 0, 0, 0, 0, 0])
  }

  @Test func oppositeGradientsAreOne() {
    for (dx, dy) in [(7, 0), (0, 9), (5, 5), (-4, 11)] {
      let one = (dx: [Int16(dx)], dy: [Int16(dy)])
      let other = (dx: [Int16(-dx)], dy: [Int16(-dy)])
      for soft in [true, false] {
        let a = histograms(one, 1, 1, side: 1, bins: 9, soft: soft)
        #expect(largestDifference(a, histograms(other, 1, 1, side: 1, bins: 9, soft: soft)) < 1e-4)
        #expect(a.contains { $0 > 1 })
      }
    }
  }

  @Test func anOffsetOfGreyChangesNothing() {
    let plane = weave(width: 64, height: 48)
    let a = histograms(plane.gradient, 64, 48, side: 4, bins: 8)
    let brighter = plane.mapped { $0 + 20 }
    #expect(histograms(brighter.gradient, 64, 48, side: 4, bins: 8) == a)
  }

  @Test func contrastLeavesBlocksAlone() {
    let plane = weave(width: 64, height: 48).mapped { $0 / 2 }
    let a = histograms(plane.gradient, 64, 48, side: 4, bins: 8)
    let b = histograms(plane.mapped { 2 * $0 }.gradient, 64, 48, side: 4, bins: 8)
    #expect(largestDifference(a.map { 2 * $0 }, b) < 0.1 * 48)
    let blocks = OrientedGradients.blocks(a, side: 4, bins: 8)
    #expect(largestDifference(blocks, OrientedGradients.blocks(b, side: 4, bins: 8)) < 1e-4)
    let first = blocks.prefix(32).reduce(0) { $0 + $1 * $1 }
    #expect(abs(first - 1) < 1e-4)
  }

  /// Orientation b of n becomes n − 1 − b, and columns change places.
  @Test func aMirrorImageMirrors() {
    let plane = weave(width: 64, height: 48)
    let a = histograms(plane.gradient, 64, 48, side: 4, bins: 8)
    let b = histograms(plane.mirrored.gradient, 64, 48, side: 4, bins: 8)
    var expected = a
    for cell in 0..<16 {
      for bin in 0..<8 { expected[cell * 8 + bin] = a[(cell / 4 * 4 + 3 - cell % 4) * 8 + 7 - bin] }
    }
    #expect(largestDifference(expected, b) < 0.05 && largestDifference(a, b) > 10)
  }

  @Test func coarseCellsAreSumsOfFineOnes() {
    let plane = weave(width: 64, height: 48)
    let gradient = plane.gradient
    var fine = OrientedGradients(side: 16, bins: 8)
    fine.load(dx: gradient.dx.span, dy: gradient.dy.span, width: 64, height: 48)
    #expect(largestDifference(fine.pooled(side: 4), histograms(gradient, 64, 48, side: 4, bins: 8)) < 0.05)
    #expect(fine.pooled(side: 16) == fine.histograms)
  }

  @Test func rootSharesOfACell() {
    let roots = OrientedGradients.rootShares([3, 0, 12, 1, 0, 0, 0, 0], bins: 4, floor: 0.0001)
    #expect(largestDifference(roots, [0.433_01, 0, 0.866_03, 0.25, 0, 0, 0, 0]) < 1e-4)
    // Sums far below the floor count as flat.
    #expect(OrientedGradients.rootShares([1, 0], bins: 2, floor: 99)[0] == 0.1)
  }
}
