import Kernels

/// A model whose score is an inner product, so that candidates can be found by an index of vectors.
package protocol FactorScorer: HistoryScorer {
  /// Numbers of a vector.
  var dimension: Int { get }
  /// `dimension` numbers a work, row by row: a work's score is the inner product with `query`, at the least up to the same number for all.
  var workVectors: [Float] { get }
  /// `dimension` numbers.
  func query(_ history: History) -> [Float]
}
