import Features
import Foundation
import Imaging
import Testing

@Suite struct RawShapeExtractorTests {
  private func measure(_ image: WorkingImage) -> (raw: [Float], traits: ShapeTraits) {
    var extractor = RawShapeExtractor()
    return extractor.measure(image.analysed, image.gradient)
  }

  private func part(_ name: String, of raw: [Float]) throws -> [Float] {
    let part = try #require(VisualBlock.shape.parts.first { $0.name == name })
    return Array(raw[part.offset..<part.offset + part.count])
  }

  @Test(arguments: [(1, 1), (1, 512), (512, 1), (3, 5), (16, 16), (17, 31), (257, 100), (511, 512)])
  func anyGeometryGivesFiniteNumbers(width: Int, height: Int) {
    for image in [
      pattern(width: width, height: height), uniform(width: width, height: height, [0, 0, 0]),
      picture(width: width, height: height) { x, y, _ in (x + y) % 2 * 255 },
      picture(width: width, height: height) { x, y, c in (x * 7919 + y * 104_729 + c * 31) % 256 },
    ] {
      let (raw, traits) = measure(image)
      #expect(raw.count == VisualBlock.shape.rawDimension)
      #expect(raw.allSatisfy { $0.isFinite })
      #expect(traits.named.allSatisfy { $0.value.isFinite })
    }
  }

  @Test func partsFillTheRawVectorInOrder() {
    var next = 0
    for part in VisualBlock.shape.parts {
      #expect(part.offset == next && part.count > 0)
      next += part.count
    }
    #expect(next == VisualBlock.shape.rawDimension && next <= 700)
  }

  @Test func partsHoldWhatTheyPromise() throws {
    let image = figures()
    let (raw, traits) = measure(image)
    var pairs = DirectionCooccurrence()
    pairs.measure(image.gradient, width: 128, height: 96)
    #expect(try part("directionPairs", of: raw) == pairs.shares.map { $0.squareRoot() })
    let edges = image.edges(CannyEdges.standard)
    var contours = Contours()
    contours.trace(edges)
    let statistics = ContourStatistics(contours)
    #expect(try part("bends", of: raw) == statistics.bends.flatMap { $0.map { $0.squareRoot() } })
    let named = Dictionary(uniqueKeysWithValues: traits.named.map { ($0.name, $0.value) })
    #expect(named.count == traits.named.count)
    #expect(named["edgeDensity"] == edges.density && named["curviness"] == statistics.curviness)
    #expect(try part("composition", of: raw) == traits.named.prefix(25).map(\.value))
    // The means of 8 × 8 cells, from the pyramid's own.
    var pyramid = OrientationPyramid()
    pyramid.measure(image.analysed, image.gradient, edges)
    let mean = (0..<64).reduce(0) { $0 + log1p(Double(pyramid.energy(scale: 0, cell: $1))) } / 64
    #expect(abs(Double(try part("localStatistics", of: raw)[0]) - mean) < 1e-3)
  }

  @Test func aReusedExtractorAnswersAsAFreshOne() {
    var reused = RawShapeExtractor()
    for image in [
      pattern(width: 300, height: 200), uniform(width: 5, height: 1, [9, 99, 199]), figures(),
      pattern(width: 64, height: 256, seed: 4), figures(),
    ] {
      let expected = measure(image).raw
      #expect(reused.extract(image.analysed, image.gradient) == expected)
    }
  }

  /// A brighter copy has the same gradient; another picture does not.
  @Test func brightnessDoesNotMatter() {
    let dark = figures()
    let brighter = picture(width: 128, height: 96) { x, y, c in
      Int(dark.pixels[3 * (y * 128 + x) + c]) + 30
    }
    let (a, b) = (measure(figures()).raw, measure(brighter).raw)
    #expect(largestDifference(a, b) < 1e-3)
    #expect(largestDifference(a, measure(figures().mirrored).raw) > 0.1)
  }
}
