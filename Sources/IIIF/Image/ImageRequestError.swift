/// Why an image request of IIIF's Image API gets no image.
package struct ImageRequestError: Error, Equatable, Sendable {
  /// Raw values are stable: they may stand in answers.
  package enum Code: String, Sendable, CaseIterable {
    /// A segment that the specification's grammar does not have.
    case badRegion = "bad-region"
    case badSize = "bad-size"
    case badRotation = "bad-rotation"
    case badQuality = "bad-quality"
    case badFormat = "bad-format"
    /// The region has nothing of the picture.
    case outside
    /// More pixels than the region has, without the `^` that asks for enlarging.
    case enlarges
    /// A scaled picture of less than one pixel.
    case tooSmall = "too-small"
    /// Over the limits that the image information states.
    case tooLarge = "too-large"
    /// Enlarging is asked for, and this service does none.
    case enlargingUnsupported = "enlarging-unsupported"
  }

  package let code: Code
  /// One sentence for people.
  package let detail: String

  package init(_ code: Code, _ detail: String) {
    self.code = code
    self.detail = detail
  }

  /// The HTTP status that the specification asks for: 400, and 501 for enlarging where it is not supported (4.2).
  package var status: Int { code == .enlargingUnsupported ? 501 : 400 }
}
