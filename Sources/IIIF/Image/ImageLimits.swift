import Model

/// The largest picture that the image service makes of a picture, before turning it: `maxWidth`, `maxHeight` and `maxArea` of
/// IIIF's Image API 3.0 (5.2).
package struct ImageLimits: Equatable, Sendable {
  /// Pixels, 1 or more.
  package let maxWidth, maxHeight, maxArea: Int
  /// Whether sizes with `^` may have more pixels than the region.
  package let enlarges: Bool

  /// - Precondition: all are 1 or more; the sides at most `Rendering.maximumSide`.
  package init(
    maxWidth: Int = 8192, maxHeight: Int = 8192, maxArea: Int = 16_777_216, enlarges: Bool = true
  ) {
    precondition(maxWidth > 0 && maxHeight > 0 && maxArea > 0)
    precondition(maxWidth <= Rendering.maximumSide && maxHeight <= Rendering.maximumSide)
    self.maxWidth = maxWidth
    self.maxHeight = maxHeight
    self.maxArea = maxArea
    self.enlarges = enlarges
  }

  /// Whether a picture of this size may be made.
  func allow(_ width: Int, _ height: Int) -> Bool {
    width <= maxWidth && height <= maxHeight && width * height <= maxArea
  }

  /// The largest size of the aspect of `width` × `height` within the limits, and within `box` where there is one; each side at
  /// least 1.
  ///
  /// - Parameter scale: at most this, 1 for "not enlarged".
  func fit(
    _ width: Int, _ height: Int, box: (width: Int, height: Int)? = nil, scale: Double = .infinity
  ) -> (width: Int, height: Int) {
    let (across, down) = (min(maxWidth, box?.width ?? maxWidth), min(maxHeight, box?.height ?? maxHeight))
    let byArea = (Double(maxArea) / (Double(width) * Double(height))).squareRoot()
    let scale = min(scale, Double(across) / Double(width), Double(down) / Double(height), byArea)
    var (fitWidth, fitHeight) = (Double(width) * scale, Double(height) * scale)
    fitWidth = min(fitWidth.rounded(), Double(across))
    fitHeight = min(fitHeight.rounded(), Double(down))
    // Rounding both up may go over the area, and so may a side that would be less than a pixel.
    if fitWidth * fitHeight > Double(maxArea) {
      fitWidth = (Double(width) * scale).rounded(.down)
      fitHeight = (Double(height) * scale).rounded(.down)
    }
    let (w, h) = (max(1, Int(fitWidth)), max(1, Int(fitHeight)))
    return (min(w, max(1, maxArea / h)), min(h, max(1, maxArea / w)))
  }
}
