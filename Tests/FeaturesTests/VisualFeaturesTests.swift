import Features
import Imaging
import Model
import Testing

@Suite struct VisualFeaturesTests {
  private func measure(_ image: WorkingImage) throws -> VisualSignature {
    var features = try VisualFeatures()
    return features.measure(image)
  }

  private func cosine(_ a: WorkingImage, _ b: WorkingImage) throws -> Float {
    let count = VisualSchema.standard.descriptors.count
    let (a, b) = (try measure(a).blocks.prefix(count), try measure(b).blocks.prefix(count))
    return zip(a.flatMap(\.vector), b.flatMap(\.vector)).reduce(0) { $0 + $1.0 * $1.1 } / Float(a.count)
  }

  private func raw(_ image: WorkingImage) -> RawColour {
    var extractor = RawColourExtractor()
    return extractor.extract(image.analysed)
  }

  private func part(_ name: String, of image: WorkingImage) throws -> [Float] {
    let part = try #require(VisualBlock.colour.parts.first { $0.name == name })
    return Array(raw(image).vector[part.offset..<part.offset + part.count])
  }

  private func expectSound(_ signature: VisualSignature) {
    #expect(signature.blocks.map(\.name) == VisualSchema.standard.measured.map(\.name))
    for (block, descriptor) in zip(signature.blocks, VisualSchema.standard.measured) {
      #expect(block.vector.count == descriptor.dimension && block.vector.allSatisfy { $0.isFinite })
      guard descriptor.isUnit else { continue }
      let norm = block.vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(norm - 1) < 1e-5, "\(block.name)")
    }
    #expect(abs(signature.palette.swatches.reduce(0) { $0 + $1.share } - 1) < 1e-5)
  }

  @Test(arguments: [(1, 1), (1, 512), (512, 1), (3, 5), (16, 16), (257, 100), (511, 512)])
  func anyGeometryGivesAFiniteUnitBlock(width: Int, height: Int) throws {
    expectSound(try measure(pattern(width: width, height: height)))
  }

  @Test(arguments: [[0, 0, 0], [255, 255, 255], [128, 128, 128], [255, 0, 0], [0, 0, 255], [0, 255, 0]])
  func oneColourGivesAFiniteUnitBlock(colour: [Int]) throws {
    for (width, height) in [(1, 1), (7, 300), (64, 64)] {
      expectSound(try measure(uniform(width: width, height: height, colour)))
    }
  }

  @Test(arguments: VisualBlock.classic.indices)
  func partsFillTheRawVectorInOrder(index: Int) throws {
    let block = VisualBlock.classic[index]
    var next = 0
    for part in block.parts {
      #expect(part.offset == next && part.count > 0)
      next += part.count
    }
    #expect(next == block.rawDimension)
    var features = RawFeatures()
    let raw = features.measure(pattern(width: 90, height: 70)).vectors[index]
    #expect(raw.count == block.rawDimension)
    #expect(raw.allSatisfy { $0.isFinite })
  }

  @Test func theRootedHistogramHasUnitNorm() throws {
    let image = pattern(width: 120, height: 80)
    #expect(abs(try part("labHistogram", of: image).reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
  }

  /// The raw vector's moments and layout parts are the layout's own, in the order that the table promises.
  @Test func partsHoldWhatTheyPromise() throws {
    let image = pattern(width: 96, height: 64)
    let layout = image.layout
    #expect(try part("moments", of: image) == ColourStatistics(layout.whole).values)
    let cells = try part("layout", of: image)
    #expect(Array(cells[9 * 7..<9 * 8]) == Array(layout.statistics(side: 4)[7].values.prefix(9)))
    let contrast = try part("contrastLayout", of: image)
    #expect(Array(contrast[3 * 20..<3 * 21]) == Array(layout.statistics(side: 8)[20].values[3..<6]))
    let local = try part("localStatistics", of: image)
    let lightness = layout.statistics(side: 8).map { $0.values[0] }
    let mean = lightness.reduce(0, +) / 64
    let variance = lightness.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 64
    #expect(abs(local[0] - mean) < 1e-3 && abs(local[12] - variance.squareRoot()) < 1e-3)
    let fine = layout.statistics(side: 16).map { $0.values[4] }
    #expect(abs(local[24 + 4] - fine.reduce(0, +) / 256) < 1e-4)
  }

  @Test func aReusedExtractorAnswersAsAFreshOne() throws {
    var reused = try VisualFeatures()
    let images = [
      pattern(width: 300, height: 200), uniform(width: 5, height: 1, [9, 99, 199]),
      pattern(width: 64, height: 256, seed: 4),
      patches(width: 60, height: 40), pattern(width: 300, height: 200),
    ]
    for image in images {
      let (fresh, again) = (try measure(image), reused.measure(image))
      #expect(again.blocks == fresh.blocks && again.palette == fresh.palette)
    }
  }

  @Test func aMirrorLeavesHistogramsMomentsAndPalette() throws {
    let image = pattern(width: 64, height: 48)
    #expect(try part("labHistogram", of: image) == part("labHistogram", of: image.mirrored))
    #expect(try measure(image).palette == measure(image.mirrored).palette)
    #expect(
      largestDifference(
        [raw(image).traits.hueVariety, raw(image).traits.chroma],
        [raw(image.mirrored).traits.hueVariety, raw(image.mirrored).traits.chroma]) < 1e-4)
    for name in ["moments", "localStatistics", "neighbourContrast", "autocorrelation"] {
      #expect(try largestDifference(part(name, of: image), part(name, of: image.mirrored)) < 1e-4)
    }
    #expect(try part("layout", of: image) != part("layout", of: image.mirrored))
  }

  /// 2 × 2 means of doubled pixels are the pixels.
  @Test func thePictureAtTwiceTheSizeMeasuresTheSame() throws {
    let image = pattern(width: 180, height: 140)
    let (once, twice) = (try measure(image).blocks, try measure(image.doubled).blocks)
    for (a, b) in zip(once, twice) {
      if a.name == .embedding {
        // One is enlarged to the network's square, the other shrunk.
        let cosine = zip(a.vector, b.vector).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        #expect(cosine > 0.9)
      } else {
        #expect(a == b, "\(a.name)")
      }
    }
  }

  @Test func otherColoursAreFartherThanAnotherCopy() throws {
    let image = patches(width: 120, height: 90)
    let lighter = picture(width: 120, height: 90) { x, y, c in
      min(Int(image.pixels[3 * (y * 120 + x) + c]) + 3, 255)
    }
    let near = try cosine(image, lighter)
    #expect(near > 0.9)
    #expect(try cosine(image, pattern(width: 120, height: 90)) < near - 0.3)
  }
}
