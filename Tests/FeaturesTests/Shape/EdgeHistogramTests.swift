import Features
import Imaging
import Testing

@Suite struct EdgeHistogramTests {
  private func measure(_ image: WorkingImage) -> EdgeHistogram {
    var histogram = EdgeHistogram()
    histogram.measure(image.analysed)
    return histogram
  }

  @Test func agreesWithNumPy() throws {
    for (golden, image) in try ShapeGolden.pictures() {
      let histogram = measure(image)
      #expect(largestDifference(histogram.local, golden.edgeHistogram) < 1e-5)
      #expect(largestDifference(histogram.global, golden.edgeHistogramGlobal) < 1e-5)
      #expect(largestDifference(histogram.semiGlobal, golden.edgeHistogramSemiGlobal) < 1e-5)
    }
  }

  /// Blocks of 2 × 2 pixels, each split by an upright edge, then by a level one, a diagonal, a checkerboard.
  @Test func kindsByHand() {
    let kinds: [(kind: Int, bright: (Int, Int) -> Bool)] = [
      (0, { x, _ in x % 2 == 0 }), (1, { _, y in y % 2 == 0 }), (4, { x, y in (x + y) % 2 == 0 }),
      (2, { x, y in x % 2 + y % 2 == 0 }), (3, { x, y in x % 2 == 1 && y % 2 == 0 }),
    ]
    for (kind, bright) in kinds {
      // A diagonal's other two corners lie in the middle.
      let image = picture(width: 32, height: 32) { x, y, _ in
        if kind == 2 && x % 2 != y % 2 || kind == 3 && x % 2 == y % 2 { return 100 }
        return bright(x, y) ? 150 : 50
      }
      var expected = [Float](repeating: 0, count: 5)
      expected[kind] = 1
      #expect(measure(image).global == expected, "kind \(kind)")
      #expect(measure(image).local.count == EdgeHistogram.localCount)
      #expect(measure(image).semiGlobal.count == 65)
    }
  }

  @Test func faintDifferencesDoNotCount() {
    let faint = { (step: Int) in picture(width: 32, height: 32) { x, _, _ in 100 + x % 2 * step } }
    #expect(measure(faint(5)).global[0] == 0)
    #expect(measure(faint(6)).global[0] == 1)
    #expect(measure(uniform(width: 64, height: 64, [9, 9, 9])).local == [Float](repeating: 0, count: 80))
  }

  /// 96 × 64 pixels are 24 × 16 whole blocks, six by four a part: what is on the left stands on the right of the mirror.
  @Test func aMirrorExchangesColumns() {
    let image = pattern(width: 96, height: 64)
    let (original, mirrored) = (measure(image).local, measure(image.mirrored).local)
    for part in 0..<16 {
      let other = part / 4 * 4 + 3 - part % 4
      #expect(abs(original[5 * part] - mirrored[5 * other]) < 0.1)
      #expect(abs(original[5 * part + 2] - mirrored[5 * other + 3]) < 0.1)
    }
    #expect(original != mirrored)
  }
}
