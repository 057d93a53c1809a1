import CKernels

/// The inner product of `x` with every row of a matrix, and a number for each row beside.
///
/// On this thread alone, whatever BLAS is told: a product of so few columns is over before other threads have woken, and where the
/// cores are busy they hold it up.
///
/// - Parameters:
///   - rows: any number of rows of `x.count` numbers.
///   - biases: one a row; nil for none.
///   - scores: one a row; overwritten.
package func rowScores(
  _ rows: Span<Float>, _ x: Span<Float>, biases: [Float]? = nil, into scores: inout [Float]
) {
  let n = x.count
  precondition(n > 0 && rows.count == n * scores.count && (biases?.count ?? scores.count) == scores.count)
  precondition(scores.count <= Int(Int32.max))
  let count = Int32(scores.count)
  unsafe rows.withUnsafeBufferPointer { rows in
    unsafe x.withUnsafeBufferPointer { x in
      if let biases {
        unsafe ckernels_row_scores(rows.baseAddress, x.baseAddress, biases, count, Int32(n), &scores)
      } else {
        unsafe ckernels_row_scores(rows.baseAddress, x.baseAddress, nil, count, Int32(n), &scores)
      }
    }
  }
}
