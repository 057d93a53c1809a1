import Foundation

/// A small model that puts candidates in order: a weighted sum of what the sources say, with weights that were learned from what people
/// made of earlier lists.
///
/// Pairwise logistic regression (RankNet's loss with a linear score: Burges et al. 2005, doi:10.1145/1102351.1102363): the
/// probability that one candidate is preferred to another is the logistic function of the difference of their scores. Each weight
/// stays within its bounds, such as 0 and above for a source, so that what a source adds can be told to people; and each is drawn
/// to what it was before (a Gaussian prior), so that few lists change little. The loss is convex and is solved by Newton's method
/// with bounds (Bertsekas 1982, doi:10.1137/0320018): the same lists give the same weights.
package struct RankingHead: Sendable, Equatable {
  /// What a feature may weigh.
  package struct Feature: Sendable, Equatable {
    package let name: String
    /// What it weighs where nothing is learned.
    package let prior: Double
    package let range: ClosedRange<Double>

    package init(_ name: String, prior: Double, range: ClosedRange<Double> = 0...10) {
      precondition(range.contains(prior), "a weight begins within its bounds")
      self.name = name
      self.prior = prior
      self.range = range
    }
  }

  package let features: [Feature]
  /// One a feature, within its range.
  package let weights: [Double]

  /// A head that has learned nothing, or one that was kept.
  ///
  /// - Parameter weights: one a feature; what lies out of range is brought into it.
  package init(_ features: [Feature], weights: [Double]? = nil) {
    precondition(weights == nil || weights?.count == features.count)
    self.features = features
    self.weights = zip(features, weights ?? features.map(\.prior)).map { feature, weight in
      weight.isFinite ? min(feature.range.upperBound, max(feature.range.lowerBound, weight)) : feature.prior
    }
  }

  /// What each feature adds to a candidate's score; they add up to it.
  ///
  /// - Parameter values: one a feature.
  package func contributions(_ values: [Float]) -> [Float] {
    precondition(values.count == features.count)
    return zip(weights, values).map { Float($0 * Double($1)) }
  }

  package func score(_ values: [Float]) -> Float { contributions(values).reduce(0, +) }

  /// - Parameters:
  ///   - examples: of the same features, by name and order.
  ///   - ridge: how strongly weights are drawn to their priors, as if by so many lists; above 0.
  ///   - mostPairs: of one list.
  package static func fit(
    _ examples: RankingExamples, features: [Feature], ridge: Double = 10, mostPairs: Int = 200
  ) -> RankingHead {
    precondition(features.map(\.name) == examples.names && ridge > 0 && mostPairs > 0)
    let (differences, pairWeights) = examples.pairs(most: mostPairs)
    let problem = PairwiseLoss(
      differences: differences, pairWeights: pairWeights, prior: features.map(\.prior), ridge: ridge)
    let weights = BoundedNewton.minimum(
      from: features.map(\.prior), within: features.map(\.range), value: problem.value,
      derivatives: problem.derivatives)
    return RankingHead(features, weights: weights)
  }
}

/// `Σ pair weight · ln(1 + exp(−w·difference)) + ridge/2 · ‖w − prior‖²`.
struct PairwiseLoss {
  /// pairs × features.
  let differences: [Double]
  let pairWeights: [Double]
  let prior: [Double]
  let ridge: Double

  private func margin(_ pair: Int, _ w: [Double]) -> Double {
    var sum = 0.0
    for f in w.indices { sum += w[f] * differences[pair * w.count + f] }
    return sum
  }

  func value(_ w: [Double]) -> Double {
    var loss = zip(w, prior).reduce(0) { $0 + ridge / 2 * ($1.0 - $1.1) * ($1.0 - $1.1) }
    for (pair, weight) in pairWeights.enumerated() {
      let m = margin(pair, w)
      // ln(1 + e^-m), without overflow.
      loss += weight * (max(0, -m) + log1p(exp(-abs(m))))
    }
    return loss
  }

  /// The gradient, and the Hessian row by row.
  func derivatives(_ w: [Double]) -> (gradient: [Double], hessian: [Double]) {
    let n = w.count
    var gradient = zip(w, prior).map { ridge * ($0 - $1) }
    var hessian = [Double](repeating: 0, count: n * n)
    for f in 0..<n { hessian[f * n + f] = ridge }
    for (pair, weight) in pairWeights.enumerated() {
      let m = margin(pair, w)
      let wrong = m > 0 ? exp(-m) / (1 + exp(-m)) : 1 / (1 + exp(m))
      let curvature = weight * wrong * (1 - wrong)
      for f in 0..<n {
        let d = differences[pair * n + f]
        gradient[f] -= weight * wrong * d
        for g in 0...f { hessian[f * n + g] += curvature * d * differences[pair * n + g] }
      }
    }
    for f in 0..<n { for g in 0..<f { hessian[g * n + f] = hessian[f * n + g] } }
    return (gradient, hessian)
  }
}
