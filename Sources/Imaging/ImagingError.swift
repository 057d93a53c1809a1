/// Why a file gave no working image.
package struct ImagingError: Error, Equatable, Sendable {
  /// What kind of refusal it is. Raw values are stable: they stand in the catalogue and in JSON.
  package enum Code: String, Sendable, Codable, CaseIterable {
    /// A kind of image that Morelli does not decode, or one that the settings switch off.
    case unsupported
    /// The file ends before the picture does.
    case truncated
    /// Over a limit of the settings: pixels, side, bytes or memory.
    case tooLarge = "too-large"
    /// The bytes contradict their format.
    case corrupt
    /// No image at all (empty, text, another kind of file).
    case notAnImage = "not-an-image"
    /// What was asked for lies outside the picture.
    case outside
  }

  package let code: Code
  /// One sentence for people, without the file's name.
  package let reason: String

  package init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }
}
