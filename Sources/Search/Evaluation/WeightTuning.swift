package import Model

/// Finds how much each block should count for works that a person calls alike to find one another.
///
/// The figure is mAP@10. Weights are changed one at a time, in steps that become smaller, for as long as that makes the figure
/// better (coordinate ascent); works with one label are kept together in one of the folds, weights are found on all folds but one
/// and measured on that one, so that the figure told is not that of the works that they were fitted to.
package struct WeightTuning {
  /// What a tuning came to.
  package struct Result: Sendable {
    /// Found on all works, to one decimal place of the smallest step, the largest as in the weights that were there before.
    package let weights: BlockWeights
    /// mAP@10 of the weights that were there before, and, over all folds, of those found without each fold.
    package let before, after: Double
    package let queries: Int
  }

  /// By how much a weight is multiplied and divided, round by round; and 0 is tried.
  private static let steps: [Float] = [2, 1.4, 1.15]
  private static let foldCount = 5

  private let evaluation: Evaluation
  private let names: [BlockName]

  /// - Parameter names: the blocks whose weights are looked for.
  package init(_ evaluation: Evaluation, _ names: [BlockName]) {
    self.evaluation = evaluation
    self.names = names
  }

  /// - Parameters:
  ///   - start: the weights that are there.
  ///   - queries: as `Evaluation.queries` gives them.
  ///   - progress: called with the parts done and how many there are, about.
  package func run(
    from start: BlockWeights, queries: [Int], progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Result {
    let scores = evaluation.scores(names, queries: queries)
    let folds = evaluation.folds(queries, count: Self.foldCount)
    var done = 0
    func step() {
      done += 1
      progress(done, Self.foldCount + 1)
    }
    var (before, after) = (0.0, 0.0)
    for fold in 0..<Self.foldCount {
      let (inside, outside) = (
        folds.indices.filter { folds[$0] != fold }, folds.indices.filter { folds[$0] == fold }
      )
      guard !outside.isEmpty else {
        step()
        continue
      }
      let found = inside.isEmpty ? start : try climb(from: start, scores, inside)
      before += figure(start, scores, outside) * Double(outside.count)
      after += figure(found, scores, outside) * Double(outside.count)
      step()
    }
    let weights = try climb(from: start, scores, Array(queries.indices))
    step()
    let n = Double(max(1, queries.count))
    return Result(weights: weights, before: before / n, after: after / n, queries: queries.count)
  }

  private func climb(
    from start: BlockWeights, _ scores: Evaluation.BlockScores, _ queries: [Int]
  ) throws -> BlockWeights {
    var best = start
    var figure = figure(best, scores, queries)
    for step in Self.steps {
      var improves = true
      while improves {
        improves = false
        for name in names {
          for weight in [best[name] * step, best[name] / step, 0, start[name] == 0 ? 1 : start[name]]
          where weight != best[name] {
            guard let trial = try? best.replacing([name: weight]) else { continue }
            let value = self.figure(trial, scores, queries)
            // A gain in the fourth place is chance.
            if value > figure + 1e-4 { (best, figure, improves) = (trial, value, true) }
          }
        }
      }
    }
    return best
  }

  private func figure(_ weights: BlockWeights, _ scores: Evaluation.BlockScores, _ queries: [Int]) -> Double {
    evaluation.meanAveragePrecisionAt10(names.map { weights[$0] }, scores, queries)
  }
}
