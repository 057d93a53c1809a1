/// Why a folder can't serve as the model of the texts.
package struct SentenceModelError: Error, Equatable, Sendable {
  /// One a kind of trouble.
  package enum Code: String, Sendable {
    /// There is nothing to read, or it may not be read.
    case unreadable
    /// A file is damaged, or of another kind of model.
    case unusable
    /// It is not the model that it was.
    case changed
    /// What was fetched is not what was published.
    case notAsPublished
  }

  package let code: Code
  /// The file, and what is wrong with it, in words.
  package let reason: String
}
