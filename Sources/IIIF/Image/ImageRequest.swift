package import Model

/// What an image request of IIIF's Image API 3.0 asks for (section 4), before the picture is known.
///
/// `{region}/{size}/{rotation}/{quality}.{format}`, for example `pct:0,0,50,50/^!400,300/!90/gray.png`.
package struct ImageRequest: Hashable, Sendable {
  /// 4.1
  package enum Region: Hashable, Sendable {
    case full, square
    case part(PictureRegion)
  }

  /// 4.2, without the `^`.
  package enum Size: Hashable, Sendable {
    case max
    /// `w,`
    case width(Int)
    /// `,h`
    case height(Int)
    /// `pct:n`
    case percent(Double)
    /// `w,h`
    case exactly(Int, Int)
    /// `!w,h`
    case within(Int, Int)
  }

  /// 4.4
  package enum Quality: String, Hashable, Sendable, CaseIterable {
    case `default`, color, gray, bitonal
  }

  package let region: Region
  package let size: Size
  /// The `^` before the size.
  package let enlarges: Bool
  /// The `!` before the rotation.
  package let mirrored: Bool
  /// Clockwise, 0 ..< 360, in ten-thousandths of a degree at the finest.
  package let degrees: Double
  package let quality: Quality
  package let format: Rendering.Format

  /// Reads the four path segments behind the identifier, each percent-decoded.
  ///
  /// - Throws: one of the `bad…` codes, or `.tooSmall` for a region or a size of nothing.
  package init(region: String, size: String, rotation: String, qualityAndFormat: String)
    throws(ImageRequestError)
  {
    self.region = try Self.region(region)
    enlarges = size.utf8.first == UInt8(ascii: "^")
    self.size = try Self.size(enlarges ? size.dropFirst() : size[...], written: size)
    mirrored = rotation.utf8.first == UInt8(ascii: "!")
    degrees = try Self.degrees(mirrored ? rotation.dropFirst() : rotation[...], written: rotation)
    let parts = qualityAndFormat.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let quality = Quality(rawValue: String(parts[0])) else {
      throw ImageRequestError(
        .badQuality, "the quality is \(Self.quoted(parts[0])), and not default, color, gray or bitonal")
    }
    self.quality = quality
    guard parts.count == 2, let format = Rendering.Format(rawValue: String(parts[1])) else {
      throw ImageRequestError(
        .badFormat, "the format is \(Self.quoted(parts.dropFirst().first ?? "")), and not jpg, png or webp")
    }
    self.format = format
  }

  /// Reads `{region}/{size}/{rotation}/{quality}.{format}`, percent-decoded.
  package init(path: String) throws(ImageRequestError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4 else {
      throw ImageRequestError(
        .badRegion, "an image is asked for as region/size/rotation/quality.format, as full/max/0/default.jpg")
    }
    try self.init(region: parts[0], size: parts[1], rotation: parts[2], qualityAndFormat: parts[3])
  }
}

extension ImageRequest {
  private static func region(_ text: String) throws(ImageRequestError) -> Region {
    if text == "full" { return .full }
    if text == "square" { return .square }
    let bad = ImageRequestError(
      .badRegion, "the region is \(quoted(text)), and not full, square, x,y,w,h or pct:x,y,w,h")
    let isPercent = text.utf8.starts(with: "pct:".utf8)
    let words = text.dropFirst(isPercent ? 4 : 0).split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { word in
      isPercent ? RequestNumber.decimal(word) : RequestNumber.integer(word).map { Double($0) }
    }
    guard words.count == 4, numbers.count == 4 else { throw bad }
    guard numbers[2] > 0, numbers[3] > 0 else {
      throw ImageRequestError(.tooSmall, "the region \(quoted(text)) has no pixels")
    }
    guard
      let part = PictureRegion(
        unit: isPercent ? .percent : .pixels, x: numbers[0], y: numbers[1], width: numbers[2],
        height: numbers[3])
    else { throw bad }
    return .part(part)
  }

  private static func size(_ text: Substring, written: String) throws(ImageRequestError) -> Size {
    let bad = ImageRequestError(
      .badSize,
      "the size is \(quoted(written)), and not max, w,h or w, or ,h or !w,h or pct:n, with or without ^")
    if text == "max" { return .max }
    if text.utf8.starts(with: "pct:".utf8) {
      guard let percent = RequestNumber.decimal(text.dropFirst(4)) else { throw bad }
      guard percent > 0 else {
        throw ImageRequestError(.tooSmall, "the size \(quoted(written)) has no pixels")
      }
      return .percent(percent)
    }
    let isWithin = text.utf8.first == UInt8(ascii: "!")
    let words = text.dropFirst(isWithin ? 1 : 0).split(separator: ",", omittingEmptySubsequences: false)
    guard words.count == 2 else { throw bad }
    let (width, height) = (RequestNumber.integer(words[0]), RequestNumber.integer(words[1]))
    guard width != 0, height != 0 else {
      throw ImageRequestError(.tooSmall, "the size \(quoted(written)) has no pixels")
    }
    switch (width, height) {
    case (let width?, let height?): return isWithin ? .within(width, height) : .exactly(width, height)
    case (let width?, nil) where words[1].isEmpty && !isWithin: return .width(width)
    case (nil, let height?) where words[0].isEmpty && !isWithin: return .height(height)
    default: throw bad
    }
  }

  private static func degrees(_ text: Substring, written: String) throws(ImageRequestError) -> Double {
    guard let degrees = RequestNumber.decimal(text), degrees <= 360 else {
      throw ImageRequestError(
        .badRotation, "the rotation is \(quoted(written)), and not a number from 0 to 360, with or without !")
    }
    let rounded = (degrees * 10_000).rounded() / 10_000
    return rounded == 360 ? 0 : rounded
  }

  /// As it is shown in a message: the start of it, without what is no letter, digit or sign of ASCII.
  private static func quoted(_ text: some StringProtocol) -> String {
    let shown = text.unicodeScalars.prefix(40).map { (33..<127).contains($0.value) ? Character($0) : "?" }
    return "\"" + String(shown) + "\""
  }
}
