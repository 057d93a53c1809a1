/// A rectangle of a picture, as IIIF's Image API 3.0 writes it: `x,y,w,h` in pixels of the upright original, or `pct:x,y,w,h` in
/// hundredths of its sides.
package struct PictureRegion: Hashable, Sendable, Codable {
  package enum Unit: String, Sendable, Codable {
    case pixels, percent
  }

  package let unit: Unit
  /// Of the left upper corner, from the left and from the top; 0 or more.
  package let x, y: Double
  /// More than 0.
  package let width, height: Double

  /// nil where the text is no region.
  package init?(_ text: String) {
    let isPercent = text.hasPrefix("pct:")
    let numbers = text.dropFirst(isPercent ? 4 : 0).split(separator: ",", omittingEmptySubsequences: false)
      .map { Double($0.filter { $0 != " " }) }
    guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
      let height = numbers[3]
    else { return nil }
    self.init(unit: isPercent ? .percent : .pixels, x: x, y: y, width: width, height: height)
  }

  /// nil where the numbers are no rectangle.
  package init?(unit: Unit, x: Double, y: Double, width: Double, height: Double) {
    guard [x, y, width, height].allSatisfy({ $0.isFinite && $0 <= 1e9 }), x >= 0, y >= 0, width > 0,
      height > 0
    else {
      return nil
    }
    self.unit = unit
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Whole pixels of a picture, at least one each way.
  package struct Box: Hashable, Sendable, Codable {
    package let x, y, width, height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }
  }

  /// What it covers of a picture of this size, cut at its edges; nil where it lies outside.
  ///
  /// - Parameters:
  ///   - width, height: of the picture, in pixels, 1 or more.
  ///   - scale: what one pixel of the original is in this picture; percentages need none.
  package func box(width pictureWidth: Int, height pictureHeight: Int, scale: Double = 1) -> Box? {
    let across = unit == .percent ? Double(pictureWidth) / 100 : scale
    let down = unit == .percent ? Double(pictureHeight) / 100 : scale
    let left = Int((x * across).rounded())
    let top = Int((y * down).rounded())
    guard left < pictureWidth, top < pictureHeight else { return nil }
    let right = min(pictureWidth, max(left + 1, Int(((x + width) * across).rounded())))
    let bottom = min(pictureHeight, max(top + 1, Int(((y + height) * down).rounded())))
    return Box(x: left, y: top, width: right - left, height: bottom - top)
  }

  /// As it is written.
  package var text: String {
    let numbers = [x, y, width, height].map { $0 == $0.rounded() ? String(Int($0)) : String($0) }
    return (unit == .percent ? "pct:" : "") + numbers.joined(separator: ",")
  }
}
