import Features
import Foundation
import Imaging
import Testing

/// Reference values by `tools/golden/golden_shape.py`.
struct ShapeGolden: Decodable {
  struct Picture: Decodable {
    let width, height: Int
    let checksum: UInt32
    let canny: [String: [Int32]]
    let contourLengths: [Int]
    let contourPoints: [Int16]
    let hu: [Double]
    let edgeHistogram, edgeHistogramGlobal, edgeHistogramSemiGlobal: [Float]
    let cooccurrence, orientation, halfEnergy, strengths, fourier, contexts, composition: [Float]
  }

  let figures, pattern, patches: Picture

  static func load() throws -> ShapeGolden {
    let url = try #require(Bundle.module.url(forResource: "Golden/shape", withExtension: "json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(ShapeGolden.self, from: Data(contentsOf: url))
  }

  /// The reference values of each picture with the picture itself.
  static func pictures() throws -> [(golden: Picture, image: WorkingImage)] {
    let golden = try load()
    let pairs = [
      (golden.figures, FeaturesTests.figures()),
      (golden.pattern, FeaturesTests.pattern(width: golden.pattern.width, height: golden.pattern.height)),
      (golden.patches, FeaturesTests.patches(width: golden.patches.width, height: golden.patches.height)),
    ]
    for (golden, image) in pairs { try #require(image.checksum == golden.checksum) }
    return pairs
  }
}

/// A ring, a bar, a slanted band and a wedge on a plain ground, 128 × 96.
func figures() -> WorkingImage {
  picture(width: 128, height: 96) { x, y, _ in
    let r = (x - 34) * (x - 34) + (y - 40) * (y - 40)
    if y >= 50 && x >= 100 && 2 * (x - 100) <= y - 50 { return 130 }
    if abs(x - y - 30) <= 3 && y >= 40 { return 20 }
    if (74..<110).contains(x) && (10..<22).contains(y) { return 90 }
    return (14 * 14...26 * 26).contains(r) ? 60 : 200
  }
}

extension WorkingImage {
  /// Its gradient as the extractors see it.
  var gradient: GradientField {
    var field = GradientField()
    field.load(analysed)
    return field
  }

  /// Its edges.
  func edges(_ thresholds: CannyEdges.Thresholds = .fixed(low: 100, high: 300)) -> CannyEdges {
    var edges = CannyEdges()
    edges.detect(gradient, width: analysed.width, height: analysed.height, thresholds)
    return edges
  }

  /// The contours of its edges.
  func contours(_ thresholds: CannyEdges.Thresholds = .fixed(low: 100, high: 300)) -> Contours {
    var contours = Contours()
    contours.trace(edges(thresholds))
    return contours
  }

  /// Turned a quarter anticlockwise.
  var turned: WorkingImage {
    picture(width: height, height: width) { x, y, channel in
      Int(pixels[3 * (x * width + width - 1 - y) + channel])
    }
  }
}

extension Contours {
  /// The points of a contour.
  func list(_ index: Int) -> [SIMD2<Int>] {
    self[index].map { SIMD2(Int(points[2 * $0]), Int(points[2 * $0 + 1])) }
  }
}

/// A map of 0 and 1 from a drawing, `#` for 1, with the border that `Contours.trace` wants.
func map(_ rows: [String]) -> (map: [UInt8], width: Int, height: Int) {
  let width = rows[0].count
  var map = [UInt8](repeating: 0, count: width + 2)
  for row in rows { map += [0] + row.map { $0 == "#" ? 1 : 0 } + [0] }
  return (map + [UInt8](repeating: 0, count: width + 2), width, rows.count)
}
