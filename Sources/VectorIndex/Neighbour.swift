/// One row that answers a query.
package struct Neighbour: Hashable, Sendable {
  /// The row's place in its index, from 0.
  package let row: Int
  /// The inner product of the query and the row.
  package let score: Float

  package init(row: Int, score: Float) {
    self.row = row
    self.score = score
  }
}
