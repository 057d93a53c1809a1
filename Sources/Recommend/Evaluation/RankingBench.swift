import Kernels

/// Lists for everybody who has something to be asked for, measured.
package struct RankingBench {
  package let training, test: Interactions
  package let k: Int
  private let counts: [Float]

  /// - Parameters:
  ///   - training: what models know; works in it are not recommended again.
  ///   - test: what should be recommended; of the same people and works.
  package init(training: Interactions, test: Interactions, k: Int) {
    precondition(training.personCount == test.personCount && training.workCount == test.workCount && k > 0)
    (self.training, self.test, self.k) = (training, test, k)
    counts = PopularityBaseline(training).counts
  }

  package struct Result: Sendable {
    /// Rows of people who have both a history and something to be asked for.
    package var people: [Int] = []
    /// A list each.
    package var lists: [[Int32]] = []
    package var metrics: [RankingMetrics] = []
    package var coverage = 0.0
    package var novelty = 0.0

    package var ndcg: [Double] { metrics.map(\.ndcg) }

    /// The mean of a measure over people.
    ///
    /// - Parameter measure: a place in `RankingMetrics.names`.
    package func mean(_ measure: Int) -> Double {
      metrics.isEmpty ? 0 : metrics.reduce(0) { $0 + $1.values[measure] } / Double(metrics.count)
    }

    func row(
      _ model: String, _ split: Int, _ seed: Int, _ trained: Double, _ tested: Double, _ popular: [Double]
    ) -> BenchReport.Ranking {
      let own = ConfidenceInterval(ndcg)
      let over = ConfidenceInterval.ofDifferences(ndcg, popular)
      return BenchReport.Ranking(
        model: model, split: split, seed: seed, trainSeconds: trained, testSeconds: tested,
        people: people.count,
        precision: mean(0), recall: mean(1), ndcg: mean(2), map: mean(3), hitRate: mean(4), mrr: mean(5),
        coverage: coverage, novelty: novelty, ndcgLow: own.low, ndcgHigh: own.high, overPopularity: over.mean,
        overPopularityLow: over.low, overPopularityHigh: over.high)
    }
  }

  package func run(_ model: some HistoryScorer) -> Result {
    var result = Result()
    var room = ScoringRoom()
    var scores: [Float] = []
    for person in 0..<test.personCount {
      let asked = test.byPerson.row(person)
      let history = training.history(person)
      guard !asked.isEmpty && !history.isEmpty else { continue }
      model.score(history, into: &scores, using: &room)
      let list = topWorks(scores, k, excluding: history.works)
      result.people.append(person)
      result.lists.append(list)
      result.metrics.append(RankingMetrics(list, relevant: Set(test.byPerson.columns[asked]), k: k))
      result.novelty += ListQuality.novelty(list, counts: counts, people: training.personCount)
    }
    result.novelty /= Double(max(1, result.people.count))
    result.coverage = ListQuality.coverage(result.lists, workCount: training.workCount)
    return result
  }
}
