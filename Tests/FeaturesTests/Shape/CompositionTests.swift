import Features
import Imaging
import Testing

@Suite struct CompositionTests {
  private func measure(_ image: WorkingImage) -> Composition {
    var grid = CompositionGrid()
    return grid.measure(image.analysed, image.edges(CannyEdges.standard))
  }

  /// Energies by cell (row, column), tones all the same.
  private func energies(_ value: (Int, Int) -> Float) -> Composition {
    Composition(
      tones: [Float](repeating: 90, count: 144), energies: (0..<144).map { value($0 / 12, $0 % 12) })
  }

  private func tones(_ value: (Int, Int) -> Float) -> Composition {
    Composition(
      tones: (0..<144).map { value($0 / 12, $0 % 12) }, energies: [Float](repeating: 0, count: 144))
  }

  @Test func agreesWithNumPy() throws {
    for (golden, image) in try ShapeGolden.pictures() {
      #expect(largestDifference(measure(image).named.map(\.value), golden.composition) < 1e-4)
    }
  }

  @Test func evenEnergyIsSpreadAsTheDocumentationSays() {
    let even = energies { _, _ in 50 }
    #expect(largestDifference([even.thirdsLines, even.thirdsPoints], [5.0 / 9, 1.0 / 9]) < 1e-5)
    #expect(largestDifference([even.figureEnergy, even.massX, even.massY], [0.25, 0.5, 0.5]) < 1e-5)
    #expect(largestDifference([even.fallingDiagonal, even.risingDiagonal], [34.0 / 144, 34.0 / 144]) < 1e-5)
    #expect(even.emptiness == 0 && even.unevenness < 1e-4 && even.leftRightBalance == 1)
    let none = energies { _, _ in 0 }
    #expect(none.thirdsLines == 5.0 / 9 && none.figureEnergy == 0.25 && none.massX == 0.5)
    #expect(none.emptiness == 1 && none.unevenness == 0)
  }

  @Test func oneCellOfEnergy() {
    let point = energies { $0 == 3 && $1 == 8 ? 7 : 0 }
    #expect(point.thirdsLines == 1 && point.thirdsPoints == 1 && point.figureEnergy == 1)
    #expect(point.risingDiagonal == 1 && point.fallingDiagonal == 0)
    #expect(largestDifference([point.massX, point.massY], [8.5 / 12, 3.5 / 12]) < 1e-5)
    #expect(point.massSpread < 1e-3 && abs(point.unevenness - 143.0 / 144) < 1e-4)
  }

  @Test func theHorizonLiesWhereTheTonesPart() {
    let sea = tones { row, _ in row < 5 ? 200 : 60 }
    #expect(abs(sea.horizon - 5.0 / 12) < 1e-6 && abs(sea.horizonStrength - 1) < 1e-4)
    #expect(sea.divisionStrength < 1e-6 && sea.leftRightSymmetry == 1)
    let tower = tones { _, column in column < 9 ? 200 : 60 }
    #expect(abs(tower.division - 9.0 / 12) < 1e-6 && tower.horizonStrength < 1e-6)
    #expect(tower.topBottomSymmetry == 1 && tower.leftRightSymmetry < 0.5)
  }

  @Test func symmetryAndFigure() {
    let opposite = tones { _, column in column < 6 ? 0 : 255 }
    #expect(opposite.leftRightSymmetry == 0 && opposite.topBottomSymmetry == 1)
    let figure = tones { (3..<9).contains($0) && (3..<9).contains($1) ? 255 : 0 }
    #expect(abs(figure.figureTone - 1) < 1e-5)
    #expect(figure.leftRightSymmetry == 1 && figure.topBottomSymmetry == 1)
  }

  @Test func aMirrorExchangesSidesOnly() {
    // Twelve cells of whole pixels.
    let image = patches(width: 96, height: 72)
    let (original, mirrored) = (measure(image), measure(image.mirrored))
    #expect(abs(original.massX + mirrored.massX - 1) < 1e-4)
    #expect(abs(original.massX - 0.5) > 0.01)
    #expect(abs(original.massY - mirrored.massY) < 1e-4)
    #expect(abs(original.fallingDiagonal - mirrored.risingDiagonal) < 1e-4)
    #expect(abs(original.leftRightSymmetry - mirrored.leftRightSymmetry) < 1e-4)
    #expect(abs(original.horizonStrength - mirrored.horizonStrength) < 1e-4)
  }

  @Test func rangesHoldForAnyPicture() {
    for image in [
      pattern(width: 50, height: 90), figures(), uniform(width: 16, height: 16, [0, 0, 0]),
      picture(width: 64, height: 64) { x, y, _ in (x + y) % 2 * 255 },
    ] {
      for (name, value) in measure(image).named {
        #expect((name == "figureTone" ? -1...1 : 0...1).contains(value), "\(name) \(value)")
      }
    }
  }
}
