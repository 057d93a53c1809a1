import Features
import Imaging
import Testing

@Suite struct AnalysisImageTests {
  @Test(arguments: [
    (1, 1, 16, 16), (1, 512, 16, 256), (512, 1, 256, 16), (256, 100, 256, 100), (257, 3, 129, 16),
  ])
  func sizesAreBounded(width: Int, height: Int, expectedWidth: Int, expectedHeight: Int) {
    let image = pattern(width: width, height: height).analysed
    #expect((image.width, image.height) == (expectedWidth, expectedHeight))
    #expect(image.rgb.count >= 3 * image.count && image.grey.count >= image.count)
  }

  @Test func smallPicturesAreKept() {
    let image = pattern(width: 90, height: 70)
    #expect(Array(image.analysed.rgb.prefix(3 * 90 * 70)) == image.pixels)
  }

  @Test func largePicturesAreHalved() {
    let image = pattern(width: 140, height: 130)
    #expect(Array(image.doubled.analysed.rgb.prefix(3 * 140 * 130)) == image.pixels)
    let odd = picture(width: 257, height: 1) { x, _, _ in x == 256 ? 200 : x % 2 * 10 }.analysed
    // The last column is averaged with itself.
    #expect(odd.rgb[0] == 5 && odd.rgb[3 * 128] == 200)
  }

  /// OpenCV's cvtColor: red 76, green 150, blue 29, and greys are themselves.
  @Test func luma() {
    let primaries = picture(width: 16, height: 16) { x, _, c in x < 3 ? (x == c ? 255 : 0) : 16 * x }.analysed
    #expect(Array(primaries.grey.prefix(6)) == [76, 150, 29, 48, 64, 80])
  }

  /// A ramp of 2 to the right and 3 downwards has the gradient (16, 24) inside, and none across the mirrored border.
  @Test func gradientOfARamp() {
    let image = picture(width: 20, height: 18) { x, y, _ in 2 * x + 3 * y }.analysed
    var field = GradientField()
    field.load(image)
    for y in 0..<18 {
      for x in 0..<20 {
        #expect(field.dx[20 * y + x] == (x == 0 || x == 19 ? 0 : 16))
        #expect(field.dy[20 * y + x] == (y == 0 || y == 17 ? 0 : 24))
      }
    }
  }

  /// Against Sobel's sum written out.
  @Test func gradientOfAPattern() {
    let image = pattern(width: 53, height: 37).analysed
    var field = GradientField()
    field.load(image)
    func at(_ x: Int, _ y: Int) -> Int {
      let column = x < 0 ? -x : x > 52 ? 104 - x : x
      let row = y < 0 ? -y : y > 36 ? 72 - y : y
      return Int(image.grey[53 * row + column])
    }
    for y in 0..<37 {
      for x in 0..<53 {
        let right = at(x + 1, y - 1) + 2 * at(x + 1, y) + at(x + 1, y + 1)
        let left = at(x - 1, y - 1) + 2 * at(x - 1, y) + at(x - 1, y + 1)
        let below = at(x - 1, y + 1) + 2 * at(x, y + 1) + at(x + 1, y + 1)
        let above = at(x - 1, y - 1) + 2 * at(x, y - 1) + at(x + 1, y - 1)
        #expect(Int(field.dx[53 * y + x]) == right - left && Int(field.dy[53 * y + x]) == below - above)
      }
    }
  }
}
