import Features
import Imaging
import Testing

@Suite struct ColourConversionTests {
  private func convert(_ colour: [UInt8]) -> (lab: [Float], hsv: [Float]) {
    let image = WorkingImage(width: 1, height: 1, pixels: colour)
    return (image.lab, image.hsv)
  }

  @Test func whiteAndBlackAreTheEndsOfLightness() {
    #expect(largestDifference(convert([255, 255, 255]).lab, [100, 0, 0]) < 0.01)
    #expect(largestDifference(convert([0, 0, 0]).lab, [0, 0, 0]) < 1e-4)
  }

  /// By hand: linear 0.2159 (byte 128), Y below the bend at 0.008856 for byte 10.
  @Test func greysFollowTheLightnessFormula() {
    #expect(abs(convert([128, 128, 128]).lab[0] - 53.585) < 1e-2)
    // 10 / 255 / 12.92 = 0.0030353; L* = 903.29 Y.
    #expect(abs(convert([10, 10, 10]).lab[0] - 2.7418) < 1e-2)
  }

  @Test func huesOfTheSixPureColours() {
    let hues = [[255, 0, 0], [255, 255, 0], [0, 255, 0], [0, 255, 255], [0, 0, 255], [255, 0, 255]]
      .map { convert($0.map { UInt8($0) }).hsv }
    for (i, hsv) in hues.enumerated() {
      #expect(largestDifference(hsv, [Float(i) / 6, 1, 1]) < 1e-6)
    }
  }

  @Test func greysHaveNoSaturationAndHueZero() {
    #expect(largestDifference(convert([51, 51, 51]).hsv, [0, 0, 0.2]) < 1e-6)
    #expect(convert([0, 0, 0]).hsv == [0, 0, 0])
  }

  /// Red a little towards blue: the hue stays below one turn.
  @Test func hueWrapsBelowOne() {
    let hue = convert([255, 0, 1]).hsv[0]
    #expect(hue > 0.99 && hue < 1)
  }

  @Test func agreesWithScikitImage() throws {
    let golden = try ColourGolden.load().conversion
    let count = golden.rgb.count / 3
    var lab = [Float](repeating: 0, count: 3 * count)
    var hsv = lab
    var labSpan = lab.mutableSpan
    CIELABConversion().convert(golden.rgb.span, count: count, into: &labSpan)
    var hsvSpan = hsv.mutableSpan
    HSVConversion().convert(golden.rgb.span, count: count, into: &hsvSpan)
    for channel in 0..<3 {
      let plane = channel * count..<(channel + 1) * count
      let expectedLab = (0..<count).map { golden.lab[3 * $0 + channel] }
      let expectedHSV = (0..<count).map { golden.hsv[3 * $0 + channel] }
      #expect(largestDifference(Array(lab[plane]), expectedLab) < 1e-3, "channel \(channel)")
      #expect(largestDifference(Array(hsv[plane]), expectedHSV) < 1e-6, "channel \(channel)")
    }
  }

  @Test func cubeRoots() {
    #expect(cubeRoot(0) == 0)
    for x in [1e-12, 0.008, 1, 2, 27, 12_345.678, 1e9] {
      let root = cubeRoot(x)
      #expect(abs(root * root * root - x) < 1e-12 * x)
      #expect(cubeRoot(-x) == -root)
    }
  }
}
