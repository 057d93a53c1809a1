import Features
import Foundation
import Imaging
import Testing

@Suite struct OrientationTests {
  private func pyramid(_ image: WorkingImage) -> OrientationPyramid {
    var pyramid = OrientationPyramid()
    pyramid.measure(image.analysed, image.gradient, image.edges())
    return pyramid
  }

  private func pairs(_ image: WorkingImage) -> [Float] {
    var pairs = DirectionCooccurrence()
    pairs.measure(image.gradient, width: image.analysed.width, height: image.analysed.height)
    return pairs.shares
  }

  /// Parallel bands of a cosine along `angle` degrees.
  private func bands(_ angle: Double) -> WorkingImage {
    picture(width: 64, height: 64) { x, y, _ in
      let (c, s) = (cos(angle * .pi / 180), sin(angle * .pi / 180))
      return Int((128 + 100 * cos((Double(x) * c + Double(y) * s) / 2)).rounded())
    }
  }

  @Test func momentsAgreeWithNumPy() throws {
    for (golden, image) in try ShapeGolden.pictures() {
      let pyramid = pyramid(image)
      #expect(largestDifference(pyramid.cells[0], golden.orientation) < 2e-3)
      let half = (0..<64).map { pyramid.energy(scale: 1, cell: $0) }
      #expect(largestDifference(half, golden.halfEnergy) < 1e-3)
      #expect(largestDifference(pyramid.strengths[0], golden.strengths) < 1e-5)
    }
  }

  @Test func cooccurrenceAgreesWithNumPy() throws {
    for (golden, image) in try ShapeGolden.pictures() {
      #expect(largestDifference(pairs(image), golden.cooccurrence) < 1e-5)
    }
  }

  @Test(arguments: [0.0, 30, 45, 90, 135, 160])
  func bandsPointTheirWay(angle: Double) {
    let all = pyramid(bands(angle)).pooled(scale: 0, group: 8)
    #expect(all.count == 7 && all[0] > 5)
    let found = atan2(all[2], all[1]) / 2
    let difference = (Double(found) - angle * .pi / 180) / .pi
    #expect(abs(difference - difference.rounded()) < 0.02)
    // All of one orientation.
    #expect((all[1] * all[1] + all[2] * all[2]).squareRoot() > 0.9 * all[0])
  }

  @Test func poolingKeepsTheMean() {
    let pyramid = pyramid(pattern(width: 64, height: 64))
    let (four, one) = (pyramid.pooled(scale: 0, group: 2), pyramid.pooled(scale: 0, group: 8))
    #expect(four.count == 112)
    for k in 0..<7 {
      let mean = stride(from: k, to: 112, by: 7).reduce(0) { $0 + four[$1] } / 16
      #expect(abs(mean - one[k]) < 1e-3)
    }
    for scale in 0..<3 { #expect(abs(pyramid.strengths[scale].reduce(0, +) - 1) < 1e-4) }
  }

  /// A step to brighter on the right: direction 0 with itself, to the right and below; the same turned by quarters.
  @Test func aStepMeetsItself() {
    let step = { (value: @escaping (Int, Int) -> Bool) in
      picture(width: 40, height: 40) { x, y, _ in value(x, y) ? 200 : 50 }
    }
    for (direction, image) in [
      (0, step { x, _ in x >= 20 }), (2, step { _, y in y >= 20 }), (4, step { x, _ in x < 20 }),
      (6, step { _, y in y < 20 }),
    ] {
      let shares = pairs(image)
      // Along the step; across it at a distance of 2 there is nothing to meet.
      let along = direction % 4 == 0 ? 64 : 0
      #expect(shares[along + 9 * direction] == 1)
      #expect(shares[64 - along..<128 - along].allSatisfy { $0 == 0 })
    }
    #expect(pairs(uniform(width: 40, height: 40, [80, 80, 80])) == [Float](repeating: 0, count: 256))
  }

  @Test func edgesByOrientation() {
    let orientations = { (image: WorkingImage) in
      EdgeOrientations(image.edges(CannyEdges.standard), image.gradient)
    }
    #expect(orientations(bands(0)).vertical > 0.95)
    #expect(orientations(bands(90)).horizontal > 0.95)
    // The gradient towards the lower right: the edges rise.
    #expect(orientations(bands(45)).rising > 0.9)
    #expect(orientations(bands(135)).falling > 0.9)
    let mixed = orientations(figures())
    #expect(abs(mixed.horizontal + mixed.vertical + mixed.rising + mixed.falling - 1) < 1e-5)
    #expect(mixed.entropy > 0.5 && mixed.entropy <= 1 && orientations(bands(0)).entropy < 0.2)
    let none = orientations(uniform(width: 30, height: 30, [1, 2, 3]))
    #expect(none.entropy == 0 && none.shares == [Float](repeating: 0, count: 8))
  }
}
