import Kernels

/// Everybody is shown what most people have to do with: what other models have to beat.
package struct PopularityBaseline: HistoryScorer {
  /// The number of people for each work, by interactions above 0.
  package let counts: [Float]

  package var workCount: Int { counts.count }

  package init(_ interactions: Interactions) {
    let table = interactions.byWork
    counts = (0..<table.rowCount).map { work in Float(table.values[table.row(work)].count { $0 > 0 }) }
  }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    scores = counts
  }

  package func reasons(for work: Int32, history: History) -> Reasons {
    Reasons(base: work >= 0 && work < workCount ? counts[Int(work)] : 0)
  }
}
