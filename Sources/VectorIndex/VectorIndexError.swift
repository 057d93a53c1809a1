/// What went wrong in an index: a code to act on, and words for people.
package struct VectorIndexError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  package enum Code: String, Sendable {
    /// Counts that don't fit one another or are out of range: a dimension, a number of numbers, of
    /// neighbours, of rows.
    case shape
    /// A NaN or an infinity in the rows or the queries.
    case notFinite
    /// Finite numbers so large that an inner product may not fit a `Float`.
    case scoreOverflow
    /// There was not enough memory.
    case outOfMemory
    /// No index is of the kind that was named.
    case kind
    /// Keys that don't ascend, or a key that stands twice.
    case order
    /// Another set of blocks than the index has.
    case schema
    /// A file of a generation is not there.
    case missing
    /// A file of a generation is not what it was when it was written.
    case damaged
    /// A generation that another version of the program wrote.
    case foreignVersion
    /// A file can't be read or written.
    case files
    /// A build found fewer of the true neighbours than it must.
    case recall
    /// There is no generation to go back to.
    case noGeneration
    /// FAISS failed in another way; the cause is its own message.
    case library
  }

  package let code: Code
  /// What was being done, such as "building an exact index of 1000 × 96".
  package let doing: String
  /// Why it failed.
  package let cause: String

  package init(code: Code, doing: String, cause: String) {
    self.code = code
    self.doing = doing
    self.cause = cause
  }

  package var description: String { "\(doing): \(cause) (\(code.rawValue))" }
}
