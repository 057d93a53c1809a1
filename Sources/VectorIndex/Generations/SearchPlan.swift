/// Which way a search takes: through the index, or past every row that may answer.
///
/// An index is built for the default weights. How far a query's weights are from these is told by the angle
/// between the two in the index's own geometry, where a block is √(default weight) long: with `wᵢ` the
/// lengths of the query's blocks and `gᵢ` the defaults, cos = Σ wᵢ / √(Σ wᵢ²/gᵢ · Σ gᵢ). It is 1 for weights
/// that are as the defaults, whatever their sum, and 0 where only blocks count that the index was built
/// without.
package struct SearchPlan: Equatable {
  package enum Way: Equatable {
    case exact
    /// How many times the width that default weights need.
    case index(stretch: Double)
  }

  /// Fewer rows than this are looked at one by one whatever the costs say: few may answer, so all that may should.
  private static let fewRows = 1000
  /// Reading a row out of order takes as long as reading so many in order.
  private static let disorder = 6
  /// A search of width w compares about so many times w rows; measured on made signatures, 6 to 14.
  private static let comparisons = 10

  /// At this cosine and above the built-in width is enough, and down to the last one the width is stretched.
  private static let stretches: [(cosine: Double, stretch: Double)] = [(0.95, 1), (0.85, 2), (0.75, 4)]

  /// - Parameters:
  ///   - passing: how many of the `count` rows may answer.
  ///   - width: what the index needs for default weights, in rows.
  package static func way(
    cosine: Double, width: Double, count: Int, passing: Int, k: Int
  ) -> Way {
    guard passing >= fewRows, let stretch = stretches.first(where: { cosine >= $0.cosine })?.stretch else {
      return .exact
    }
    let share = Double(passing) / Double(count)
    let exact = min(Double(passing * disorder), Double(count))
    let wide = max(width * stretch, 2 * Double(k)) / share
    return exact <= wide * Double(comparisons * disorder) ? .exact : .index(stretch: stretch)
  }

  package static func cosine(of query: [Float], _ schema: IndexSchema) -> Double {
    var (sum, squares, defaults) = (0.0, 0.0, 0.0)
    for (range, weight) in zip(schema.ranges, schema.weights) {
      let length = query[range].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      defaults += Double(weight)
      sum += length
      guard length > 0 else { continue }
      guard weight > 0 else { return 0 }
      squares += length * length / Double(weight)
    }
    return squares > 0 ? sum / (squares * defaults).squareRoot() : 0
  }
}
