import Foundation

/// What attributes the works that a person likes have more of than those they dislike: the mean of the liked works' weights less a
/// share of the disliked works' (Rocchio 1971), of length 1.
package struct AttributeProfile: Sendable {
  /// What the disliked take off, against what the liked add.
  package static let dislikedShare: Float = 0.5

  /// What one attribute adds to a score.
  package struct Contribution: Sendable, Equatable {
    package let attribute: Attribute
    package let value: Float

    package init(attribute: Attribute, value: Float) {
      self.attribute = attribute
      self.value = value
    }
  }

  private let table: AttributeTable
  /// One an attribute of the table; of length 1, or all zeros.
  private let weights: [Float]

  /// - Parameter history: what is liked (above 0) and what isn't (below); works that the table doesn't know are left out.
  package init(_ history: History, table: AttributeTable) {
    self.table = table
    func mean(_ sign: Float) -> [Double] {
      var sum = [Double](repeating: 0, count: table.attributes.count)
      var total = 0.0
      for (work, strength) in zip(history.works, history.strengths) where strength * sign > 0 {
        guard work < table.count else { continue }
        let value = Double(strength * sign)
        total += value
        for (column, weight) in table.entries(work) { sum[Int(column)] += value * Double(weight) }
      }
      return total > 0 ? sum.map { $0 / total } : sum
    }
    let (liked, disliked) = (mean(1), mean(-1))
    let both = zip(liked, disliked).map { $0 - Double(Self.dislikedShare) * $1 }
    let length = both.reduce(0) { $0 + $1 * $1 }.squareRoot()
    weights = both.map { length > 1e-9 ? Float($0 / length) : 0 }
  }

  /// Nothing is known that tells works apart.
  package var isEmpty: Bool { !weights.contains { $0 != 0 } }

  /// The cosine of the profile and what a work is said to be, −1…1; 0 for an unknown work and one of which nothing is said.
  package func score(_ work: Int32) -> Float {
    table.entries(work).reduce(0) { $0 + weights[Int($1.0)] * $1.1 }
  }

  /// What each attribute of the work adds to its score, most first; they add up to it.
  package func contributions(_ work: Int32) -> [Contribution] {
    table.entries(work).map { column, weight in
      Contribution(attribute: table.attributes[Int(column)], value: weights[Int(column)] * weight)
    }
    .filter { $0.value != 0 }
    .sorted { ($1.value, $0.attribute) < ($0.value, $1.attribute) }
  }

  /// What is liked most, for people to see what is thought of them.
  package func strongest(_ count: Int) -> [Contribution] {
    zip(table.attributes, weights).map(Contribution.init).filter { $0.value > 0 }
      .sorted { ($1.value, $0.attribute) < ($0.value, $1.attribute) }
      .prefix(count).map { $0 }
  }
}
