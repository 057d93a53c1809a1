import Foundation
import Kernels

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
  /// The attributes whose weight is not 0, ascending.
  private let columns: [Int32]

  /// - Parameter history: what is liked (above 0) and what isn't (below); works that the table doesn't know are left out.
  package init(_ history: History, table: AttributeTable) {
    self.table = table
    let (likes, dislikes) = (Self.total(history, 1, table), Self.total(history, -1, table))
    var sums = [Double](repeating: 0, count: table.attributes.count)
    var isTouched = [Bool](repeating: false, count: sums.count)
    var touched: [Int32] = []
    let (columns, values) = (table.byWork.columns, table.byWork.values)
    for (work, strength) in zip(history.works, history.strengths) where strength != 0 {
      let share =
        strength > 0 ? Double(strength) / likes : Double(Self.dislikedShare) * Double(strength) / dislikes
      for entry in table.range(work) {
        let column = Int(columns[entry])
        sums[column] += share * Double(values[entry])
        if !isTouched[column] {
          isTouched[column] = true
          touched.append(columns[entry])
        }
      }
    }
    touched.sort()
    let length = touched.reduce(0) { $0 + sums[Int($1)] * sums[Int($1)] }.squareRoot()
    var weights = [Float](repeating: 0, count: sums.count)
    if length > 1e-9 { for column in touched { weights[Int(column)] = Float(sums[Int(column)] / length) } }
    self.weights = weights
    self.columns = touched.filter { weights[Int($0)] != 0 }
  }

  /// How much is said for (sign 1) or against (sign −1) works that the table knows.
  private static func total(_ history: History, _ sign: Float, _ table: AttributeTable) -> Double {
    zip(history.works, history.strengths).reduce(0) {
      $1.1 * sign > 0 && $1.0 < table.count ? $0 + Double($1.1 * sign) : $0
    }
  }

  /// Nothing is known that tells works apart.
  package var isEmpty: Bool { columns.isEmpty }

  /// The cosine of the profile and what a work is said to be, −1…1; 0 for an unknown work and one of which nothing is said.
  package func score(_ work: Int32) -> Float {
    let (columns, values) = (table.byWork.columns, table.byWork.values)
    var sum: Float = 0
    for entry in table.range(work) { sum += weights[Int(columns[entry])] * values[entry] }
    return sum
  }

  /// The score of every work of the table, by going through the works of what the profile names: the same numbers as `score`.
  package var scores: [Float] {
    var scores = [Float](repeating: 0, count: table.count)
    var out = scores.mutableSpan
    let (works, values) = (table.byAttribute.columns.span, table.byAttribute.values.span)
    for column in columns {
      let weight = weights[Int(column)]
      for entry in table.byAttribute.row(Int(column)) { out[Int(works[entry])] += weight * values[entry] }
    }
    return scores
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
