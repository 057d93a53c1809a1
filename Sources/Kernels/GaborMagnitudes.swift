import CKernels

/// The one-dimensional parts of Gabor filters of one wavelength under an isotropic Gaussian window.
package struct GaborTaps: Sendable {
  /// Orientations, even: k·180°/n.
  package let orientations: Int
  /// Taps on one side of the centre.
  package let radius: Int
  /// For frequency sin (πf/n) / wavelength, f = 0…n/2, and tap k = 0…radius: `[f * (radius + 1) + k]`, windowed.
  package let cosines, sines: [Float]

  /// - Parameters: as the properties; radius 1…12, orientations 2…8 and even.
  package init(orientations: Int, radius: Int, cosines: [Float], sines: [Float]) {
    precondition(orientations >= 2 && orientations <= Int(CKERNELS_GABOR_ORIENTATIONS))
    precondition(orientations.isMultiple(of: 2) && radius >= 1 && radius <= Int(CKERNELS_GABOR_RADIUS))
    let count = (orientations / 2 + 1) * (radius + 1)
    precondition(cosines.count == count && sines.count == count)
    self.orientations = orientations
    self.radius = radius
    self.cosines = cosines
    self.sines = sines
  }

  /// Numbers to work in for a plane of this size.
  package static func room(width: Int, height: Int) -> Int {
    Int(ckernels_gabor_room(Int32(width), Int32(height)))
  }
}

/// Magnitudes of a plane's complex responses to Gabor filters, at every `step`th column and row.
///
/// - Parameters:
///   - plane: at least `width * height` values, row by row; beyond the border it is mirrored without repeating its pixels.
///   - level: taken from every pixel before the filters see it.
///   - step: 1 or 2.
///   - room: `GaborTaps.room` values to work in.
///   - magnitudes: one plane of ⌈width / step⌉ × ⌈height / step⌉ an orientation; overwritten.
package func gaborMagnitudes(
  _ plane: Span<UInt8>, width: Int, height: Int, level: Float, taps: GaborTaps, step: Int,
  room: inout MutableSpan<Float>, into magnitudes: inout MutableSpan<Float>
) {
  precondition(width > 0 && height > 0 && plane.count >= width * height && (step == 1 || step == 2))
  precondition(room.count >= GaborTaps.room(width: width, height: height))
  let samples = ((width + step - 1) / step) * ((height + step - 1) / step)
  precondition(magnitudes.count >= taps.orientations * samples)
  unsafe plane.withUnsafeBufferPointer { plane in
    unsafe room.withUnsafeMutableBufferPointer { room in
      unsafe magnitudes.withUnsafeMutableBufferPointer { magnitudes in
        guard let source = plane.baseAddress, let space = room.baseAddress,
          let target = magnitudes.baseAddress
        else { return }
        unsafe ckernels_gabor(
          source, Int32(width), Int32(height), level, Int32(step), Int32(taps.radius),
          Int32(taps.orientations), taps.cosines, taps.sines, space, target)
      }
    }
  }
}
