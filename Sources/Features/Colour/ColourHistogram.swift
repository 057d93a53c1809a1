/// A histogram over three channels, in which a pixel counts for the eight bins around it by nearness (trilinear), so
/// that a small change of colour is a small change of the histogram.
///
/// Counts are whole numbers (a pixel is 2³⁰): sums are exact, and don't depend on the order of the pixels.
package struct ColourHistogram: Sendable {
  /// One channel and how it is cut into bins.
  package struct Axis: Equatable, Sendable {
    /// At least 1.
    package var bins: Int
    /// The values that the first bin begins and the last bin ends with; others count for the bin at that end.
    package var low, high: Float
    /// The last bin is the first one's neighbour. Only hue.
    package var isCircular = false

    package init(bins: Int, low: Float = 0, high: Float = 1, isCircular: Bool = false) {
      precondition(bins > 0 && low < high)
      self.bins = bins
      self.low = low
      self.high = high
      self.isCircular = isCircular
    }
  }

  /// Which bins a pixel counts for.
  package enum Binning: Sendable {
    /// Shared between the bins whose centres lie around the value.
    case soft
    /// All in the bin that the value lies in, as `cv2.calcHist` does.
    case hard
  }

  /// Fractions of a bin are counted in 2⁻¹⁰.
  private static let fractionBits = 10

  package let axes: (Axis, Axis, Axis)
  package let binning: Binning
  /// Row-major: the last axis runs fastest.
  private var counts: [UInt64]

  package init(_ first: Axis, _ second: Axis, _ third: Axis, binning: Binning = .soft) {
    axes = (first, second, third)
    self.binning = binning
    counts = [UInt64](repeating: 0, count: first.bins * second.bins * third.bins)
  }

  /// How many bins.
  package var count: Int { counts.count }

  /// Begins a picture.
  package mutating func reset() {
    var span = counts.mutableSpan
    for i in span.indices { span[i] = 0 }
  }

  /// Counts `count` pixels, whose channels are three planes of equal length, one after another.
  package mutating func add(_ planes: Span<Float>, count: Int) {
    let stride = planes.count / 3
    assert(stride >= count)
    let cuts = cuts
    var bins = counts.mutableSpan
    for i in 0..<count {
      cuts.add(planes[i], planes[i &+ stride], planes[i &+ 2 &* stride], weight: 1, to: &bins)
    }
  }

  /// Counts `weight` pixels of one colour; its fourth number is not looked at.
  package mutating func add(_ colour: SIMD4<Float>, weight: UInt64) {
    let cuts = cuts
    var bins = counts.mutableSpan
    cuts.add(colour.x, colour.y, colour.z, weight: weight, to: &bins)
  }

  private var cuts: Cuts {
    Cuts(first: Cut(axes.0, binning), second: Cut(axes.1, binning), third: Cut(axes.2, binning))
  }

  /// The shares of the bins, row-major, which sum to 1; all zeros where nothing was counted.
  package var shares: [Float] {
    let total = counts.reduce(0, &+)
    let scale = total > 0 ? 1 / Double(total) : 0
    return counts.map { Float(Double($0) * scale) }
  }

  /// The three axes in fixed point.
  private struct Cuts {
    let first, second, third: Cut

    @inline(__always)
    func add(_ x: Float, _ y: Float, _ z: Float, weight: UInt64, to bins: inout MutableSpan<UInt64>) {
      let one = UInt64(1) << ColourHistogram.fractionBits
      let (x0, x1, fx) = first.place(x)
      let (y0, y1, fy) = second.place(y)
      let (z0, z1, fz) = third.place(z)
      let near = (one &- fx, one &- fy, (one &- fz) &* weight)
      let far = fz &* weight
      let rows = (x0 &* second.bins &* third.bins, x1 &* second.bins &* third.bins)
      let columns = (y0 &* third.bins, y1 &* third.bins)
      let w00 = near.0 &* near.1
      let w01 = near.0 &* fy
      let w10 = fx &* near.1
      let w11 = fx &* fy
      bins[rows.0 &+ columns.0 &+ z0] &+= w00 &* near.2
      bins[rows.0 &+ columns.0 &+ z1] &+= w00 &* far
      bins[rows.0 &+ columns.1 &+ z0] &+= w01 &* near.2
      bins[rows.0 &+ columns.1 &+ z1] &+= w01 &* far
      bins[rows.1 &+ columns.0 &+ z0] &+= w10 &* near.2
      bins[rows.1 &+ columns.0 &+ z1] &+= w10 &* far
      bins[rows.1 &+ columns.1 &+ z0] &+= w11 &* near.2
      bins[rows.1 &+ columns.1 &+ z1] &+= w11 &* far
    }
  }

  /// An axis in fixed point.
  private struct Cut {
    let scale, offset: Float
    let last, bins: Int
    let isCircular, isHard: Bool

    init(_ axis: Axis, _ binning: Binning) {
      let unit = Float(1 << ColourHistogram.fractionBits)
      isHard = binning == .hard
      scale = unit * Float(axis.bins) / (axis.high - axis.low)
      offset = -axis.low * scale - (isHard ? 0 : unit / 2)
      last = (axis.bins - 1) << ColourHistogram.fractionBits
      bins = axis.bins
      isCircular = axis.isCircular
    }

    /// The bins before and after a value, and how far it lies towards the second, in 2⁻¹⁰.
    @inline(__always)
    func place(_ value: Float) -> (Int, Int, UInt64) {
      let bits = ColourHistogram.fractionBits
      // The offset keeps the argument above zero, where truncation is the floor.
      var position = Int(value * scale + (offset + 1_048_576)) &- 1_048_576
      if isHard {
        let bin = min(max(position, 0), last) >> bits
        return (bin, bin, 0)
      }
      if isCircular {
        if position < 0 { position &+= bins << bits }
        let bin = min(position >> bits, bins &- 1)
        let next = bin &+ 1 == bins ? 0 : bin &+ 1
        return (bin, next, UInt64(truncatingIfNeeded: position & ((1 << bits) &- 1)))
      }
      position = min(max(position, 0), last)
      let bin = position >> bits
      return (bin, min(bin &+ 1, bins &- 1), UInt64(truncatingIfNeeded: position & ((1 << bits) &- 1)))
    }
  }
}
