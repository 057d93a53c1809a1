package import Model

/// Lays one thumbnail over another and tells whether they show the same picture.
///
/// Two steps, on 32 × 32 cells of luma:
/// 1. The affine map (six numbers), gain and bias that bring the two closest are found by Gauss–Newton steps (B. D. Lucas
///    and T. Kanade, *An Iterative Image Registration Technique*, IJCAI 1981), starting from the window in which their
///    hashes have met.
/// 2. What then counts is not how alike the cells are, as most pictures are light in the same places, but whether the
///    luma rises in the same direction everywhere: the normalised gradient fields (E. Haber and J. Modersitzki,
///    *Intensity Gradient Based Registration and Fusion of Multi-modal Images*, 2006, doi:10.1007/11866763_89). It
///    departs from the paper in that the direction counts with its sign, and that the sum is divided by the larger of
///    the two fields: a picture with one strong outline is then no copy of any that has the like outline and more.
package enum CopyRegistration {
  /// What laying one thumbnail over another has shown.
  package struct Evidence: Sendable, Equatable {
    /// How well the gradients agree where both are seen: 1 for equal pictures, about 0 for two that have nothing in common.
    package let similarity: Float
    /// With left and right exchanged.
    package let isMirrored: Bool
    /// How far the one is turned against the other, in degrees.
    package let rotation: Float
    /// How far the angle between its axes is off a right one, in degrees.
    package let shear: Float
    /// The mean difference of luma where both are seen, in levels of 255.
    package let lumaDifference: Float
    /// The mean difference of a* and of b* where both are seen.
    package let chromaDifference: Float
  }

  /// Steps at most; most pairs that are no copies are given up after `trial`.
  private static let steps = 12
  private static let trial = 2
  /// Less agreement after the trial is no promise.
  private static let promise: Float = 0.3
  /// The part of the cells that both must show.
  private static let leastOverlap: Float = 0.5

  /// Lays a thumbnail, whole, over a window of another. Both as `CopyDescriptor.View` has them.
  ///
  /// - Returns: nil where they agree so little that it is not worth finding out how much.
  package static func evidence(
    of thumbnail: [UInt8], isMirrored: Bool, over other: [UInt8], from window: CopyWindow
  ) -> Evidence? {
    let template = ThumbnailPlane(thumbnail, mirrored: isMirrored)
    let picture = ThumbnailPlane(other, mirrored: false)
    var map = AffineMap(window)
    var best: (map: AffineMap, correlation: Float)?
    for step in 0...steps {
      let fit = AffineFit(template, picture, map)
      if fit.overlap >= leastOverlap, fit.correlation > best?.correlation ?? -2 {
        best = (map, fit.correlation)
      }
      if step == trial {
        guard let best, GradientAgreement(template, picture, best.map).value >= promise else { return nil }
      }
      guard step < steps, let next = fit.step(from: map) else { break }
      map = next
    }
    guard let best else { return nil }
    let colour = ColourDifference(template, picture, best.map)
    return Evidence(
      similarity: GradientAgreement(template, picture, best.map).value, isMirrored: isMirrored,
      rotation: best.map.rotation, shear: best.map.shear, lumaDifference: colour.luma,
      chromaDifference: colour.chroma)
  }
}
