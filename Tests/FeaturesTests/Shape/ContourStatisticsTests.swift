import Features
import Imaging
import Testing

@Suite struct ContourStatisticsTests {
  private func statistics(_ rows: [String]) -> ContourStatistics {
    let (map, width, height) = map(rows)
    var contours = Contours()
    contours.trace(map, width: width, height: height)
    return ContourStatistics(contours)
  }

  /// 40 pixels in a row: 78 points, of which the chords of 2 bend at the 2 ends and 2 × 1 points beside each.
  @Test func aLineBendsAtItsEnds() {
    let empty = String(repeating: ".", count: 50)
    let line = statistics(empty, line: String(repeating: "#", count: 40))
    #expect(line.contours == 1 && line.longest == 78 && line.meanLength == 78)
    #expect(abs(line.bends[0][0] - 76.0 / 78) < 1e-5 && abs(line.bends[0][7] - 2.0 / 78) < 1e-5)
    #expect(line.straightness > 0.8 && line.curviness < 0.4)
    #expect(line.lengths.reduce(0, +) == 1)
  }

  /// A square bends by 90° at four corners, spread over the chord.
  @Test func aSquareHasFourCorners() {
    let square = statistics([String](repeating: String(repeating: "#", count: 20), count: 20))
    #expect(square.longest == 76)
    // 0 … 45 … 90 … 45 … 0 degrees.
    #expect(abs(square.bends[0][4] - 4.0 / 76) < 1e-5)
    #expect(abs(square.bends[0][2] - 8.0 / 76) < 1e-5)
    #expect(abs(square.bends[0][0] - 64.0 / 76) < 1e-5)
  }

  @Test func wavesAreCurvierThanBands() {
    let straight = picture(width: 96, height: 96) { x, _, _ in x / 12 % 2 * 150 }
    let dots = picture(width: 96, height: 96) { x, y, _ in
      let (u, v) = (x % 24 - 12, y % 24 - 12)
      return u * u + v * v < 81 ? 150 : 0
    }
    let (a, b) = (
      ContourStatistics(straight.contours(CannyEdges.standard)),
      ContourStatistics(dots.contours(CannyEdges.standard))
    )
    #expect(a.straightness > b.straightness + 0.3 && b.curviness > a.curviness)
    #expect(a.meanLength > b.meanLength)
    for bends in a.bends + b.bends { #expect(abs(bends.reduce(0, +) - 1) < 1e-4) }
  }

  @Test func aMirrorLeavesThem() {
    let (map, width, height) = map([
      "..........", ".####.....", ".#..######", ".#.......#", ".#########", "..........",
    ])
    var (contours, mirrored) = (Contours(), Contours())
    contours.trace(map, width: width, height: height)
    let flipped = (0..<height + 2).flatMap { y in map[(width + 2) * y..<(width + 2) * (y + 1)].reversed() }
    mirrored.trace(flipped, width: width, height: height)
    let (a, b) = (ContourStatistics(contours), ContourStatistics(mirrored))
    #expect(a.contours == b.contours && a.contours > 0)
    #expect(largestDifference(a.bends[0], b.bends[0]) < 1e-5 && a.longest == b.longest)
  }

  @Test func noContours() {
    let none = statistics([String](repeating: "......", count: 6))
    #expect(none.contours == 0 && none.longest == 0 && none.curviness == 0 && none.straightness == 0)
  }

  private func statistics(_ empty: String, line: String) -> ContourStatistics {
    let padding = String(repeating: ".", count: (empty.count - line.count) / 2)
    return statistics([empty, padding + line + padding, empty])
  }
}
