import Foundation
package import Kernels

/// Works alike by who has to do with both: a score is `Σ s(j)·likeness(j, i)` over the history's works j (Deshpande and Karypis 2004,
/// doi:10.1145/963770.963776).
package struct InteractionNeighbours: HistoryScorer {
  /// How an interaction counts when works are compared.
  package enum Weighting: Sendable, Equatable {
    /// As it stands; works are compared by the cosine.
    case cosine
    /// √strength · ln(works / (1 + works of the person)), then the cosine: someone who sees everything says little.
    case tfIdf
    /// Okapi's saturation, by strength and by how much there is about a work, and not the cosine but the inner product (Robertson and Zaragoza 2009,
    /// doi:10.1561/1500000019).
    case bm25(k1: Float, b: Float)
  }

  /// Works × works: the works most alike to each, the most alike first.
  package let similar: SparseRows

  package var workCount: Int { similar.rowCount }

  /// - Parameters:
  ///   - kept: works kept for each.
  ///   - threads: 1 or more. The answer is the same whatever their number.
  /// - Throws: `stopped`; `tooLarge` where works × kept is more than 2³¹.
  package init(
    training interactions: Interactions, weighting: Weighting = .cosine, kept: Int = 20, threads: Int = 2,
    watch: TrainingWatch = TrainingWatch()
  ) throws {
    precondition(kept > 0)
    let weighted = Self.weighted(interactions, weighting)
    let similar = weighted.similarRows(
      nil, byColumn: weighted.transposed(), kept: kept, threads: threads, isStopped: watch.isStopped)
    guard let similar else {
      throw watch.isStopped()
        ? TrainingWatch.stopped
        : RecommendError(.tooLarge, "\(kept) neighbours of \(interactions.workCount) works are too many")
    }
    watch.progress(1)
    self.similar = similar
  }

  init(similar: SparseRows) { self.similar = similar }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    scores.fill(workCount)
    let known = history.known(workCount)
    for (own, strength) in zip(known.works, known.strengths) {
      for entry in similar.row(Int(own)) {
        scores[Int(similar.columns[entry])] += strength * similar.values[entry]
      }
    }
  }

  package func reasons(for work: Int32, history: History) -> Reasons {
    let known = history.known(workCount)
    var shares: [Reasons.Share] = []
    for (own, strength) in zip(known.works, known.strengths) {
      let row = similar.row(Int(own))
      guard let entry = similar.columns[row].firstIndex(of: work) else { continue }
      shares.append(.init(row: own, share: strength * similar.values[entry]))
    }
    return Reasons(works: shares)
  }

  /// The works most alike to one, the most alike first.
  package func likeWorks(_ work: Int) -> [(work: Int32, likeness: Float)] {
    similar.row(work).map { (similar.columns[$0], similar.values[$0]) }
  }

  /// Works × people with the numbers that are compared.
  private static func weighted(_ interactions: Interactions, _ weighting: Weighting) -> SparseRows {
    let table = interactions.byWork
    var values = table.values
    if weighting != .cosine {
      let idf = (0..<interactions.personCount).map { person in
        Float(
          log(Double(interactions.workCount)) - log1p(Double(interactions.byPerson.row(person).count)))
      }
      let sums = (0..<table.rowCount).map { work in table.values[table.row(work)].reduce(0, +) }
      let meanSum = sums.isEmpty ? 0 : sums.reduce(0, +) / Float(sums.count)
      for work in 0..<table.rowCount {
        for entry in table.row(work) {
          let (value, rarity) = (values[entry], idf[Int(table.columns[entry])])
          switch weighting {
          case .cosine: break
          case .tfIdf: values[entry] = (value < 0 ? -(-value).squareRoot() : value.squareRoot()) * rarity
          case .bm25(let k1, let b):
            let length = 1 - b + b * (meanSum > 0 ? sums[work] / meanSum : 0)
            let below = k1 * length + abs(value)
            values[entry] = below > 0 ? value * (k1 + 1) / below * rarity : 0
          }
        }
      }
      if case .bm25 = weighting { return table.with(values: values) }
    }
    for work in 0..<table.rowCount {
      let row = table.row(work)
      let square = values[row].reduce(0) { $0 + Double($1) * Double($1) }
      guard square > 0 else { continue }
      let factor = Float(1 / square.squareRoot())
      for entry in row { values[entry] *= factor }
    }
    return table.with(values: values)
  }
}
