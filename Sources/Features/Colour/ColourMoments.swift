/// The colour moments of a set of pixels in CIELAB (Stricker & Orengo 1995, "Similarity of color images",
/// doi:10.1117/12.205308), and the covariances between the channels.
///
/// The paper works in HSV; CIELAB has no circular channel, so that a mean means something.
package struct ColourMoments: Sendable, Equatable {
  /// Means of L*, a*, b*.
  package var mean: SIMD3<Double>
  /// Standard deviations of L*, a*, b* (of the population: divided by n).
  package var deviation: SIMD3<Double>
  /// Cube roots of the third central moments of L*, a*, b*: in the unit of the channel, signed.
  package var skewness: SIMD3<Double>
  /// Covariances L*a*, L*b*, a*b* (divided by n).
  package var covariance: SIMD3<Double>

  /// Power sums about a reference colour, from which the moments of any union of sets follow.
  package struct Sums: Sendable {
    var count = 0.0
    /// Σx, Σx², Σx³ of each channel, and Σxy of the pairs La, Lb, ab.
    var first = SIMD3<Double>.zero
    var second = SIMD3<Double>.zero
    var third = SIMD3<Double>.zero
    var cross = SIMD3<Double>.zero

    package static func += (a: inout Sums, b: Sums) {
      a.count += b.count
      a.first += b.first
      a.second += b.second
      a.third += b.third
      a.cross += b.cross
    }

    package init() {}

    /// Adds pixels `range` of a row (planes L*, a*, b*), as differences from `reference`. A reference that is one of the colours keeps
    /// the sums small, and makes the moments of a set of one colour exact.
    package mutating func add(_ planes: Span<Float>, _ range: Range<Int>, reference: SIMD3<Float>) {
      let stride = planes.count / 3
      let origin = SIMD3<Double>(reference)
      var sums = self
      for i in range {
        let x = SIMD3<Double>(SIMD3(planes[i], planes[i &+ stride], planes[i &+ 2 &* stride])) - origin
        let square = x * x
        sums.first += x
        sums.second += square
        sums.third += square * x
        sums.cross += SIMD3(x.x, x.x, x.y) * SIMD3(x.y, x.z, x.z)
      }
      sums.count += Double(range.count)
      self = sums
    }
  }

  /// The moments of the pixels in `sums`; all zeros where there are none.
  package init(_ sums: Sums, reference: SIMD3<Float>) {
    let n = max(sums.count, 1)
    let m = sums.first / n
    let second = sums.second / n
    let third = sums.third / n
    var variance = second - m * m
    variance.replace(with: 0, where: variance .< 0)
    let central = third - 3 * m * second + 2 * m * m * m
    mean = SIMD3<Double>(reference) + m
    deviation = variance.squareRoot()
    skewness = SIMD3(cubeRoot(central.x), cubeRoot(central.y), cubeRoot(central.z))
    covariance = sums.cross / n - SIMD3(m.x, m.x, m.y) * SIMD3(m.y, m.z, m.z)
  }
}
