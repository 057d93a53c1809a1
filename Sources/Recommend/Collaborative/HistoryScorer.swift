import Kernels

/// A trained model that scores works for a history, whether or not it was trained with that person (fold-in without retraining).
package protocol HistoryScorer: Sendable {
  /// Works are 0..<workCount; those of a history beyond are left out.
  var workCount: Int { get }

  /// Scores of all works, higher for those the person would rather see; works of the history have one too.
  ///
  /// - Parameters:
  ///   - scores: as many as works, overwritten; finite. Of another length it is made anew.
  ///   - room: what is needed on the way; one a thread, used again and again, so that nothing is allocated.
  func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom)

  /// Where a score comes from: what each part really gave to it.
  func reasons(for work: Int32, history: History) -> Reasons

  /// The same for several works, with what depends on the history alone worked out once.
  func reasons(for works: [Int32], history: History) -> [Reasons]
}

extension HistoryScorer {
  package func reasons(for works: [Int32], history: History) -> [Reasons] {
    works.map { reasons(for: $0, history: history) }
  }

  package func scores(of history: History) -> [Float] {
    var scores: [Float] = []
    var room = ScoringRoom()
    score(history, into: &scores, using: &room)
    return scores
  }
}

/// Where a score comes from: base + the works' shares + the people's shares are the score, to rounding.
package struct Reasons: Sendable, Equatable {
  /// What one work of the history, or one other person, gave.
  package struct Share: Sendable, Equatable {
    /// A row of works or of people.
    package let row: Int32
    package let share: Float

    package init(row: Int32, share: Float) { (self.row, self.share) = (row, share) }
  }

  /// What the work has without this history (its popularity, a mean).
  package var base: Float
  /// By works of the history, the largest share first.
  package var works: [Share]
  /// By people of like taste, the largest share first.
  package var people: [Share]

  package init(base: Float = 0, works: [Share] = [], people: [Share] = []) {
    self.base = base
    self.works = works.sorted { ($1.share, $0.row) < ($0.share, $1.row) }
    self.people = people.sorted { ($1.share, $0.row) < ($0.share, $1.row) }
  }

  /// What the parts come to.
  package var total: Float { base + works.reduce(0) { $0 + $1.share } + people.reduce(0) { $0 + $1.share } }
}

/// What models need on the way to scores, for one thread.
package struct ScoringRoom: Sendable {
  var similar = RowSimilarity.Room()
  var sums: [Float] = []
  var weights: [Float] = []
  var counts: [Int32] = []
  var numbers: [Int32] = []
  var values: [Float] = []
  var cells: [Cell] = []

  /// What neighbours say of one work, side by side, as they come in no order.
  struct Cell: Sendable {
    var sum: Float = 0
    var weight: Float = 0
    var count: Int32 = 0
  }

  package init() {}

  mutating func clear(works: Int) {
    sums.fill(works)
    weights.fill(works)
    counts.fill(works)
  }
}

extension Array where Element: AdditiveArithmetic {
  /// `count` zeros.
  mutating func fill(_ count: Int) {
    if self.count == count {
      for i in indices { self[i] = .zero }
    } else {
      self = [Element](repeating: .zero, count: count)
    }
  }
}
