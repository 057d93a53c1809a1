import VectorIndex

/// The specification of an exact search: naive sums in double precision over every row.
struct BruteForce {
  let dimension: Int
  let rows: [Float]

  var count: Int { rows.count / dimension }

  func score(_ query: ArraySlice<Float>, row: Int) -> Double {
    zip(query, rows[row * dimension..<(row + 1) * dimension]).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// The k best of the rows let through for one query, the best first, equal scores by the lower row.
  func search(
    _ query: ArraySlice<Float>, k: Int, among isSelected: (Int) -> Bool
  ) -> [(row: Int, score: Double)] {
    let scored = (0..<count).filter(isSelected).map { (row: $0, score: score(query, row: $0)) }
    return Array(scored.sorted { ($1.score, $0.row) < ($0.score, $1.row) }.prefix(k))
  }
}
