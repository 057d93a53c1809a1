internal import Foundation
import Kernels

/// A bank of Gabor filters (Daugman 1985, doi:10.1364/JOSAA.2.001160; for retrieval Manjunath & Ma 1996,
/// doi:10.1109/34.531803) over the sizes of a pyramid: magnitudes, their mean and deviation, and their layout.
///
/// One wavelength and one isotropic Gaussian window of one octave's bandwidth are used on every size, so that scale s has
/// the wavelength 2ˢ·4.5 pixels of the picture. The filter is e^(−r²/2σ²) e^(2πi (x cos θ + y sin θ) / λ) with
/// σ = 0.56 λ, y downwards, cut at 7 pixels and with a window that sums to 1: of a grating of its own wavelength and
/// orientation and amplitude A the magnitude is A / 2. The mean level of the plane is taken away first.
///
/// Against `skimage.filters.gabor` (n_stds large enough, cut alike) it differs by single precision only. An isotropic window
/// makes the filter a product of a row's and a column's, and θ and 180° − θ share them: some 10 times less work than
/// two-dimensional convolutions. Invariant to brightness; magnitudes scale with contrast; a mirror image exchanges θ and
/// 180° − θ, a quarter turn θ and θ + 90°.
package struct GaborBank: Sendable {
  /// In pixels of the plane.
  package static let wavelength = 4.5
  /// Of the window, in pixels of the plane.
  package static let sigma = 0.56 * wavelength
  /// Taps on one side of the centre.
  package static let radius = 7
  /// θ = k·180° / orientations.
  package let orientations: Int

  private let taps: GaborTaps
  private var room: [Float]
  private var sums: [Float]
  /// One plane an orientation, of `columns` × `rows` valid values.
  package private(set) var magnitudes: [Float]
  /// Size of the planes of magnitudes.
  package private(set) var columns = 0
  package private(set) var rows = 0

  /// - Parameters:
  ///   - orientations: 2…8 and even.
  ///   - side: of the largest plane, in pixels.
  package init(orientations: Int = 6, side: Int = AnalysisImage.fullSide) {
    self.orientations = orientations
    let reach = Self.radius
    let window = (0...reach).map { exp(-Double($0 * $0) / (2 * Self.sigma * Self.sigma)) }
    let total = 2 * window.reduce(0, +) - window[0]
    var (cosines, sines): ([Float], [Float]) = ([], [])
    for f in 0...orientations / 2 {
      let frequency = 2 * Double.pi * sin(Double.pi * Double(f) / Double(orientations)) / Self.wavelength
      for k in 0...reach {
        cosines.append(Float(window[k] / total * cos(frequency * Double(k))))
        sines.append(Float(window[k] / total * sin(frequency * Double(k))))
      }
    }
    taps = GaborTaps(orientations: orientations, radius: reach, cosines: cosines, sines: sines)
    room = [Float](repeating: 0, count: GaborTaps.room(width: side, height: side))
    sums = [Float](repeating: 0, count: side)
    magnitudes = [Float](repeating: 0, count: orientations * side * side)
  }

  /// Filters another plane.
  ///
  /// - Parameter step: 1, or 2 for magnitudes at every second column and row, which tell nearly as much: a magnitude
  ///   hardly changes within the window's σ of 2.5 pixels.
  package mutating func respond(to plane: TexturePlane, step: Int) {
    columns = (plane.width + step - 1) / step
    rows = (plane.height + step - 1) / step
    Self.filter(plane, taps, step, &room, &magnitudes)
  }

  /// Of the magnitudes of every orientation.
  package var statistics: [(mean: Float, deviation: Float)] {
    (0..<orientations).map { k in
      let count = columns * rows
      let plane = magnitudes.span.extracting(k * count..<(k + 1) * count)
      let (mean, deviation) = Kernels.meanAndDeviation(plane)
      return (Float(mean), Float(deviation))
    }
  }

  /// Mean magnitudes in `side` × `side` cells: orientation by orientation, then row by row.
  package mutating func cellMeans(side: Int) -> [Float] {
    var means: [Float] = []
    means.reserveCapacity(orientations * side * side)
    for k in 0..<orientations {
      means.append(contentsOf: Self.cells(magnitudes, plane: k, columns, rows, side: side, &sums))
    }
    return means
  }

  /// The magnitudes of the Fourier coefficients over orientation, 0…n/2: the same for a picture turned by any multiple of
  /// the step between orientations.
  ///
  /// - Parameter values: one number an orientation, in order.
  package static func rotationPooled(_ values: [Float]) -> [Float] {
    let n = values.count
    return (0...n / 2).map { f in
      var (real, imaginary) = (0.0, 0.0)
      for (k, value) in values.enumerated() {
        let angle = 2 * Double.pi * Double(f * k) / Double(n)
        real += Double(value) * cos(angle)
        imaginary -= Double(value) * sin(angle)
      }
      return Float((real * real + imaginary * imaginary).squareRoot())
    }
  }

  /// Statistics of several scales turned so that the orientation with the largest sum over scales comes first: the
  /// same for a picture turned by any multiple of the step between orientations, and, unlike `rotationPooled`, scales
  /// keep their orientations to each other.
  ///
  /// - Parameter values: scale by scale, one number an orientation.
  package static func alignedToDominant(_ values: [Float], orientations: Int) -> [Float] {
    precondition(orientations > 0 && values.count.isMultiple(of: orientations))
    let sums = (0..<orientations).map { k in
      stride(from: k, to: values.count, by: orientations).reduce(Float(0)) { $0 + values[$1] }
    }
    let first = sums.indices.max { sums[$0] < sums[$1] } ?? 0
    return values.indices.map { i in
      let (scale, k) = (i / orientations, i % orientations)
      return values[scale * orientations + (k + first) % orientations]
    }
  }

  private static func filter(
    _ plane: TexturePlane, _ taps: GaborTaps, _ step: Int, _ room: inout [Float], _ magnitudes: inout [Float]
  ) {
    var space = room.mutableSpan
    var target = magnitudes.mutableSpan
    Kernels.gaborMagnitudes(
      plane.values.span, width: plane.width, height: plane.height, level: plane.mean, taps: taps, step: step,
      room: &space, into: &target)
  }

  private static func cells(
    _ magnitudes: [Float], plane: Int, _ columns: Int, _ rows: Int, side: Int, _ sums: inout [Float]
  ) -> [Float] {
    var means = [Float](repeating: 0, count: side * side)
    var target = means.mutableSpan
    var space = sums.mutableSpan
    let count = columns * rows
    Kernels.cellMeans(
      magnitudes.span.extracting(plane * count..<(plane + 1) * count), width: columns, height: rows,
      columns: side, rows: side, room: &space, into: &target)
    return means
  }
}
