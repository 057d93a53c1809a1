import CKernels
import Synchronization

/// The work of `SparseRows.similarRows`, over addresses.
struct NeighbourFinder {
  let rows: SparseRows
  let byColumn: SparseRows
  /// Nil for the inner product.
  let similarity: RowSimilarity?
  /// Rows kept, at most.
  let width: Int

  /// - Parameters:
  ///   - counts: one a row, how many were found.
  ///   - others, likenesses: `width` a row.
  /// - Returns: false where it was stopped.
  mutating func find(
    counts: inout [Int32], others: inout [Int32], likenesses: inout [Float], threads: Int,
    isStopped: @Sendable () -> Bool
  ) -> Bool {
    let stopped = Atomic(false)
    let finder = self
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      unsafe others.withUnsafeMutableBufferPointer { others in
        unsafe likenesses.withUnsafeMutableBufferPointer { likenesses in
          nonisolated(unsafe) let (counts, others, likenesses) = unsafe (counts, others, likenesses)
          inParts(finder.rows.rowCount, threads: threads, least: 256) { _, first, last in
            guard !stopped.load(ordering: .relaxed) else { return }
            if isStopped() { return stopped.store(true, ordering: .relaxed) }
            unsafe finder.find(first..<last, counts: counts, others: others, likenesses: likenesses)
          }
        }
      }
    }
    return !stopped.load(ordering: .relaxed)
  }

  private func find(
    _ range: Range<Int>, counts: UnsafeMutableBufferPointer<Int32>, others: UnsafeMutableBufferPointer<Int32>,
    likenesses: UnsafeMutableBufferPointer<Float>
  ) {
    let size = rows.rowCount
    var met = [Int32](repeating: 0, count: size)
    var likeness = [Float](repeating: 0, count: size)
    var moments = [ckernels_common_moments](
      repeating: ckernels_common_moments(), count: similarity == nil ? 0 : size)
    var products = [ckernels_product_cell](
      repeating: ckernels_product_cell(), count: similarity == nil ? size : 0)
    unsafe rows.withPointers { _, columns, values in
      unsafe byColumn.withPointers { offsets, rowsOf, numbers in
        for i in range {
          let row = rows.row(i)
          let stamp = Int32(i - range.lowerBound + 1)
          let (keys, own) = unsafe (columns + row.lowerBound, values + row.lowerBound)
          var found: Int32
          if let similarity {
            var what = similarity.kernel
            found = unsafe ckernels_similar_rows(
              &what, keys, own, Int32(row.count), offsets, rowsOf, numbers, stamp, &moments, &met, &likeness)
          } else {
            found = unsafe ckernels_row_inner_products(
              keys, own, Int32(row.count), offsets, rowsOf, numbers, stamp, &products, &met, &likeness)
          }
          found = unsafe ckernels_keep_largest(&met, &likeness, found, Int32(i), Int32(width))
          unsafe counts[i] = found
          for k in 0..<Int(found) {
            unsafe others[i * width + k] = met[k]
            unsafe likenesses[i * width + k] = likeness[k]
          }
        }
      }
    }
  }
}
