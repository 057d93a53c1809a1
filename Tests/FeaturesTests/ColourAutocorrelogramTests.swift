import Features
import Imaging
import Testing

@Suite struct ColourAutocorrelogramTests {
  private func autocorrelogram(_ image: WorkingImage) -> ColourAutocorrelogram {
    var result = ColourAutocorrelogram()
    let planes = image.lab
    let count = image.width * image.height
    for y in 0..<image.height {
      var row: [Float] = []
      for c in 0..<3 {
        let start = c * count + y * image.width
        row += planes[start..<start + image.width]
      }
      result.add(row.span, width: image.width)
    }
    return result
  }

  @Test func oneColourIsAllEqual() {
    let image = uniform(width: 12, height: 10, [10, 200, 30])
    #expect(autocorrelogram(image).shares(width: 12, height: 10) == [1, 1, 1, 1])
  }

  /// Columns black and white in turn: sideways every odd distance differs, downwards all is equal.
  @Test func columnsInTurn() {
    let image = picture(width: 20, height: 20) { x, _, _ in x % 2 * 255 }
    let shares = autocorrelogram(image).shares(width: 20, height: 20)
    #expect(largestDifference(shares, [0.5, 0.5, 0.5, 0.5]) < 1e-6)
  }

  @Test func agreesWithNumPy() throws {
    let golden = try ColourGolden.load().pattern
    let image = pattern(width: golden.width, height: golden.height)
    let measured = autocorrelogram(image)
    // A colour on the edge of two cells may fall on either side by its last bit.
    #expect(
      largestDifference(measured.shares(width: image.width, height: image.height), golden.autocorrelation)
        < 2e-3)
    let correlogram = measured.correlogram(width: image.width, height: image.height)
    #expect(largestDifference(correlogram, golden.autocorrelogram) < 2e-2)
  }
}
