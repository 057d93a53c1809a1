import Features
import Testing

@Suite struct GreyCooccurrenceTests {
  /// Two rows, 0 0 1 and 0 1 2 in levels: to the right follow (0,0), (0,1), (0,1), (1,2), and each the other way.
  @Test func aSmallMatrix() {
    let plane = greyPlane(width: 3, height: 2) { x, y in 16 * [[0, 0, 1], [0, 1, 2]][y][x] + 5 }
    var cooccurrence = GreyCooccurrence()
    let matrix = cooccurrence.matrix(plane, dx: 1, dy: 0)
    #expect(matrix[0] == 0.25 && matrix[1] == 0.25 && matrix[16] == 0.25)
    #expect(matrix[18] == 0.125 && matrix[33] == 0.125)
    #expect(matrix.filter { $0 > 0 }.count == 5)
    let properties = GreyCooccurrence.properties(matrix)
    #expect(abs(properties.contrast - 0.75) < 1e-6 && abs(properties.dissimilarity - 0.75) < 1e-6)
    #expect(abs(properties.homogeneity - (0.25 + 0.75 / 2)) < 1e-6)
    #expect(abs(properties.energy * properties.energy - (3 * 0.062_5 + 2 * 0.015_625)) < 1e-6)
    #expect(abs(properties.entropy - 1.559_581) < 1e-5)
    // Means 5/8; Σ p i² = 7/8, Σ p i j = 1/2.
    let (mean, second, product): (Float, Float, Float) = (0.625, 0.875, 0.5)
    let correlation = (product - mean * mean) / (second - mean * mean)
    #expect(abs(properties.correlation - correlation) < 1e-6)
  }

  @Test func agreesWithScikitImage() throws {
    let golden = try TextureGolden.load()
    let plane = try golden.picture()
    var cooccurrence = GreyCooccurrence()
    for reference in golden.cooccurrence {
      let d = reference.distance
      #expect(largestDifference(cooccurrence.matrix(plane, dx: d, dy: d), reference.matrix) < 1e-6)
      let properties = cooccurrence.properties(plane, distance: d)
      for (ours, theirs) in zip(properties, reference.properties) {
        #expect(largestDifference(ours.values, theirs) < 1e-5)
      }
      let summary = GreyCooccurrence.meanAndRange(properties)
      let contrasts: [Float] = reference.properties.map { $0[0] }.sorted()
      let mean: Float = contrasts.reduce(0, +) / 4
      #expect(abs(summary[0] - mean) < 1e-5)
      #expect(abs(summary[6] - (contrasts[3] - contrasts[0])) < 1e-5)
    }
  }

  @Test func matricesAreSymmetricAndSumToOne() {
    let plane = weave(width: 45, height: 38)
    var cooccurrence = GreyCooccurrence()
    for (dx, dy) in GreyCooccurrence.directions {
      let matrix = cooccurrence.matrix(plane, dx: 3 * dx, dy: 3 * dy)
      #expect(abs(matrix.reduce(0, +) - 1) < 1e-5)
      let transposed = (0..<256).map { matrix[$0 % 16 * 16 + $0 / 16] }
      #expect(matrix == transposed)
      #expect(cooccurrence.matrix(plane.mirrored, dx: -3 * dx, dy: 3 * dy) == matrix)
    }
    #expect(
      cooccurrence.matrix(plane, dx: 1, dy: 1) != cooccurrence.matrix(plane, dx: -1, dy: 1))
  }

  @Test func everySecondRowLooksAtThatRow() {
    // Rows of one level in turn, each its own number: of rows 0 and 2 the neighbours below are 1 and 3.
    let plane = greyPlane(width: 5, height: 5) { _, y in 16 * y }
    var half = GreyCooccurrence(step: 2)
    let matrix = half.matrix(plane, dx: 0, dy: 1)
    #expect(matrix[1] == 0.25 && matrix[16] == 0.25 && matrix[35] == 0.25 && matrix[50] == 0.25)
  }

  @Test func oneGreyIsOrderItself() {
    var cooccurrence = GreyCooccurrence()
    for properties in cooccurrence.properties(greyPlane(width: 9, height: 9) { _, _ in 200 }, distance: 2) {
      #expect(properties.values == [0, 0, 1, 1, 1, 0])
    }
  }

  @Test func aCheckerboardAlternates() {
    let board = greyPlane(width: 20, height: 20) { x, y in (x + y) % 2 * 16 }
    var cooccurrence = GreyCooccurrence()
    let properties = cooccurrence.properties(board, distance: 1)
    #expect(properties.map(\.contrast) == [1, 0, 1, 0])
    #expect(largestDifference(properties.map(\.correlation), [-1, 1, -1, 1]) < 1e-3)
  }

  @Test func neighboursBeyondThePictureAreNone() {
    var cooccurrence = GreyCooccurrence()
    #expect(cooccurrence.matrix(weave(width: 4, height: 9), dx: 4, dy: 0).allSatisfy { $0 == 0 })
    let none = cooccurrence.properties(weave(width: 2, height: 2), distance: 4)
    #expect(none.allSatisfy { $0.values.allSatisfy(\.isFinite) })
  }
}
