import Features
import Imaging
import Model
import Testing

@Suite struct ColourExtractorTests {
  @Test(arguments: [(1, 1), (1, 512), (512, 1), (3, 5), (16, 16), (257, 100), (512, 512)])
  func anyGeometryGivesAFiniteUnitBlock(width: Int, height: Int) throws {
    var extractor = try ColourExtractor()
    let measurement = extractor.extract(pattern(width: width, height: height))
    #expect(measurement.block.count == ColourBlock.descriptor.dimension)
    let norm = measurement.block.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(abs(norm - 1) < 1e-5)
    let shares = measurement.palette.swatches.map(\.share)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
    #expect(shares == shares.sorted(by: >))
  }
}
