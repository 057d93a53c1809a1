/// A set of an index's rows, one bit a row: what a filter lets through.
package struct RowSet: Hashable, Sendable {
  /// How many rows the index has: members are in `0..<capacity`.
  package let capacity: Int

  /// Row r is bit r % 64 of word r / 64. Bits past the capacity are never set, so equal sets have equal
  /// words.
  private(set) var words: [UInt64]

  /// The empty set.
  ///
  /// - Parameter capacity: how many rows the index has, 0 or more.
  package init(capacity: Int) {
    precondition(capacity >= 0, "an index has no negative number of rows")
    self.capacity = capacity
    words = Array(repeating: 0, count: (capacity + 63) / 64)
  }

  /// The rows that `isMember` says yes to; it is asked once a row, in order.
  package init<E>(capacity: Int, where isMember: (Int) throws(E) -> Bool) throws(E) {
    self.init(capacity: capacity)
    for row in 0..<capacity where try isMember(row) { insert(row) }
  }

  /// How many rows are members. Counted anew each time, a word at a time.
  package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Makes a row a member; one that is already stays so.
  ///
  /// - Parameter row: in `0..<capacity`.
  package mutating func insert(_ row: Int) {
    precondition(row >= 0 && row < capacity, "the row is not in the index")
    words[row / 64] |= 1 << UInt64(row % 64)
  }

  /// Whether a row is a member; one outside `0..<capacity` is not.
  package func contains(_ row: Int) -> Bool {
    row >= 0 && row < capacity && words[row / 64] >> UInt64(row % 64) & 1 == 1
  }
}
