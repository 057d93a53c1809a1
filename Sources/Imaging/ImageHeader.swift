/// What a file says of its picture before a pixel is decoded.
package struct ImageHeader: Equatable, Sendable {
  package let format: ImageFormat
  /// As stored, before the orientation is applied, in pixels.
  package let storedWidth, storedHeight: Int
  /// EXIF orientation, 1…8; 5…8 swap the sides.
  package let orientation: Int
  /// Pages, frames or pyramid levels; the first is the picture.
  package let pages: Int

  /// Upright width in pixels.
  package var width: Int { orientation >= 5 ? storedHeight : storedWidth }
  /// Upright height in pixels.
  package var height: Int { orientation >= 5 ? storedWidth : storedHeight }
}
