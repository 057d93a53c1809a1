import Features
import TestSupport
import Testing

@Suite struct MarkovFieldTests {
  @Test func agreesWithLeastSquares() throws {
    let golden = try TextureGolden.load()
    let plane = try golden.picture()
    var field = MarkovField()
    let fit = field.fit(plane)
    #expect(largestDifference(fit.coefficients, golden.markov.coefficients) < 1e-4)
    #expect(abs(fit.residualVariance / golden.markov.residualVariance - 1) < 1e-4)
  }

  /// Rows of random greys with every pixel the mean of its neighbours above and below, and three rows apart free.
  @Test func aPixelBetweenItsNeighboursIsFoundOut() {
    var generator = SeededGenerator(seed: 3)
    let free = (0..<16).map { _ in (0..<60).map { _ in 2 * Int.random(in: 0...100, using: &generator) } }
    // Rows alternate between free ones and means of those about them.
    let plane = greyPlane(width: 60, height: 31) { x, y in
      y % 2 == 0 ? free[y / 2][x] : (free[y / 2][x] + free[y / 2 + 1][x]) / 2
    }
    var field = MarkovField()
    let fit = field.fit(plane)
    // Half of the pixels are the mean exactly: far more of the variance than noise would let be told.
    #expect(fit.coefficients[1] > 0.4)
    #expect(fit.coefficients.indices.allSatisfy { $0 == 1 || abs(fit.coefficients[$0]) < 0.4 })
    let noise = greyPlane(width: 60, height: 31) { _, _ in Int.random(in: 0...200, using: &generator) }
    let free2 = field.fit(noise)
    #expect(free2.coefficients.allSatisfy { abs($0) < 0.1 })
    #expect(free2.residualVariance > 2500 && fit.residualVariance < 0.6 * free2.residualVariance)
  }

  @Test func anOffsetChangesNothingAndContrastScalesTheResidual() {
    let plane = weave(width: 50, height: 40).mapped { $0 / 2 }
    var field = MarkovField()
    let fit = field.fit(plane)
    let brighter = field.fit(plane.mapped { $0 + 60 })
    #expect(largestDifference(fit.coefficients, brighter.coefficients) < 1e-4)
    let steeper = field.fit(plane.mapped { 2 * $0 })
    #expect(largestDifference(fit.coefficients, steeper.coefficients) < 1e-4)
    #expect(abs(steeper.residualVariance / fit.residualVariance - 4) < 1e-2)
  }

  @Test func aMirrorImageExchangesTheDiagonals() {
    let plane = weave(width: 50, height: 40)
    var field = MarkovField()
    let a = field.fit(plane).coefficients
    let b = field.fit(plane.mirrored).coefficients
    let exchanged = [0, 1, 3, 2, 4, 5, 8, 9, 6, 7].map { a[$0] }
    #expect(largestDifference(exchanged, b) < 1e-4 && largestDifference(a, b) > 0.005)
  }

  @Test(arguments: [(1, 1), (4, 30), (5, 5), (30, 30)])
  func flatPicturesHaveNoCoefficients(width: Int, height: Int) {
    var field = MarkovField()
    let fit = field.fit(greyPlane(width: width, height: height) { _, _ in 255 })
    #expect(fit.coefficients.allSatisfy { abs($0) < 1e-3 } && fit.coefficients.count == MarkovField.pairs)
    #expect(fit.residualVariance >= 0 && fit.residualVariance < 1e-3)
  }

  @Test func everySecondRowIsNearlyTheSame() {
    let plane = weave(width: 200, height: 161)
    var (all, half) = (MarkovField(), MarkovField(step: 2))
    let (a, b) = (all.fit(plane), half.fit(plane))
    #expect(a != b && largestDifference(a.coefficients, b.coefficients) < 0.03)
  }

  @Test func whatRepeatsIsFinite() {
    var field = MarkovField()
    for plane in [
      greyPlane(width: 30, height: 30) { x, y in (x + y) % 2 * 255 },
      greyPlane(width: 30, height: 30) { x, _ in x % 2 * 255 }, weave(width: 5, height: 5),
    ] {
      let fit = field.fit(plane)
      #expect(fit.coefficients.allSatisfy { $0.isFinite && abs($0) < 10 } && fit.residualVariance.isFinite)
    }
  }
}
