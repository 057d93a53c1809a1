/// A sparse matrix, row by row (compressed sparse rows), checked once so that loops need not check again.
///
/// It costs 8 bytes an entry and 4 a row.
package struct SparseRows: Sendable, Equatable {
  /// rows + 1 numbers that never fall: the entries of row i are `offsets[i]..<offsets[i + 1]`.
  package let offsets: [Int32]
  /// The column of each entry.
  package let columns: [Int32]
  /// The number of each entry.
  package let values: [Float]
  /// Columns are 0..<columnCount.
  package let columnCount: Int

  package var rowCount: Int { offsets.count - 1 }
  package var count: Int { columns.count }

  /// - Returns: nil where the parts are no such matrix: offsets that fall or don't lead from 0 to the number of entries, a column that there is none of, a
  ///   number that is not finite, other columns than numbers.
  package init?(offsets: [Int32], columns: [Int32], values: [Float], columnCount: Int) {
    guard offsets.first == 0, Int(exactly: offsets[offsets.count - 1]) == columns.count,
      columns.count == values.count, columnCount >= 0, columnCount <= Int32.max, offsets.count <= Int32.max
    else { return nil }
    var sound = allFinite(values.span)
    for i in 1..<offsets.count { sound = sound && offsets[i - 1] <= offsets[i] }
    let width = UInt32(columnCount)
    for column in columns { sound = sound && UInt32(bitPattern: column) < width }
    guard sound else { return nil }
    self.offsets = offsets
    self.columns = columns
    self.values = values
    self.columnCount = columnCount
  }

  /// No entries.
  package init(rowCount: Int, columnCount: Int) {
    precondition(rowCount >= 0 && rowCount < Int32.max && columnCount >= 0 && columnCount <= Int32.max)
    offsets = [Int32](repeating: 0, count: rowCount + 1)
    (columns, values) = ([], [])
    self.columnCount = columnCount
  }

  private init(sound offsets: [Int32], _ columns: [Int32], _ values: [Float], columnCount: Int) {
    (self.offsets, self.columns, self.values, self.columnCount) = (offsets, columns, values, columnCount)
  }

  /// Where the entries of a row are.
  package func row(_ i: Int) -> Range<Int> { Int(offsets[i])..<Int(offsets[i + 1]) }

  /// Rows become columns; within each, in the order of the rows.
  package func transposed() -> SparseRows {
    var starts = [Int32](repeating: 0, count: columnCount + 1)
    for column in columns { starts[Int(column) + 1] += 1 }
    for i in 0..<columnCount { starts[i + 1] += starts[i] }
    var next = starts
    var rows = [Int32](repeating: 0, count: count)
    var numbers = [Float](repeating: 0, count: count)
    for i in 0..<rowCount {
      for entry in row(i) {
        let column = Int(columns[entry])
        let place = Int(next[column])
        rows[place] = Int32(i)
        numbers[place] = values[entry]
        next[column] += 1
      }
    }
    return SparseRows(sound: starts, rows, numbers, columnCount: rowCount)
  }

  /// The same places with other numbers.
  ///
  /// - Parameter values: as many as there are entries, all finite.
  package func with(values: [Float]) -> SparseRows {
    precondition(values.count == count && allFinite(values.span), "each entry needs a finite number")
    return SparseRows(sound: offsets, columns, values, columnCount: columnCount)
  }

  /// The entries that `isKept` says.
  ///
  /// - Parameter isKept: is asked with the place of an entry.
  package func filtered(_ isKept: (Int) -> Bool) -> SparseRows {
    var starts: [Int32] = [0]
    starts.reserveCapacity(rowCount + 1)
    var kept: [Int32] = []
    var numbers: [Float] = []
    for i in 0..<rowCount {
      for entry in row(i) where isKept(entry) {
        kept.append(columns[entry])
        numbers.append(values[entry])
      }
      starts.append(Int32(kept.count))
    }
    return SparseRows(sound: starts, kept, numbers, columnCount: columnCount)
  }

  /// Some of the rows, in the order given.
  package func choosing(_ rows: [Int]) -> SparseRows {
    var starts: [Int32] = [0]
    var chosen: [Int32] = []
    var numbers: [Float] = []
    for i in rows {
      chosen += columns[row(i)]
      numbers += values[row(i)]
      precondition(chosen.count <= Int(Int32.max), "more entries than can be counted")
      starts.append(Int32(chosen.count))
    }
    return SparseRows(sound: starts, chosen, numbers, columnCount: columnCount)
  }

  /// Whether the columns of each row rise.
  package var isAscending: Bool {
    var rises = true
    for i in 0..<rowCount {
      for entry in row(i).dropFirst() { rises = rises && columns[entry - 1] < columns[entry] }
    }
    return rises
  }

  /// The parts' addresses, which are never null.
  func withPointers<R>(
    _ body: (UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Float>) -> R
  ) -> R {
    // A matrix without entries has no addresses, and kernels never follow these.
    unsafe offsets.withPointer { offsets in
      unsafe (columns.isEmpty ? [0] : columns).withPointer { columns in
        unsafe (values.isEmpty ? [0] : values).withPointer { values in
          unsafe body(offsets, columns, values)
        }
      }
    }
  }
}

extension Array {
  /// The address of an array that has elements.
  func withPointer<R>(_ body: (UnsafePointer<Element>) -> R) -> R {
    unsafe withUnsafeBufferPointer { buffer in
      guard let address = buffer.baseAddress else { preconditionFailure("an empty array has no address") }
      return unsafe body(address)
    }
  }
}
