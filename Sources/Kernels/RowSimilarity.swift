import CKernels

/// How alike two rows of a sparse matrix are, by the columns that both have.
package struct RowSimilarity: Sendable, Equatable {
  package enum Measure: Int, Sendable, CaseIterable {
    /// `Σxy / √(Σx²·Σy²)`.
    case cosine
    /// The correlation; 0 where either has one value only.
    case pearson
    /// `1 / (1 + Σ(x − y)²/n)`.
    case squaredDifference
  }

  package var measure: Measure
  /// Rows with fewer columns in common are not alike at all; 1 or more.
  package var leastCommon: Int
  /// A likeness over n columns is multiplied by (n − 1)/(n − 1 + shrinkage), as chance makes few numbers alike.
  package var shrinkage: Float

  package init(_ measure: Measure, leastCommon: Int = 1, shrinkage: Float = 0) {
    precondition(leastCommon > 0 && shrinkage >= 0)
    (self.measure, self.leastCommon, self.shrinkage) = (measure, leastCommon, shrinkage)
  }

  var kernel: ckernels_similarity {
    ckernels_similarity(
      likeness: Int32(measure.rawValue), least: Int32(clamping: leastCommon), shrinkage: shrinkage)
  }

  /// Room for sums, to be used again and again by one thread.
  package struct Room: Sendable {
    private var cells: [ckernels_common_moments] = []
    private var stamp: Int32 = 0
    /// The rows that had a column in common with the row asked for, and how alike they are; from `count` on they are void.
    package fileprivate(set) var rows: [Int32] = []
    package fileprivate(set) var similarities: [Float] = []
    package fileprivate(set) var count = 0

    package init() {}

    /// - Parameters:
    ///   - keys: columns of a row, each once.
    ///   - numbers: one for each of them.
    ///   - table: the matrix by column: its rows are the columns that the keys name.
    package mutating func compare(
      _ keys: Span<Int32>, _ numbers: Span<Float>, with table: SparseRows, by similarity: RowSimilarity
    ) {
      precondition(keys.count == numbers.count)
      let size = Int32(table.rowCount)
      for i in keys.indices { precondition(keys[i] >= 0 && keys[i] < size, "a column that there is none of") }
      if cells.count < table.columnCount || stamp == .max {
        cells = [ckernels_common_moments](
          repeating: ckernels_common_moments(), count: max(cells.count, table.columnCount))
        rows = [Int32](repeating: 0, count: cells.count)
        similarities = [Float](repeating: 0, count: cells.count)
        stamp = 0
      }
      count = 0
      guard table.columnCount > 0 && !keys.isEmpty else { return }
      stamp += 1
      let now = stamp
      var what = similarity.kernel
      count = Int(
        unsafe table.withPointers { offsets, columns, values in
          unsafe keys.withUnsafeBufferPointer { keys in
            unsafe numbers.withUnsafeBufferPointer { numbers in
              unsafe ckernels_similar_rows(
                &what, keys.baseAddress, numbers.baseAddress, Int32(keys.count), offsets, columns, values,
                now,
                &cells, &rows, &similarities)
            }
          }
        })
    }

    /// Only the `kept` most alike stay, those with a likeness above 0, the most alike first.
    package mutating func keepLargest(_ kept: Int, without row: Int = -1) {
      guard count > 0 else { return }
      count = Int(
        unsafe ckernels_keep_largest(
          &rows, &similarities, Int32(count), Int32(clamping: row), Int32(clamping: kept)))
    }
  }
}

extension SparseRows {
  /// For each of our rows the rows most alike to it, the most alike first, those with a likeness above 0 only.
  ///
  /// - Parameters:
  ///   - similarity: how alike; nil for the inner product.
  ///   - byColumn: ourselves, transposed.
  ///   - kept: so many at most.
  ///   - threads: 1 or more. The answer is the same whatever their number.
  ///   - isStopped: asked now and then; true gives up.
  /// - Returns: rows × rows; nil where it was stopped, or where there are more entries than can be counted.
  package func similarRows(
    _ similarity: RowSimilarity?, byColumn: SparseRows, kept: Int, threads: Int,
    isStopped: @Sendable () -> Bool = { false }
  ) -> SparseRows? {
    precondition(byColumn.rowCount == columnCount && byColumn.columnCount == rowCount && kept >= 0)
    let width = min(kept, max(0, rowCount - 1))
    guard rowCount > 0 && width > 0 else { return SparseRows(rowCount: rowCount, columnCount: rowCount) }
    let finder = NeighbourFinder(rows: self, byColumn: byColumn, similarity: similarity, width: width)
    guard let parts = finder.find(threads: threads, isStopped: isStopped) else { return nil }
    let total = parts.reduce(0) { $0 + $1.others.count }
    guard total <= Int(Int32.max) else { return nil }
    var starts: [Int32] = [0]
    var others: [Int32] = []
    var likenesses: [Float] = []
    starts.reserveCapacity(rowCount + 1)
    others.reserveCapacity(total)
    likenesses.reserveCapacity(total)
    for part in parts {
      for count in part.counts { starts.append((starts.last ?? 0) + count) }
      others += part.others
      likenesses += part.likenesses
    }
    return SparseRows(offsets: starts, columns: others, values: likenesses, columnCount: rowCount)
  }

  /// All inner products of a row with the first `width` rows.
  ///
  /// - Parameters:
  ///   - row: ours.
  ///   - byColumn: ourselves, transposed; each of its rows rising.
  ///   - out: `width` numbers, overwritten, from the place `at` on.
  func allProducts(
    ofRow row: Int, byColumn: SparseRows, width: Int, into out: UnsafeMutablePointer<Float>
  ) {
    let range = self.row(row)
    unsafe withPointers { _, columns, values in
      unsafe byColumn.withPointers { offsets, rows, numbers in
        unsafe ckernels_row_all_products(
          columns + range.lowerBound, values + range.lowerBound, Int32(range.count), offsets, rows, numbers,
          Int32(width), out)
      }
    }
  }
}
