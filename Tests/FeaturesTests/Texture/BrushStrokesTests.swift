import Features
import Testing

@Suite struct BrushStrokesTests {
  /// Statistics of windows of 4, 8, 16, … pixels.
  private func statistics(_ plane: TexturePlane) -> [StrokeStatistics] {
    var extractor = BrushStrokeExtractor()
    let (dx, dy) = plane.gradient
    extractor.load(dx: dx.span, dy: dy.span, width: plane.width, height: plane.height)
    var all = [extractor.statistics]
    while all.count < 4, extractor.coarsen() { all.append(extractor.statistics) }
    return all
  }

  private func strokes(_ plane: TexturePlane) -> BrushStrokes {
    let all = statistics(plane)
    return BrushStrokes(eight: all[1], octaves: [all[0].energy])
  }

  @Test func agreesWithScikitImage() throws {
    let golden = try TextureGolden.load()
    let all = statistics(try golden.picture())
    // A side of 60 has one window of 32 pixels, of which the finer ones leave none out.
    #expect(all.count == 4 && golden.tensors.count == 4)
    for (ours, reference) in zip(all, golden.tensors) {
      #expect(largestDifference(ours.orientations, reference.orientations) < 1e-4)
      #expect(largestDifference(ours.values, reference.values) < 1e-4)
    }
  }

  /// Marks run across their gradient: a grating whose waves run to the right is of vertical marks.
  @Test(arguments: [(0.0, Float(90)), (90, 0), (45, 45), (135, 135), (30, 60), (160, 110)])
  func dominantOrientation(waves: Double, marks: Float) {
    let strokes = strokes(grating(width: 96, height: 96, wavelength: 9, degrees: waves))
    let distance = abs(strokes.dominantOrientation - marks)
    #expect(min(distance, 180 - distance) < 2)
    #expect(strokes.dominantOrientation >= 0 && strokes.dominantOrientation < 180)
    #expect(strokes.coherence > 0.9 && strokes.agreement > 0.95)
  }

  @Test func sharesOfDirections() {
    func shares(_ waves: Double) -> [Float] {
      let s = strokes(grating(width: 96, height: 96, wavelength: 9, degrees: waves))
      #expect(abs(s.horizontal + s.vertical + s.diagonal - 1) < 1e-4)
      return [s.vertical, s.rising, s.horizontal, s.falling]
    }
    for (i, waves) in [0.0, 45, 90, 135].enumerated() {
      let shares = shares(waves)
      #expect(shares[i] > 0.95 && shares.indices.allSatisfy { $0 == i || shares[$0] < 0.05 })
    }
  }

  @Test func aMirrorImageAndAQuarterTurn() {
    let plane = weave(width: 64, height: 64)
    let (a, mirrored, turned) = (strokes(plane), strokes(plane.mirrored), strokes(plane.turned))
    #expect(abs(a.rising - mirrored.falling) < 1e-4 && abs(a.horizontal - mirrored.horizontal) < 1e-4)
    #expect(abs(a.horizontal - turned.vertical) < 1e-4 && abs(a.rising - turned.falling) < 1e-4)
    #expect(abs(a.coherence - turned.coherence) < 1e-5 && abs(a.strength - turned.strength) < 1e-4)
    let (before, after) = (statistics(plane)[0], statistics(plane.turned)[0])
    #expect(abs(before.cosine + after.cosine) < 1e-5 && abs(before.sine + after.sine) < 1e-5)
    #expect(abs(before.cosine) > 1e-3)
  }

  @Test func brightnessChangesNothing() {
    let plane = weave(width: 64, height: 64)
    #expect(statistics(plane) == statistics(plane.mapped { $0 + 20 }))
  }

  @Test func aFlatPictureHasNoMarks() {
    let flat = strokes(greyPlane(width: 40, height: 24) { _, _ in 128 })
    #expect(flat.coherence == 0 && flat.agreement == 0 && flat.strength == 0 && flat.scale == 1)
    #expect(flat.horizontal == 0 && flat.vertical == 0 && flat.diagonal == 0)
    #expect(flat.dominantOrientation.isFinite)
  }

  /// A slope of 3 grey levels a pixel everywhere: strength 3, as even as can be.
  @Test func aRampHasItsSlope() {
    let ramp = statistics(greyPlane(width: 80, height: 64) { x, _ in 3 * x })
    // The border's columns have no gradient across; the windows of the middle all have the slope.
    let inner = BrushStrokes(eight: ramp[1], octaves: [ramp[0].energy])
    #expect(abs(inner.strength - 3) < 0.2 && inner.unevenness < 0.1 && inner.vertical > 0.99)
  }

  @Test func coarseGradientsAreACoarseTouch() {
    let even = StrokeStatistics(
      orientations: [Float](repeating: 0.125, count: 8), coherence: 0.2, coherenceDeviation: 0, energy: 1,
      energyDeviation: 0.5, cosine: 0.1, sine: 0, covariance: 0, differences: [Float](repeating: 0, count: 6))
    #expect(BrushStrokes(eight: even, octaves: [1, 0, 0]).scale == 1)
    #expect(abs(BrushStrokes(eight: even, octaves: [0, 0, 1]).scale - 4) < 1e-5)
    #expect(abs(BrushStrokes(eight: even, octaves: [1, 1, 1]).scale - 2) < 1e-5)
    #expect(abs(BrushStrokes(eight: even, octaves: [1]).agreement - 0.5) < 1e-6)
    #expect(abs(BrushStrokes(eight: even, octaves: [1]).dominantOrientation - 90) < 1e-4)
  }
}
