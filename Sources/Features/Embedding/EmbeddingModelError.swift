/// Why a file can't serve as the model of the embedding.
package struct EmbeddingModelError: Error, Equatable, Sendable {
  /// One a kind of trouble.
  package enum Code: String, Sendable {
    /// There is nothing to read, or it may not be read.
    case unreadable
    /// It is no model of an embedding, a damaged one, or of another shape.
    case unusable
    /// It is not the file that it was.
    case changed
  }

  package let code: Code
  /// The file, or that it is the one built in, and what is wrong with it, in words.
  package let reason: String
}
