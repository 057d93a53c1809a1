import Features
import Imaging
import Testing

@Suite struct RawTextureExtractorTests {
  private func measure(_ picture: WorkingImage) -> RawTexture {
    var extractor = RawTextureExtractor()
    return extractor.extract(picture.analysed, picture.gradient)
  }

  private func raw(_ picture: WorkingImage) -> [Float] { measure(picture).vector }

  private func raw(_ picture: WorkingImage, _ extractor: inout RawTextureExtractor) -> [Float] {
    extractor.extract(picture.analysed, picture.gradient).vector
  }

  private func part(_ name: String, _ raw: [Float]) throws -> [Float] {
    let part = try #require(VisualBlock.texture.parts.first { $0.name == name })
    return Array(raw[part.offset..<part.offset + part.count])
  }

  @Test func partsFollowEachOther() throws {
    var offset = 0
    for part in VisualBlock.texture.parts {
      #expect(part.offset == offset && part.count > 0)
      offset += part.count
    }
    #expect(offset == VisualBlock.texture.rawDimension && offset <= 1000)
    #expect(Set(VisualBlock.texture.parts.map(\.name)).count == VisualBlock.texture.parts.count)
    #expect(raw(pattern(width: 120, height: 90)).count == offset)
  }

  @Test func partsHoldWhatTheyPromise() throws {
    let picture = pattern(width: 120, height: 90)
    let vector = raw(picture)
    let image = picture.analysed
    let plane = TexturePlane(width: 120, height: 90, values: image.grey)
    var fine = LocalBinaryPattern(points: 8, radius: 1)
    #expect(try part("patternsFine", vector) == fine.uniformShares(plane).map { $0.squareRoot() })
    var cooccurrence = GreyCooccurrence(step: 2)
    let summary = GreyCooccurrence.meanAndRange(cooccurrence.properties(plane, distance: 1))
    let nearest = try part("cooccurrence", vector).prefix(12)
    #expect(Array(nearest) == summary)
    var field = MarkovField(step: 2)
    let coefficients = try part("markov", vector).prefix(10)
    #expect(Array(coefficients) == field.fit(plane).coefficients)
    let measured = measure(picture)
    #expect(try part("tamura", vector) == measured.tamura.values)
    // Of windows of 8 pixels, after 8 orientations.
    let coherence = try part("strokes", vector)[22 + 8]
    #expect(measured.strokes.coherence == coherence)
  }

  @Test func patternsHaveUnitNorm() throws {
    let vector = raw(pattern(width: 120, height: 90))
    for name in ["patternsFine", "patternsMiddle", "patternsWide", "patternsHalf"] {
      let squares = try part(name, vector).reduce(0) { $0 + $1 * $1 }
      #expect(abs(squares - 1) < 1e-4)
    }
    let colours = try part("patternsColour", vector).reduce(0) { $0 + $1 * $1 }
    #expect(abs(colours - 2) < 1e-4)
  }

  @Test(arguments: [
    (1, 1), (1, 512), (512, 1), (3, 4), (16, 16), (17, 31), (16, 256), (256, 17), (301, 200), (512, 512),
  ])
  func anyGeometryIsFinite(width: Int, height: Int) {
    let vector = raw(pattern(width: width, height: height))
    #expect(vector.count == VisualBlock.texture.rawDimension && vector.allSatisfy { $0.isFinite })
    #expect(vector.contains { $0 != 0 })
  }

  @Test(arguments: [[0, 0, 0], [255, 255, 255], [200, 10, 30]])
  func oneColourIsFinite(colour: [Int]) {
    for (width, height) in [(1, 1), (16, 256), (224, 224)] {
      let vector = raw(uniform(width: width, height: height, colour))
      #expect(vector.allSatisfy { $0.isFinite })
    }
  }

  @Test func checkersAndStripesAreFinite() {
    for (x, y) in [(1, 1), (1, 0), (0, 1)] {
      let picture = picture(width: 224, height: 224) { column, row, _ in (column * x + row * y) % 2 * 255 }
      let vector = raw(picture)
      #expect(vector.allSatisfy { $0.isFinite && abs($0) < 1000 })
    }
  }

  @Test func aReusedExtractorAnswersAsAFreshOne() {
    var extractor = RawTextureExtractor()
    let picture = pattern(width: 70, height: 50)
    let fresh = raw(picture)
    _ = raw(pattern(width: 256, height: 256, seed: 5), &extractor)
    _ = raw(uniform(width: 1, height: 512, [9, 200, 7]), &extractor)
    let again = raw(picture, &extractor)
    #expect(again == fresh)
  }

  @Test func brightnessHardlyMatters() throws {
    let dark = picture(width: 120, height: 90) { x, y, _ in (x * 31 + y * 17) * 7919 % 65_536 % 180 }
    let bright = picture(width: 120, height: 90) { x, y, _ in (x * 31 + y * 17) * 7919 % 65_536 % 180 + 64 }
    // Levels of co-occurrence move by whole levels too.
    #expect(largestDifference(raw(dark), raw(bright)) < 2e-3)
  }

  @Test func aMirrorImageKeepsWhatHasNoSides() throws {
    let picture = pattern(width: 128, height: 96)
    let (a, b) = (raw(picture), raw(picture.mirrored))
    for (name, tolerance) in [("cooccurrence", Float(1e-4)), ("patternsWide", 0.02)] {
      let (before, after) = (try part(name, a), try part(name, b))
      #expect(largestDifference(before, after) < tolerance)
    }
    #expect(a != b)
  }
}
