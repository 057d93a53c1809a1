import Recommend
import TestSupport
import Testing

@Suite struct LikenessTests {
  private func likeness(_ kind: Likeness, _ u: [Float], _ v: [Float]) -> Double {
    kind.between(u.span, v.span)
  }

  @Test func byHand() {
    #expect(abs(likeness(.cosine, [3, 4], [1, 0]) - 0.6) < 1e-12)
    // The distance is √(2² + 4²).
    #expect(abs(likeness(.euclidean, [3, 4], [1, 0]) - 1 / (1 + 20.0.squareRoot())) < 1e-12)
    #expect(likeness(.euclidean, [3, 4], [3, 4]) == 1)
    // 3·1 over √(25 + 1).
    #expect(abs(likeness(.dampedDot, [3, 4], [1, 0]) - 3 / 26.0.squareRoot()) < 1e-12)
    // Means 2 and 13/3; covariance 5, squares 2 and 38/3.
    #expect(abs(likeness(.pearson, [1, 2, 3], [2, 4, 7]) - 5 / (2 * 38.0 / 3).squareRoot()) < 1e-12)
    #expect(abs(likeness(.pearson, [1, 2, 3], [-1, -2, -3]) + 1) < 1e-12)
  }

  @Test(arguments: Likeness.allCases) func aMissingVectorIsLikeNothing(_ kind: Likeness) {
    #expect(likeness(kind, [0, 0, 0], [1, 2, 3]) == 0)
    #expect(likeness(kind, [1, 2, 3], [0, 0, 0]) == 0)
    #expect(likeness(kind, [0, 0, 0], [0, 0, 0]) == 0)
    #expect(likeness(kind, [], []) == 0)
  }

  @Test func aConstantHasNoCorrelation() {
    #expect(likeness(.pearson, [5, 5, 5], [1, 2, 3]) == 0)
    #expect(likeness(.pearson, [0.1, 0.1, 0.1], [1, 2, 3]) == 0)
  }

  @Test(arguments: Likeness.allCases) func isSymmetricAndFinite(_ kind: Likeness) {
    var generator = SeededGenerator(seed: 1)
    for scale in [Float(1e-18), 1, 1e18] {
      let (u, v) = (generator.vector(17).map { $0 * scale }, generator.vector(17))
      #expect(likeness(kind, u, v) == likeness(kind, v, u))
      #expect(likeness(kind, u, v).isFinite)
    }
  }

  @Test func lengthDampsTheDotProduct() {
    // However long, no more than the shorter one's length.
    #expect(likeness(.dampedDot, [1e6, 0], [1, 0]) < 1)
    #expect(likeness(.dampedDot, [1e6, 0], [1, 0]) > 0.999)
    #expect(abs(likeness(.dampedDot, [1, 0], [1, 0]) - 0.5.squareRoot()) < 1e-12)
    #expect(likeness(.cosine, [1e6, 0], [1, 0]) == 1)
  }
}
