/// Why a recommender could not do what it was asked.
package struct RecommendError: Error, Sendable, Equatable {
  /// What kind of failure.
  package enum Code: String, Sendable {
    /// Whoever asked for the training stopped it.
    case stopped
    /// There is nothing to learn from.
    case empty
    /// More than the method can hold.
    case tooLarge = "too-large"
    /// The numbers lead nowhere (they are too large, or a matrix has no inverse).
    case numeric
    /// A file can't be opened, read or written.
    case unavailable
    /// A file is none of ours, or is damaged.
    case damaged
    /// A newer Morelli made the file.
    case tooNew = "too-new"
    /// A table of events can't be read as one.
    case badTable = "bad-table"
  }

  package let code: Code
  /// One sentence for people.
  package let reason: String

  package init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }
}

extension RecommendError: CustomStringConvertible {
  package var description: String { reason }
}
