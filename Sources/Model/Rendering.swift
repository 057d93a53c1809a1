/// A picture to be derived from a file: what of it, how large, turned how, in which colours and format.
///
/// The order of the steps is that of IIIF's Image API 3.0 (4.6): crop, scale, mirror, turn, quality, format. Pure numbers: what
/// they were asked for as is forgotten.
package struct Rendering: Hashable, Sendable, Codable {
  /// What colours are left.
  package enum Quality: String, Hashable, Sendable, Codable, CaseIterable {
    /// All there are.
    case colour = "color"
    case grey = "gray"
    /// Black or white, nothing between.
    case bitonal
  }

  /// How the picture is written.
  package enum Format: String, Hashable, Sendable, Codable, CaseIterable {
    case jpg, png, webp

    /// Such as `image/jpeg`.
    package var mediaType: String {
      switch self {
      case .jpg: "image/jpeg"
      case .png: "image/png"
      case .webp: "image/webp"
      }
    }
  }

  /// The longest side of a rendering before it is turned, in pixels.
  package static let maximumSide = 65_535

  /// In pixels of the upright original, inside it.
  package let crop: PictureRegion.Box
  /// Of the crop once scaled, before it is turned, in pixels; 1…`maximumSide` each.
  package let width, height: Int
  /// Left and right are exchanged before turning.
  package let mirrored: Bool
  /// Clockwise, 0 ..< 360.
  package let degrees: Double
  package let quality: Quality
  package let format: Format

  /// nil where the numbers are no picture: an empty crop, a side outside 1…`maximumSide`, an angle outside 0 ..< 360.
  package init?(
    crop: PictureRegion.Box, width: Int, height: Int, mirrored: Bool = false, degrees: Double = 0,
    quality: Quality = .colour, format: Format = .jpg
  ) {
    guard crop.x >= 0, crop.y >= 0, crop.width > 0, crop.height > 0,
      (1...Self.maximumSide).contains(width), (1...Self.maximumSide).contains(height),
      degrees >= 0, degrees < 360
    else { return nil }
    self.crop = crop
    self.width = width
    self.height = height
    self.mirrored = mirrored
    self.degrees = degrees
    self.quality = quality
    self.format = format
  }

  /// The whole of a picture, so that neither side is over `side`, and never enlarged.
  ///
  /// - Precondition: all are 1 or more, `side` at most `maximumSide`.
  package init(thumbnailOf pictureWidth: Int, _ pictureHeight: Int, side: Int, format: Format = .jpg) {
    precondition(pictureWidth > 0 && pictureHeight > 0 && (1...Self.maximumSide).contains(side))
    let scale = min(1, Double(side) / Double(max(pictureWidth, pictureHeight)))
    crop = PictureRegion.Box(x: 0, y: 0, width: pictureWidth, height: pictureHeight)
    width = max(1, Int((scale * Double(pictureWidth)).rounded()))
    height = max(1, Int((scale * Double(pictureHeight)).rounded()))
    mirrored = false
    degrees = 0
    quality = .colour
    self.format = format
  }

  /// One line without line breaks, for a message or a key: `x,y,w,h w,h !90 gray jpg`.
  package var text: String {
    let turn = degrees == degrees.rounded() ? String(Int(degrees)) : String(degrees)
    return "\(crop.x),\(crop.y),\(crop.width),\(crop.height) \(width),\(height) "
      + "\(mirrored ? "!" : "")\(turn) \(quality.rawValue) \(format.rawValue)"
  }

  /// What `text` gives; nil for anything else.
  package init?(text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 5, let crop = Self.numbers(words[0], 4), let size = Self.numbers(words[1], 2),
      let degrees = Double(words[2].drop { $0 == "!" }), let quality = Quality(rawValue: String(words[3])),
      let format = Format(rawValue: String(words[4]))
    else { return nil }
    self.init(
      crop: .init(x: crop[0], y: crop[1], width: crop[2], height: crop[3]), width: size[0], height: size[1],
      mirrored: words[2].hasPrefix("!"), degrees: degrees, quality: quality, format: format)
    guard self.text == text else { return nil }
  }

  private static func numbers(_ word: Substring, _ count: Int) -> [Int]? {
    let numbers = word.split(separator: ",", omittingEmptySubsequences: false).compactMap { Int($0) }
    return numbers.count == count ? numbers : nil
  }
}
