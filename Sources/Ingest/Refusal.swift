package import Imaging

/// Why a file is not in: what happened, and what follows from it.
package struct Refusal: Error, Equatable, Sendable, Codable {
  /// Raw values are stable: they stand in the catalogue and in JSON.
  package enum Code: String, Sendable, Codable, CaseIterable {
    case unsupported, truncated, corrupt
    case tooLarge = "too-large"
    case notAnImage = "not-an-image"
    /// The system would not let Morelli read it.
    case unreadable
    /// Decoding took longer than the settings allow.
    case timedOut = "timed-out"
    /// Decoding took more memory than the settings allow.
    case outOfMemory = "out-of-memory"
    /// The decoder crashed, twice.
    case crashed
    /// The decoder was killed again and again, by somebody else than Morelli.
    case killed
    /// It was written to each time it was read.
    case changing
    /// It was there when the folder was listed and is not any more.
    case vanished
    /// The part that was asked for lies outside the picture.
    case outside
  }

  /// What to do with the file.
  package enum Policy: Equatable, Sendable {
    /// Kept in quarantine, not tried again until the file or the decoding settings change.
    case quarantine
    /// Kept in quarantine and tried each time: the cause is not in the file.
    case retry
    /// Forgotten: there is nothing to tell.
    case ignore
  }

  package let code: Code
  /// One sentence for people, without the file's name.
  package let reason: String

  package init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  package init(_ error: ImagingError) {
    let code: Code =
      switch error.code {
      case .unsupported: .unsupported
      case .truncated: .truncated
      case .tooLarge: .tooLarge
      case .corrupt: .corrupt
      case .notAnImage: .notAnImage
      case .outside: .outside
      }
    self.init(code, error.reason)
  }

  package var policy: Policy { Self.policy(of: code) }

  package static func policy(of code: Code) -> Policy {
    switch code {
    case .unsupported, .truncated, .corrupt, .tooLarge, .notAnImage, .timedOut, .outOfMemory, .crashed:
      .quarantine
    case .unreadable, .changing, .killed: .retry
    case .vanished, .outside: .ignore
    }
  }
}
