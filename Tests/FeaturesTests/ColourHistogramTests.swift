import Features
import Imaging
import Testing

@Suite struct ColourHistogramTests {
  private let unit = ColourHistogram.Axis(bins: 2)

  /// The shares of single-channel values, the other channels having one bin.
  private func shares(
    _ values: [Float], _ axis: ColourHistogram.Axis, _ binning: ColourHistogram.Binning = .soft
  ) -> [Float] {
    let one = ColourHistogram.Axis(bins: 1)
    var histogram = ColourHistogram(axis, one, one, binning: binning)
    let planes = values + values.map { _ in 0.5 } + values.map { _ in 0.5 }
    histogram.add(planes.span, count: values.count)
    return histogram.shares
  }

  @Test func aValueAtABinsCentreCountsForThatBinAlone() {
    #expect(shares([0.25], unit) == [1, 0])
    #expect(shares([0.75], unit) == [0, 1])
  }

  @Test func aValueBetweenCentresIsShared() {
    #expect(shares([0.5], unit) == [0.5, 0.5])
    #expect(shares([0.625], unit) == [0.25, 0.75])
  }

  @Test func theEndsAreNotShared() {
    #expect(shares([0, 1], unit) == [0.5, 0.5])
    #expect(shares([-3, -3, -3, 9], .init(bins: 4, low: -1, high: 1)) == [0.75, 0, 0, 0.25])
  }

  @Test func hueIsSharedAcrossRed() {
    let hue = ColourHistogram.Axis(bins: 4, isCircular: true)
    #expect(shares([0], hue) == [0.5, 0, 0, 0.5])
    #expect(shares([0.9375], hue) == [0.25, 0, 0, 0.75])
  }

  @Test func eightBinsShareAPixelBetweenThem() {
    var histogram = ColourHistogram(unit, unit, unit)
    histogram.add([0.5, 0.5, 0.625].span, count: 1)
    #expect(histogram.shares == [0.0625, 0.1875, 0.0625, 0.1875, 0.0625, 0.1875, 0.0625, 0.1875])
  }

  @Test func hardBinsAreHalfOpen() {
    #expect(shares([0.4999, 0.5, 1, 0], unit, .hard) == [0.5, 0.5])
  }

  @Test func nothingCountedIsAllZeros() {
    #expect(shares([], unit) == [0, 0])
  }

  /// Differences of shares of `count` pixels from numbers of pixels, summed over the bins.
  private func pixelsApart(_ shares: [Float], _ numbers: [Float], of count: Float) -> Float {
    zip(shares, numbers).map { abs($0 * count - $1) }.reduce(0, +)
  }

  @Test func hardBinsAgreeWithOpenCV() throws {
    let golden = try ColourGolden.load().pattern
    let image = pattern(width: golden.width, height: golden.height)
    #expect(image.checksum == golden.checksum)
    let count = Float(image.width * image.height)
    var hsv = ColourHistogram(
      .init(bins: 16, isCircular: true), .init(bins: 4), .init(bins: 4), binning: .hard)
    hsv.add(image.hsv.span, count: Int(count))
    // A value on the edge of two bins may fall on either side by its last bit: two pixels at most here.
    #expect(pixelsApart(hsv.shares, golden.hardHSV, of: count) <= 4)
    var lab = ColourHistogram(
      .init(bins: 8, high: 100), .init(bins: 6, low: -128, high: 128), .init(bins: 6, low: -128, high: 128),
      binning: .hard)
    lab.add(image.lab.span, count: Int(count))
    #expect(pixelsApart(lab.shares, golden.hardLab, of: count) <= 4)
  }

  /// Fractions of a bin are counted in 1/1024, which leaves errors of a few 10⁻⁴ of a bin's share.
  @Test func softBinsAgreeWithHatFunctions() throws {
    let golden = try ColourGolden.load().pattern
    let image = pattern(width: golden.width, height: golden.height)
    var hsv = ColourHistogram(.init(bins: 16, isCircular: true), .init(bins: 4), .init(bins: 4))
    hsv.add(image.hsv.span, count: image.width * image.height)
    #expect(largestDifference(hsv.shares, golden.softHSV) < 3e-4)
    var lab = LabHistogram()
    lab.add(image.pixelPoints)
    #expect(largestDifference(lab.shares, golden.softLab) < 3e-4)
    // The means of a fine grid's cells stand for the pixels: they lie off by less than half a cell.
    var coarse = LabHistogram()
    coarse.add(image.points)
    #expect(largestDifference(coarse.shares, golden.softLab) < 3e-3)
  }

  @Test func greysHaveNoHueInTheDescriptor() {
    var histogram = HSVHistogram()
    let image = uniform(width: 4, height: 4, [96, 96, 96])
    histogram.add(image.hsv.span, count: 16)
    let shares = histogram.shares
    #expect(shares.count == HSVHistogram.count)
    #expect(abs(shares.prefix(4).reduce(0, +) - 1) < 1e-6)
  }

  @Test func theDescriptorKeepsEveryShareOfTheHistogram() {
    let image = pattern(width: 40, height: 30)
    var whole = ColourHistogram(.init(bins: 16, isCircular: true), .init(bins: 4), .init(bins: 4))
    whole.add(image.hsv.span, count: 1200)
    var descriptor = HSVHistogram()
    descriptor.add(image.hsv.span, count: 1200)
    let (all, shares) = (whole.shares, descriptor.shares)
    let bin = 4 + 5 * 12 + 1 * 4 + 3
    // Hue 5, saturation 2, value 3; and the lowest saturation's value 1 over all hues.
    #expect(shares[bin] == all[5 * 16 + 2 * 4 + 3])
    let hueless = (0..<16).map { all[$0 * 16 + 1] }
    #expect(abs(shares[1] - hueless.reduce(0, +)) < 1e-6)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
  }

  @Test func theOrderOfThePixelsDoesNotMatter() {
    let image = pattern(width: 50, height: 37)
    let permuted = image.permuted(factor: 7)
    #expect(image != permuted)
    for binning in [ColourHistogram.Binning.soft, .hard] {
      var a = ColourHistogram(
        .init(bins: 8, isCircular: true), .init(bins: 4), .init(bins: 4), binning: binning)
      var b = a
      a.add(image.hsv.span, count: 1850)
      b.add(permuted.hsv.span, count: 1850)
      #expect(a.shares == b.shares)
    }
  }

  @Test func resetForgets() {
    let image = pattern(width: 20, height: 20)
    var histogram = LabHistogram()
    histogram.add(image.points)
    let first = histogram.shares
    histogram.add(uniform(width: 20, height: 20, [200, 0, 0]).points)
    #expect(histogram.shares != first)
    histogram.reset()
    histogram.add(image.points)
    #expect(histogram.shares == first)
  }
}
