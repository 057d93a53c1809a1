import Kernels

/// A grey plane of 8-bit values that owns its memory.
package struct TexturePlane: Sendable {
  package private(set) var width = 0
  package private(set) var height = 0
  /// Row by row; the first `width * height` values are valid.
  package private(set) var values: [UInt8]

  /// A plane with room for `capacity` values, of no size yet.
  package init(capacity: Int) { values = [UInt8](repeating: 0, count: capacity) }

  /// A plane of given values.
  package init(width: Int, height: Int, values: [UInt8]) {
    precondition(values.count >= width * height)
    self.width = width
    self.height = height
    self.values = values
  }

  /// Valid values.
  package var count: Int { width * height }

  /// The mean of the values.
  package var mean: Float {
    var sum = 0
    let span = values.span
    for i in 0..<count { sum &+= Int(span[i]) }
    return Float(sum) / Float(max(1, count))
  }

  /// Takes the means of 2 × 2 values of another plane; see `Kernels.halve`.
  package mutating func halve(_ plane: TexturePlane) {
    width = plane.width / 2
    height = plane.height / 2
    Self.halve(plane, into: &values)
  }

  /// Takes the first `width * height` of `other`.
  mutating func copy(_ other: [UInt8], width: Int, height: Int) {
    self.width = width
    self.height = height
    let source = other.span
    var target = values.mutableSpan
    for i in 0..<width * height { target[i] = source[i] }
  }

  /// Opponent colours of a picture, both planes at its size; see `Kernels.opponentColours`.
  static func opponents(
    of image: AnalysisImage, redGreen: inout TexturePlane, yellowBlue: inout TexturePlane
  ) {
    redGreen.width = image.width
    redGreen.height = image.height
    yellowBlue.width = image.width
    yellowBlue.height = image.height
    var first = redGreen.values.mutableSpan
    var second = yellowBlue.values.mutableSpan
    Kernels.opponentColours(
      image.rgb.span, count: image.count, redGreen: &first, yellowBlue: &second)
  }

  private static func halve(_ plane: TexturePlane, into values: inout [UInt8]) {
    var target = values.mutableSpan
    Kernels.halve(plane.values.span, width: plane.width, height: plane.height, into: &target)
  }
}

/// A picture in grey at four sizes, and in opponent colours at half its size: what the texture extractors look at.
///
/// Each size is the means of 2 × 2 values of the one before it. The colours are halved because reproductions hardly ever
/// have them finer: JPEG stores them so. Owns its planes.
package struct TexturePyramid: Sendable {
  /// Grey at the size of the picture, a half, a quarter and an eighth of it; at least 2 × 2 values.
  package private(set) var grey: [TexturePlane]
  /// Red against green, and yellow against blue, at half the size.
  package private(set) var redGreen, yellowBlue: TexturePlane
  private var fullRedGreen, fullYellowBlue: TexturePlane

  package init() {
    let full = AnalysisImage.fullSide * AnalysisImage.fullSide
    grey = (0..<4).map { TexturePlane(capacity: full >> (2 * $0)) }
    fullRedGreen = TexturePlane(capacity: full)
    fullYellowBlue = TexturePlane(capacity: full)
    redGreen = TexturePlane(capacity: full / 4)
    yellowBlue = TexturePlane(capacity: full / 4)
  }

  /// Takes another picture.
  package mutating func load(_ image: AnalysisImage) {
    grey[0].copy(image.grey, width: image.width, height: image.height)
    for level in 1..<grey.count {
      let finer = grey[level - 1]
      grey[level].halve(finer)
    }
    TexturePlane.opponents(of: image, redGreen: &fullRedGreen, yellowBlue: &fullYellowBlue)
    redGreen.halve(fullRedGreen)
    yellowBlue.halve(fullYellowBlue)
  }
}
