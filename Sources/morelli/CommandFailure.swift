import Model

/// Why a command could not do its work: one sentence for people, printed after "Error: ", exit status 1.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// A work of which there are no vectors that can be compared.
  static func unmeasured(_ id: ArtworkID, hasFiles: Bool) -> CommandFailure {
    CommandFailure(
      hasFiles
        ? "'\(id.rawValue)' was measured by an earlier version of Morelli; run morelli ingest on its folder again"
        : "'\(id.rawValue)' has no image that was measured")
  }
}
