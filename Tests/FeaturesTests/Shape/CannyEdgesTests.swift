import Features
import Imaging
import Testing

@Suite struct CannyEdgesTests {
  @Test func agreesWithOpenCVPixelForPixel() throws {
    for (golden, image) in try ShapeGolden.pictures() {
      for (key, expected) in golden.canny {
        let thresholds = key.split(separator: "-").compactMap { Int($0) }
        let edges = image.edges(.fixed(low: thresholds[0], high: thresholds[1]))
        #expect(Array(edges.edges.prefix(edges.count)) == expected, "\(golden.width) px, \(key)")
      }
    }
  }

  /// A step of 50 levels between columns 19 and 20: both see |dx| = 200, and the left of two equals is the maximum.
  @Test func aStepIsOneLine() {
    let step = picture(width: 40, height: 30) { x, _, _ in x < 20 ? 100 : 150 }
    let edges = step.edges(.fixed(low: 100, high: 199))
    #expect(Array(edges.edges.prefix(edges.count)) == (0..<30).map { 40 * $0 + 19 })
    #expect(edges.density == 30.0 / 1200)
    #expect(step.edges(.fixed(low: 100, high: 200)).count == 0)
  }

  /// A weak line belongs to the edges only where it hangs together with a strong one.
  @Test func hysteresisKeepsWhatHangsTogether() {
    let fading = picture(width: 40, height: 40) { x, y, _ in x < 20 ? 100 : (y < 10 ? 180 : 120) }
    let apart = picture(width: 40, height: 40) { x, _, _ in x < 20 ? 100 : 120 }
    #expect(apart.edges(.fixed(low: 60, high: 200)).count == 0)
    let edges = fading.edges(.fixed(low: 60, high: 200))
    #expect(edges.edges.prefix(edges.count).contains(40 * 35 + 19))
  }

  @Test func mapAndListAgreeAndTheBorderIsEmpty() {
    let image = pattern(width: 70, height: 50)
    let edges = image.edges(.fixed(low: 40, high: 120))
    #expect(edges.count > 0)
    for y in -1...50 {
      for x in -1...70 {
        let inside = (0..<50).contains(y) && (0..<70).contains(x)
        let listed = inside && edges.edges.prefix(edges.count).contains(Int32(70 * y + x))
        #expect(edges.map[72 * (y + 1) + x + 1] == (listed ? 1 : 0))
      }
    }
  }

  /// 85 per cent of the pixels do not exceed the upper threshold; the lower one is 0.4 of it.
  @Test func thresholdsComeFromThePicture() {
    let image = pattern(width: 96, height: 64)
    let edges = image.edges(.quantile(0.85, ratio: 0.4))
    let sorted = edges.magnitude.prefix(96 * 64).sorted()
    #expect(abs(edges.high - Int(sorted[Int(0.85 * 96 * 64)])) <= 2)
    #expect(edges.low == Int(0.4 * Double(edges.high)))
    let faint = picture(width: 40, height: 40) { x, y, _ in 100 + (x + y) % 2 * 3 }
    #expect(faint.edges(CannyEdges.standard).high == CannyEdges.leastHigh)
    #expect(faint.edges(CannyEdges.standard).count == 0)
  }

  @Test func aReusedDetectorAnswersAsAFreshOne() {
    var edges = CannyEdges()
    let image = pattern(width: 64, height: 40)
    for other in [figures(), image] {
      edges.detect(other.gradient, width: other.width, height: other.height, .fixed(low: 40, high: 120))
    }
    let fresh = image.edges(.fixed(low: 40, high: 120))
    #expect(edges.edges.prefix(edges.count) == fresh.edges.prefix(fresh.count))
    #expect(edges.map.prefix(66 * 42) == fresh.map.prefix(66 * 42))
  }
}
