import Model
import Testing

@Suite struct PictureRegionTests {
  private func box(_ text: String, _ width: Int, _ height: Int, scale: Double = 1) throws -> [Int]? {
    let region = try #require(PictureRegion(text))
    return region.box(width: width, height: height, scale: scale).map { [$0.x, $0.y, $0.width, $0.height] }
  }

  @Test func pixels() throws {
    #expect(try box("10,20,30,40", 100, 100) == [10, 20, 30, 40])
    #expect(try box("90,90,30,40", 100, 95) == [90, 90, 10, 5], "cut at the edges")
    #expect(try box("100,0,5,5", 100, 100) == nil)
    #expect(try box("0,100,5,5", 100, 100) == nil)
    #expect(try box("10,20,30,40", 50, 50, scale: 0.5) == [5, 10, 15, 20], "of a picture half the size")
    #expect(try box("10,10,1,1", 10, 10, scale: 0.1) == [1, 1, 1, 1], "never nothing")
  }

  @Test func percent() throws {
    #expect(try box("pct:50,0,50,25", 200, 80) == [100, 0, 100, 20])
    #expect(try box("pct:50,0,50,25", 20, 8, scale: 0.1) == [10, 0, 10, 2], "a scale changes nothing")
    #expect(try box("pct:100,0,1,1", 200, 80) == nil)
  }

  @Test(arguments: [
    "", "1,2,3", "1,2,3,4,5", "-1,0,1,1", "0,0,0,1", "0,0,1,-1", "a,b,c,d", "nan,0,1,1", "0,0,inf,1", "pct:",
    "1e99,0,1,1",
  ])
  func noRegion(text: String) { #expect(PictureRegion(text) == nil) }

  @Test func written() throws {
    #expect(try #require(PictureRegion("1, 2, 3, 4")).text == "1,2,3,4")
    #expect(try #require(PictureRegion("pct:1.5,2,3,4")).text == "pct:1.5,2,3,4")
  }
}
