import Kernels

/// What is expected of a rating before anything is known of taste: `μ + bᵢ + bᵤ` (Koren 2008, doi:10.1145/1401890.1401944, section 2.1): how much
/// better a work is rated than the mean, and how much more kindly a person rates, both drawn to 0 where they rest on few ratings.
package struct RatingBaselines: Sendable, Equatable {
  /// So many ratings at the mean are thought to stand beside a work's, and beside a person's.
  static let workDamping = 25.0
  static let personDamping = 10.0

  package let mean: Float
  /// One a work.
  package let works: [Float]

  package init(_ ratings: Interactions) {
    let mean = ratings.mean
    let table = ratings.byWork
    works = (0..<table.rowCount).map { i in
      let row = table.row(i)
      let sum = table.values[row].reduce(0) { $0 + Double($1) - mean }
      return Float(sum / (Self.workDamping + Double(row.count)))
    }
    self.mean = Float(mean)
  }

  init(mean: Float, works: [Float]) {
    (self.mean, self.works) = (mean, works)
  }

  /// How much more kindly than others a person rates.
  package func personBias(_ history: History) -> Float {
    var sum = 0.0
    for (work, rating) in zip(history.works, history.strengths) {
      sum += Double(rating - mean) - Double(Int(work) < works.count ? works[Int(work)] : 0)
    }
    return Float(sum / (Self.personDamping + Double(history.count)))
  }
}
