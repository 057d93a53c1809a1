import Kernels

/// A model whose score is an inner product, so that candidates can be found by an index of vectors.
package protocol FactorScorer: HistoryScorer {
  /// Numbers of a vector.
  var dimension: Int { get }
  /// `dimension` numbers a work, row by row: a work's score is the inner product with `query`, at the least up to the same number for all.
  var workVectors: [Float] { get }
  /// `dimension` numbers.
  func query(_ history: History) -> [Float]
  /// What `score` says of some works, to rounding.
  ///
  /// - Parameters:
  ///   - works: rows of the model.
  ///   - query: of the history.
  func scores(of works: [Int32], query: [Float]) -> [Float]
}

/// The inner products of some rows of a matrix with a vector, and what is added to each.
func chosenRowScores(
  _ rows: [Float], _ chosen: [Int32], _ x: ArraySlice<Float>, biases: [Float]? = nil
) -> [Float] {
  let width = x.count
  guard !chosen.isEmpty else { return [] }
  var picked: [Float] = []
  picked.reserveCapacity(chosen.count * width)
  for row in chosen { picked += rows[Int(row) * width..<(Int(row) + 1) * width] }
  var scores = [Float](repeating: 0, count: chosen.count)
  let own = Array(x)
  rowScores(picked.span, own.span, biases: biases.map { all in chosen.map { all[Int($0)] } }, into: &scores)
  return scores
}
