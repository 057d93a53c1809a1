/// Lists that people were shown, with what came of them: what a ranking head learns from.
package struct RankingExamples: Sendable {
  /// One list.
  struct Group: Sendable {
    /// candidates × features.
    let features: [Float]
    let outcomes: [Float]
    /// What a pair weighs for what came of each; empty where all weigh the same.
    let weights: [Float]

    func weight(_ better: Int, _ worse: Int) -> Double {
      weights.isEmpty ? 1 : Double(weights[outcomes[better] > 0 ? better : worse])
    }
  }

  /// Names of the features, in order.
  package let names: [String]
  private(set) var groups: [Group] = []

  package init(names: [String]) { self.names = names }

  /// - Parameters:
  ///   - features: of each candidate one number a name, finite.
  ///   - outcomes: of each candidate how welcome it was; more is better. Only differences within the list count.
  ///   - weights: of each candidate how much what came of it counts, above 0: more than 1 for what would have gone unseen more often
  ///     than not. nil is 1 for all. In a pair it is that of the one that something came of: the better one, or the worse one where
  ///     something bad did.
  package mutating func append(features: [[Float]], outcomes: [Float], weights: [Float]? = nil) {
    precondition(features.count == outcomes.count && features.allSatisfy { $0.count == names.count })
    precondition(features.allSatisfy { $0.allSatisfy(\.isFinite) } && outcomes.allSatisfy(\.isFinite))
    precondition((weights?.count ?? outcomes.count) == outcomes.count)
    precondition(weights?.allSatisfy { $0 > 0 && $0.isFinite } ?? true, "weights are above 0")
    groups.append(Group(features: features.flatMap { $0 }, outcomes: outcomes, weights: weights ?? []))
  }

  /// Differences `better − worse` of at most `most` pairs of each list, spread evenly over all its pairs, and what each weighs: the
  /// pairs of a list weigh 1 together, more where the outcomes lie farther apart; times the weights of the candidates.
  func pairs(most: Int) -> (differences: [Double], weights: [Double]) {
    let width = names.count
    var (differences, weights) = ([Double](), [Double]())
    for group in groups {
      let places = group.outcomes.indices
      let all = places.flatMap { i in places.filter { group.outcomes[i] > group.outcomes[$0] }.map { (i, $0) }
      }
      guard !all.isEmpty else { continue }
      let taken = all.count <= most ? all : (0..<most).map { all[$0 * all.count / most] }
      let gaps = taken.map { Double(group.outcomes[$0.0]) - Double(group.outcomes[$0.1]) }
      let total = gaps.reduce(0, +)
      for ((better, worse), gap) in zip(taken, gaps) {
        weights.append(gap / total * group.weight(better, worse))
        for f in 0..<width {
          differences.append(
            Double(group.features[better * width + f]) - Double(group.features[worse * width + f]))
        }
      }
    }
    return (differences, weights)
  }
}
