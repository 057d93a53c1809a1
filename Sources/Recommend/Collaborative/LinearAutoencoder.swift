import Kernels

/// EASE^R (Steck 2019, doi:10.1145/3308558.3313710): the linear model, its diagonal zero, that best gives each person's interactions back from their others;
/// a score is `Σ s(j)·B(j, i)` over the history's works j.
///
/// It is a dense matrix, so only the works with the most interactions take part; others score 0.
package struct LinearAutoencoder: HistoryScorer {
  package struct Options: Sendable, Equatable {
    /// λ, above 0: some hundreds for some ten thousand people.
    package var regularisation: Float = 500
    /// Works that take part, at most; 32,767 at most.
    package var works = 10_000

    package init() {}
  }

  package let workCount: Int
  /// The works that take part, ascending.
  package let works: [Int32]
  /// works × works numbers, row by row: what having one says about each.
  package let weights: [Float]

  /// Bytes that training needs beyond its table, and the model keeps.
  package static func memory(works: Int) -> Int { 4 * works * works }

  /// - Throws: `stopped`, `numeric`; `empty` where there is no interaction.
  package init(
    training interactions: Interactions, options: Options = Options(), threads: Int = 2,
    watch: TrainingWatch = TrainingWatch()
  ) throws {
    let table = interactions.byWork
    let ranked = (0..<table.rowCount).filter { !table.row($0).isEmpty }
      .sorted { (table.row($1).count, $0) < (table.row($0).count, $1) }
    let works = ranked.prefix(min(options.works, 32_767)).sorted()
    guard !works.isEmpty else { throw RecommendError(.empty, "nobody has to do with any work yet") }
    let byWork = table.choosing(works)
    try watch.step(0, of: 1)
    let weights = LinearAutoencoderWeights.fit(
      byWork: byWork, byPerson: byWork.transposed(), works: works.count,
      regularisation: options.regularisation,
      threads: threads, isStopped: watch.isStopped)
    guard let weights else {
      throw watch.isStopped()
        ? TrainingWatch.stopped
        : RecommendError(.numeric, "the works' products have no inverse in single precision")
    }
    watch.progress(1)
    self.init(workCount: table.rowCount, works: works.map { Int32($0) }, weights: weights)
  }

  init(workCount: Int, works: [Int32], weights: [Float]) {
    (self.workCount, self.works, self.weights) = (workCount, works, weights)
  }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    room.sums.fill(works.count)
    var sums = room.sums.mutableSpan
    for (own, strength) in zip(history.works, history.strengths) {
      guard let row = place(own) else { continue }
      addScaledRow(weights.span, row: row, by: strength, to: &sums, row: 0, columns: works.count)
    }
    scores.fill(workCount)
    for (place, work) in works.enumerated() { scores[Int(work)] = sums[place] }
  }

  package func reasons(for work: Int32, history: History) -> Reasons {
    reasons(for: [work], history: history)[0]
  }

  package func reasons(for works: [Int32], history: History) -> [Reasons] {
    let known = zip(history.works, history.strengths).compactMap { own, strength in
      place(own).map { (work: own, row: $0, strength: strength) }
    }
    return works.map { work in
      guard let column = place(work) else { return Reasons() }
      return Reasons(
        works: known.compactMap { own in
          own.row == column
            ? nil : .init(row: own.work, share: own.strength * weights[own.row * self.works.count + column])
        })
    }
  }

  private func place(_ work: Int32) -> Int? {
    var (low, high) = (0, works.count)
    while low < high {
      let middle = (low + high) / 2
      if works[middle] < work { low = middle + 1 } else { high = middle }
    }
    return low < works.count && works[low] == work ? low : nil
  }
}
