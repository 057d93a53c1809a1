import Features
import Testing

@Suite struct TamuraTextureTests {
  private func measure(_ plane: TexturePlane, step: Int = 2) -> TamuraTexture {
    var extractor = TamuraExtractor()
    let (dx, dy) = plane.gradient
    return extractor.measure(plane, dx: dx.span, dy: dy.span, step: step)
  }

  @Test func agreesWithThePaper() throws {
    let golden = try TextureGolden.load()
    let tamura = measure(try golden.picture())
    #expect(abs(tamura.coarseness - golden.tamura.coarseness) < 1e-4)
    #expect(largestDifference(tamura.scaleShares, golden.tamura.scaleShares) < 1e-5)
    #expect(abs(tamura.contrast - golden.tamura.contrast) < 1e-4)
    #expect(abs(tamura.edgeShare - golden.tamura.edgeShare) < 1e-6)
    // Gradients on the edge of two bins may fall on either side by their last bit.
    #expect(abs(tamura.directionality - golden.tamura.directionality) < 0.01)
    #expect(tamura.values.count == TamuraTexture.count)
  }

  /// Means of windows of n pixels beside each other differ by sin² u / u with u = πn / wavelength: most at n = 0.37
  /// wavelengths.
  @Test func longerWavesAreCoarser() {
    let sides = [5.5, 11, 22].map { wavelength in
      measure(grating(width: 128, height: 128, wavelength: wavelength, degrees: 0)).coarseness
    }
    #expect(abs(sides[0] - 2) < 0.5 && abs(sides[1] - 4) < 0.5 && abs(sides[2] - 8) < 1)
  }

  @Test func halfBlackAndHalfWhiteHaveTheFullContrast() {
    let halves = measure(greyPlane(width: 64, height: 64) { x, _ in x < 32 ? 0 : 255 })
    #expect(abs(halves.contrast - 127.5) < 1e-3)
    #expect(abs(halves.directionality - 1) < 1e-5)
    // Two columns of 64 have the edge in their 3 × 3 pixels.
    #expect(abs(halves.edgeShare - 2 / 64) < 1e-6)
  }

  @Test func ringsHaveNoDirection() {
    let rings = greyPlane(width: 128, height: 128) { x, y in
      let (dx, dy) = (Double(x) - 63.5, Double(y) - 63.5)
      return Int((dx * dx + dy * dy).squareRoot() * 8) % 256 / 2
    }
    let stripes = greyPlane(width: 128, height: 128) { x, y in (x + y) * 8 % 256 / 2 }
    #expect(abs(measure(rings).directionality) < 0.2)
    #expect(measure(stripes).directionality > 0.9)
  }

  @Test func brightnessChangesNothing() {
    let plane = weave(width: 100, height: 70)
    #expect(measure(plane) == measure(plane.mapped { $0 + 20 }))
  }

  @Test func flatAndSmallPictures() {
    let flat = measure(greyPlane(width: 16, height: 16) { _, _ in 9 })
    #expect(flat.coarseness == 2 && flat.contrast == 0 && flat.directionality == 0 && flat.edgeShare == 0)
    for (width, height) in [(16, 16), (16, 256), (256, 16)] {
      let tamura = measure(weave(width: width, height: height))
      #expect(tamura.values.allSatisfy(\.isFinite) && tamura.coarseness >= 2)
      #expect(abs(tamura.scaleShares.reduce(0, +) - 1) < 1e-5 && tamura.scaleShares.count == 5)
    }
  }
}
