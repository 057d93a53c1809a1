/// The dominant colours of a picture, most present first.
package struct Palette: Hashable, Sendable, Codable {
  /// One cluster of pixels.
  package struct Swatch: Hashable, Sendable, Codable {
    /// CIELAB under D65: L* in 0…100, a* and b* about -128…127.
    package var l, a, b: Float
    /// The part of the picture's pixels in this cluster, 0…1. The shares of a palette sum to 1.
    package var share: Float

    package init(l: Float, a: Float, b: Float, share: Float) {
      self.l = l
      self.a = a
      self.b = b
      self.share = share
    }
  }

  package var swatches: [Swatch]

  package init(swatches: [Swatch]) { self.swatches = swatches }
}
