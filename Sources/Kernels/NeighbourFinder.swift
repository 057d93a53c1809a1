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

  /// What was found for some rows: how many others for each, and who they are, one row after the other.
  struct Found: Sendable {
    var counts: [Int32] = []
    var others: [Int32] = []
    var likenesses: [Float] = []
  }

  /// - Returns: what was found, in the order of the rows; nil where it was stopped.
  func find(threads: Int, isStopped: @Sendable () -> Bool) -> [Found]? {
    let stopped = Atomic(false)
    let parts = Mutex<[Int: Found]>([:])
    inParts(rows.rowCount, threads: threads, least: 256) { _, first, last in
      guard !stopped.load(ordering: .relaxed) else { return }
      if isStopped() { return stopped.store(true, ordering: .relaxed) }
      let found = find(first..<last)
      parts.withLock { $0[first] = found }
    }
    guard !stopped.load(ordering: .relaxed) else { return nil }
    return parts.withLock { parts in parts.keys.sorted().compactMap { parts[$0] } }
  }

  private func find(_ range: Range<Int>) -> Found {
    let size = rows.rowCount
    var all = Found()
    all.counts.reserveCapacity(range.count)
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
          all.counts.append(found)
          all.others += met[..<Int(found)]
          all.likenesses += likeness[..<Int(found)]
        }
      }
    }
    return all
  }
}
