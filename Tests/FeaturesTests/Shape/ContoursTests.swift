import Features
import Imaging
import Testing

@Suite struct ContoursTests {
  private func trace(_ rows: [String], least: Int = 1) -> Contours {
    let (map, width, height) = map(rows)
    var contours = Contours()
    contours.trace(map, width: width, height: height, least: least)
    return contours
  }

  @Test func agreeWithOpenCVPointForPoint() throws {
    for (golden, image) in try ShapeGolden.pictures() {
      let contours = image.contours()
      #expect((0..<contours.count).map { contours[$0].count } == golden.contourLengths)
      #expect(Array(contours.points.prefix(2 * contours.pointCount)) == golden.contourPoints)
    }
  }

  /// By hand: down the left side, and round.
  @Test func aSquareIsFollowedAnticlockwise() {
    let contours = trace(["......", ".###..", ".###..", ".###..", "......"])
    #expect(contours.count == 1)
    #expect(
      contours.list(0) == [
        SIMD2(1, 1), SIMD2(1, 2), SIMD2(1, 3), SIMD2(2, 3), SIMD2(3, 3), SIMD2(3, 2), SIMD2(3, 1),
        SIMD2(2, 1),
      ])
  }

  @Test func aLineIsFollowedThereAndBack() {
    let contours = trace(["......", ".####.", "......"])
    #expect(contours.list(0).map(\.x) == [1, 2, 3, 4, 3, 2])
  }

  @Test func aRingHasAHole() {
    let contours = trace([".......", ".#####.", ".#...#.", ".#...#.", ".#####.", "......."])
    #expect(contours.count == 2)
    #expect((0..<2).map { contours[$0].count } == [14, 10])
  }

  @Test func specksAreLeftOutWhereAsked() {
    let rows = ["#......", ".......", "..####.", "......."]
    #expect(trace(rows).count == 2)
    #expect(trace(rows, least: 2).count == 1)
    #expect(trace(["......", "......"]).count == 0)
  }

  @Test func theLongestComeFirst() {
    let contours = trace(["########", "........", "###.####", "........", "######.#"])
    #expect((0..<contours.count).map { contours[$0].count } == [14, 4, 6, 10, 1])
    #expect(contours.longest(3) == [0, 3, 2])
    #expect(contours.longest(9) == [0, 3, 2, 1, 4])
  }

  /// A full map has one border, a checkerboard's squares touch at their corners.
  @Test func extremeMaps() {
    let full = trace([String](repeating: "########", count: 8))
    #expect(full.count == 1 && full[0].count == 28)
    let board = trace((0..<8).map { $0 % 2 == 0 ? "#.#.#.#." : ".#.#.#.#" })
    #expect(board.count > 1 && board.pointCount > 28)
  }
}
