package import Kernels

/// Who has to do with which work, and how much: people × works, kept by person and by work.
///
/// 16 bytes an interaction; while it is made, 16 more than that and the table it is made from.
package struct Interactions: Sendable, Equatable {
  /// What counts where a person and a work come together more than once.
  package enum Duplicates: Sendable {
    /// The last in the order given.
    case last
    /// Their sum, cut to the largest number.
    case sum
  }

  /// A row a person; works rise within it.
  package let byPerson: SparseRows
  /// A row a work; people rise within it.
  package let byWork: SparseRows

  package var personCount: Int { byPerson.rowCount }
  package var workCount: Int { byWork.rowCount }
  package var count: Int { byPerson.count }

  /// - Parameters:
  ///   - people, works, values: as many each: who, what, how much. Events without order among them stand in order of time.
  ///   - personCount, workCount: people are 0..<personCount and works 0..<workCount.
  /// - Throws: `badTable` where a person or a work is outside, or a value is not finite; `tooLarge` beyond 2³¹ − 1 entries.
  package init(
    people: [Int32], works: [Int32], values: [Float], personCount: Int, workCount: Int, duplicates: Duplicates
  ) throws {
    guard people.count == works.count && works.count == values.count else {
      throw RecommendError(.badTable, "a person, a work and a value make an event")
    }
    guard people.count < Int(Int32.max), personCount < Int(Int32.max), workCount < Int(Int32.max) else {
      throw RecommendError(.tooLarge, "\(people.count) events are more than can be counted")
    }
    // By work, in the order given; then by person, in which works rise and events of one work keep their order.
    let grouped = try Self.grouped(
      by: works, groups: workCount, others: people, values: values, otherCount: personCount)
    guard grouped.isSound else { throw RecommendError(.badTable, "a person or a value is out of range") }
    byPerson = Self.merged(grouped.rows.transposed(), duplicates)
    byWork = byPerson.transposed()
  }

  /// - Parameter byPerson: a row a person, works rising within it.
  package init(byPerson: SparseRows) {
    precondition(byPerson.isAscending, "the works of a person rise")
    self.byPerson = byPerson
    byWork = byPerson.transposed()
  }

  private init(byPerson: SparseRows, byWork: SparseRows) {
    (self.byPerson, self.byWork) = (byPerson, byWork)
  }

  /// What is known of a person of the table.
  package func history(_ person: Int) -> History {
    let row = byPerson.row(person)
    return History(works: Array(byPerson.columns[row]), strengths: Array(byPerson.values[row]))
  }

  /// The same with every value changed.
  package func mapValues(_ change: (Float) -> Float) -> Interactions {
    Interactions(
      byPerson: byPerson.with(values: byPerson.values.map(change)),
      byWork: byWork.with(values: byWork.values.map(change)))
  }

  /// Those interactions whose value is kept.
  package func filtered(_ isKept: (Float) -> Bool) -> Interactions {
    let values = byPerson.values
    let kept = byPerson.filtered { isKept(values[$0]) }
    return Interactions(byPerson: kept, byWork: kept.transposed())
  }

  /// The mean of all values; 0 without any.
  package var mean: Double {
    count == 0 ? 0 : byPerson.values.reduce(0) { $0 + Double($1) } / Double(count)
  }

  private static func grouped(
    by keys: [Int32], groups: Int, others: [Int32], values: [Float], otherCount: Int
  ) throws -> (rows: SparseRows, isSound: Bool) {
    var starts = [Int32](repeating: 0, count: groups + 1)
    for key in keys {
      guard key >= 0 && key < groups else {
        throw RecommendError(.badTable, "work \(key) is not one of \(groups)")
      }
      starts[Int(key) + 1] += 1
    }
    for i in 0..<groups { starts[i + 1] += starts[i] }
    var next = starts
    var columns = [Int32](repeating: 0, count: keys.count)
    var numbers = [Float](repeating: 0, count: keys.count)
    for i in keys.indices {
      let key = Int(keys[i])
      let place = Int(next[key])
      columns[place] = others[i]
      numbers[place] = values[i]
      next[key] += 1
    }
    guard let rows = SparseRows(offsets: starts, columns: columns, values: numbers, columnCount: otherCount)
    else { return (SparseRows(rowCount: 0, columnCount: 0), false) }
    return (rows, true)
  }

  private static func merged(_ rows: SparseRows, _ duplicates: Duplicates) -> SparseRows {
    guard !rows.isAscending else { return rows }
    var starts: [Int32] = [0]
    starts.reserveCapacity(rows.rowCount + 1)
    var columns: [Int32] = []
    var values: [Float] = []
    columns.reserveCapacity(rows.count)
    values.reserveCapacity(rows.count)
    for i in 0..<rows.rowCount {
      let start = columns.count
      for entry in rows.row(i) {
        if columns.count > start, columns[columns.count - 1] == rows.columns[entry] {
          let last = values.count - 1
          values[last] = duplicates == .sum ? values[last] + rows.values[entry] : rows.values[entry]
        } else {
          columns.append(rows.columns[entry])
          values.append(rows.values[entry])
        }
      }
      starts.append(Int32(columns.count))
    }
    let largest = Float.greatestFiniteMagnitude
    let held = values.map { min(largest, max(-largest, $0)) }
    return SparseRows(offsets: starts, columns: columns, values: held, columnCount: rows.columnCount) ?? rows
  }
}
