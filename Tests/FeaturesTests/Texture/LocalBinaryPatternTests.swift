import Features
import Testing

@Suite struct LocalBinaryPatternTests {
  /// One pixel in the middle of 3 × 3, its eight neighbours from the right anticlockwise.
  private func code(_ neighbours: [Int], centre: Int) -> [Float] {
    // Diagonal neighbours lie between pixels: with equal greys about them they are those greys.
    let places = [(2, 1), (2, 0), (1, 0), (0, 0), (0, 1), (0, 2), (1, 2), (2, 2)]
    var pattern = LocalBinaryPattern(points: 8, radius: 1)
    return pattern.uniformShares(
      greyPlane(width: 3, height: 3) { x, y in
        places.firstIndex { $0 == (x, y) }.map { neighbours[$0] } ?? centre
      })
  }

  @Test func aBrightRightSideIsThreeOnesFromBelow() {
    let shares = code([200, 200, 0, 0, 0, 0, 0, 200], centre: 100)
    // Ones at 7, 0 and 1: three ones, a run that begins at 7, rotation 3 − 2 = 1.
    #expect(shares[1 + 2 * 8 + 1] == 1)
    #expect(shares.reduce(0, +) == 1)
  }

  @Test func darkerNeighboursAreNoOnesAndEqualOnesAreOnes() {
    #expect(code([Int](repeating: 10, count: 8), centre: 100)[0] == 1)
    #expect(code([Int](repeating: 100, count: 8), centre: 100)[57] == 1)
  }

  @Test func checkeredNeighboursAreNotUniform() {
    // Axes dark, corners so bright that what lies between is bright too.
    #expect(code([0, 255, 0, 255, 0, 255, 0, 255], centre: 60)[58] == 1)
  }

  @Test func agreesWithScikitImage() throws {
    let golden = try TextureGolden.load()
    let plane = try golden.picture()
    for (points, radius) in [(8, 1), (16, 2), (24, 3)] {
      var pattern = LocalBinaryPattern(points: points, radius: radius)
      let invariant = try #require(golden.patterns["uniform_\(points)_\(radius)"])
      let shares = pattern.rotationInvariantShares(plane)
      #expect(shares.count == pattern.rotationInvariantCount)
      // A few in a thousand pixels lie so near to equality that rounded weights decide otherwise.
      #expect(zip(shares, invariant).map { abs($0 - $1) }.reduce(0, +) < 0.01)
      guard points <= 16 else { continue }
      let reference = try #require(golden.patterns["nri_uniform_\(points)_\(radius)"])
      let uniform = pattern.uniformShares(plane)
      #expect(zip(uniform, reference).map { abs($0 - $1) }.reduce(0, +) < 0.01)
      #expect(
        largestDifference(LocalBinaryPattern.rotationInvariant(uniform, points: points), shares) < 1e-6)
    }
  }

  /// Where all neighbours are pixels, only the order of greys counts.
  @Test func aMonotonicChangeOfGreyChangesNothing() {
    let plane = greyPlane(width: 50, height: 41) { x, y in (x * 31 + y * 17) * 7919 % 65_536 % 100 }
    let steeper = plane.mapped { $0 < 30 ? $0 : 30 + ($0 - 30) * ($0 - 30) / 40 + ($0 - 30) }
    #expect(Set(plane.values).count == Set(steeper.values).count && plane.values != steeper.values)
    var pattern = LocalBinaryPattern(points: 4, radius: 1)
    let shares = pattern.uniformShares(plane)
    #expect(pattern.uniformShares(steeper) == shares)
    #expect(pattern.uniformShares(plane.mapped { 255 - $0 }) != shares)
  }

  @Test func anOffsetChangesNothingBetweenPixelsEither() {
    let plane = weave(width: 50, height: 41)
    for (points, radius) in [(8, 1), (16, 2), (24, 3)] {
      var pattern = LocalBinaryPattern(points: points, radius: radius)
      let brighter = plane.mapped { $0 + 17 }
      #expect(pattern.rotationInvariantShares(brighter) == pattern.rotationInvariantShares(plane))
    }
  }

  @Test func aQuarterTurnTurnsThePatterns() {
    let plane = weave(width: 50, height: 41)
    var pattern = LocalBinaryPattern(points: 8, radius: 1)
    let (before, after) = (pattern.uniformShares(plane), pattern.uniformShares(plane.turned))
    #expect(before != after)
    let sums = LocalBinaryPattern.rotationInvariant(before, points: 8)
    #expect(largestDifference(sums, LocalBinaryPattern.rotationInvariant(after, points: 8)) < 2e-3)
    // Turned against the clock of the numbering: a run begins two neighbours earlier or later.
    let runs = Array(before[1..<9])
    let turned = Array(after[1..<9])
    let one = (0..<8).map { runs[($0 + 2) % 8] }
    let other = (0..<8).map { runs[($0 + 6) % 8] }
    #expect(min(largestDifference(turned, one), largestDifference(turned, other)) < 2e-3)
  }

  /// Rows of 16 pixels and more are done in vectors, shorter ones pixel by pixel.
  @Test(arguments: [4, 15, 18, 19, 33, 40]) func vectorsAgreeWithSinglePixels(width: Int) {
    let plane = weave(width: width, height: 12)
    for (points, radius) in [(8, 1), (16, 2), (24, 3)] where width > 2 * radius {
      var pattern = LocalBinaryPattern(points: points, radius: radius)
      let whole = pattern.rotationInvariantShares(plane)
      var sum = [Float](repeating: 0, count: points + 2)
      let columns = width - 2 * radius
      for x in 0..<columns {
        let strip = greyPlane(width: 2 * radius + 1, height: 12) { plane[x + $0, $1] }
        for (i, share) in pattern.rotationInvariantShares(strip).enumerated() {
          sum[i] += share / Float(columns)
        }
      }
      #expect(largestDifference(whole, sum) < 1e-5)
    }
  }

  @Test func everySecondRowIsEnoughForNearlyTheSame() {
    let plane = weave(width: 200, height: 161)
    var all = LocalBinaryPattern(points: 16, radius: 2)
    var half = LocalBinaryPattern(points: 16, radius: 2, step: 2)
    let (a, b) = (all.rotationInvariantShares(plane), half.rotationInvariantShares(plane))
    #expect(a != b && largestDifference(a, b) < 0.01)
    #expect(abs(b.reduce(0, +) - 1) < 1e-5)
  }

  @Test func aPictureWithoutFullCirclesHasNoShares() {
    var pattern = LocalBinaryPattern(points: 24, radius: 3)
    #expect(pattern.rotationInvariantShares(weave(width: 6, height: 40)).allSatisfy { $0 == 0 })
  }
}
