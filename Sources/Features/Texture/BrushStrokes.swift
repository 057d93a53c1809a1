internal import Foundation

/// What the structure tensor says of brush-strokes and hatching, in terms that a person can read.
package struct BrushStrokes: Sendable, Equatable {
  /// How much neighbouring marks run in one direction, 0…1: mean over windows of 8 × 8 pixels.
  package var coherence: Float
  /// The direction along which most marks run, in degrees, 0..<180: 0 is horizontal, 45 rises to the right, 90 is vertical.
  package var dominantOrientation: Float
  /// How much the directions of all windows agree, 0…1; where it is low, the dominant orientation means little.
  package var agreement: Float
  /// Shares of the windows, weighted by coherence, whose marks run within 22.5° of horizontal, of vertical, rising to the
  /// right and falling to the right; they sum to 1, or are all 0 for a flat picture.
  package var horizontal, vertical, rising, falling: Float
  /// Fineness in pixels of the analysed picture, 1 (fine) to 4: the mean octave of the gradients of the picture, its
  /// half and its quarter, weighted by their size. Between 2 and 3 for most paintings.
  package var scale: Float
  /// Geometric mean of 1 + the gradient over windows of 4 × 4 pixels, minus 1, in grey levels a pixel.
  package var strength: Float
  /// Deviation of log (1 + gradient) over windows of 8 × 8 pixels: 0 for an even touch.
  package var unevenness: Float

  /// The diagonals together.
  package var diagonal: Float { rising + falling }

  /// - Parameters:
  ///   - eight: statistics of windows of 8 × 8 pixels.
  ///   - octaves: mean energies (`StrokeStatistics.energy`) of the picture and of its halves, over windows of 4 × 4.
  package init(eight: StrokeStatistics, octaves: [Float]) {
    coherence = eight.coherence
    let length = (eight.cosine * eight.cosine + eight.sine * eight.sine).squareRoot()
    agreement = coherence > 0 ? length / coherence : 0
    // Marks run across the gradient: half a turn of the doubled angle. Seen upwards, angles change their sign.
    let degrees = 90 / Float.pi * atan2(eight.sine, -eight.cosine)
    dominantOrientation = degrees < 0 ? degrees + 180 : degrees == 180 ? 0 : degrees
    let bins = eight.orientations
    vertical = bins[7] + bins[0]
    rising = bins[1] + bins[2]
    horizontal = bins[3] + bins[4]
    falling = bins[5] + bins[6]
    let gradients = octaves.map { exp($0) - 1 }
    let sum = gradients.reduce(0, +)
    let octave = gradients.enumerated().reduce(Float(0)) { $0 + Float($1.offset) * $1.element }
    scale = sum > 0 ? exp2(octave / sum) : 1
    strength = gradients.first ?? 0
    unevenness = eight.energyDeviation
  }
}

/// Statistics of structure tensors (Bigün & Granlund 1987; for brushwork Li, Yao, Hendriks & Wang 2012,
/// doi:10.1109/TPAMI.2011.203, measure strokes cut out one by one instead) over windows of one size.
package struct StrokeStatistics: Sendable, Equatable {
  /// Orientations of the gradient, weighted by coherence, soft, in 8 bins of 180° from 0°; sums to 1 or is all 0.
  package var orientations: [Float]
  /// Mean and deviation of the coherence, 0…1.
  package var coherence, coherenceDeviation: Float
  /// Mean and deviation of log (1 + gradient in grey levels a pixel).
  package var energy, energyDeviation: Float
  /// The mean vector at the doubled angle, weighted by coherence: (cos 2θ, sin 2θ), length 0…1.
  package var cosine, sine: Float
  /// Covariance of coherence and energy.
  package var covariance: Float
  /// Mean absolute differences between windows that touch side by side, then one below the other: of the doubled angle's
  /// cosine and sine, and of the energy.
  package var differences: [Float]

  /// All but the orientations: 14 numbers.
  package var values: [Float] {
    let length = (cosine * cosine + sine * sine).squareRoot()
    return [coherence, coherenceDeviation, energy, energyDeviation, cosine, sine, length, covariance]
      + differences
  }
  package init(
    orientations: [Float], coherence: Float, coherenceDeviation: Float, energy: Float, energyDeviation: Float,
    cosine: Float, sine: Float, covariance: Float, differences: [Float]
  ) {
    self.orientations = orientations
    self.coherence = coherence
    self.coherenceDeviation = coherenceDeviation
    self.energy = energy
    self.energyDeviation = energyDeviation
    self.cosine = cosine
    self.sine = sine
    self.covariance = covariance
    self.differences = differences
  }

  /// Numbers in `values`.
  package static let count = 14
  /// Numbers in `orientations`.
  package static let bins = 8
}
