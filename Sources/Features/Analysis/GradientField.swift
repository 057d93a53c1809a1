import Kernels

/// The grey gradient at every pixel by Sobel's 3 × 3 operator (Sobel & Feldman 1968), as `cv2.Sobel` computes it:
/// unscaled (a step of 1 grey level gives 4), the border mirrored without repeating its pixels (`BORDER_REFLECT_101`).
///
/// Derived once an image and shared by all that looks at edges. Owns its buffers.
package struct GradientField: Sendable {
  /// Towards the right and downwards, -1,020…1,020; the first `width * height` values are valid.
  package private(set) var dx, dy: [Int16]

  package init() {
    let count = AnalysisImage.fullSide * AnalysisImage.fullSide
    dx = [Int16](repeating: 0, count: count)
    dy = [Int16](repeating: 0, count: count)
  }

  /// Computes the gradient of another picture.
  package mutating func load(_ image: AnalysisImage) {
    Self.sobel(image, &dx, &dy)
  }

  private static func sobel(_ image: AnalysisImage, _ dx: inout [Int16], _ dy: inout [Int16]) {
    var right = dx.mutableSpan
    var down = dy.mutableSpan
    Kernels.sobel(image.grey.span, width: image.width, height: image.height, dx: &right, dy: &down)
  }
}
