import Features
import Imaging
import Model
import Testing

@Suite struct DominantPaletteTests {
  private func palette(_ image: WorkingImage) -> Palette {
    var palette = DominantPalette()
    return palette.palette(of: image.points)
  }

  private func distance(_ swatch: Palette.Swatch, _ colour: [Float]) -> Float {
    let (l, a, b) = (swatch.l - colour[0], swatch.a - colour[1], swatch.b - colour[2])
    return (l * l + a * a + b * b).squareRoot()
  }

  @Test func oneColourIsOneSwatch() throws {
    let image = uniform(width: 9, height: 7, [200, 120, 40])
    let swatches = palette(image).swatches
    #expect(swatches.count == 1)
    let swatch = try #require(swatches.first)
    #expect(swatch.share == 1)
    #expect(distance(swatch, [image.lab[0], image.lab[63], image.lab[126]]) < 0.01)
  }

  @Test func twoColoursByTheirShares() throws {
    let swatches = palette(picture(width: 10, height: 10) { x, _, _ in x < 3 ? 250 : 10 }).swatches
    #expect(swatches.count == 2)
    #expect(largestDifference(swatches.map(\.share), [0.7, 0.3]) < 1e-6)
    #expect(try #require(swatches.first).l < 10)
  }

  /// 51 and 52 differ by far less than a swatch should; 4 red pixels of 1000 are a speck.
  @Test func whatCannotBeToldApartIsOneAndSpecksAreJoined() {
    let image = picture(width: 40, height: 25) { x, y, channel in
      if y == 0 && x < 4 { return channel == 0 ? 255 : 0 }
      return 51 + (x + y) % 2
    }
    #expect(palette(image).swatches.count == 1)
  }

  @Test func findsTheClustersThatScikitLearnFinds() throws {
    let golden = try ColourGolden.load().patches
    let image = patches(width: golden.width, height: golden.height)
    #expect(image.checksum == golden.checksum)
    let swatches = palette(image).swatches
    #expect(swatches.count == 5)
    #expect(largestDifference(swatches.map(\.share), golden.shares) < 1e-3)
    for (i, swatch) in swatches.enumerated() {
      #expect(distance(swatch, Array(golden.centres[3 * i..<3 * i + 3])) < 0.05)
    }
  }

  /// On a picture without clear clusters: the mean squared distance to the nearest swatch, against the best of ten
  /// runs of scikit-learn's k-means with as many clusters. Merging may cost a little.
  @Test func clustersAreAboutAsTightAsScikitLearns() throws {
    let golden = try ColourGolden.load().pattern
    let image = pattern(width: golden.width, height: golden.height)
    let count = image.width * image.height
    let lab = image.lab
    let swatches = palette(image).swatches
    let best = try #require(golden.kmeansInertia["\(swatches.count)"])
    let total = (0..<count).reduce(Float(0)) { sum, i in
      let colour = [lab[i], lab[i + count], lab[i + 2 * count]]
      let nearest = swatches.map { distance($0, colour) }.min() ?? .infinity
      return sum + nearest * nearest
    }
    #expect(total / Float(count) < 1.1 * best)
  }

  @Test func sharesSumToOneMostPresentFirst() {
    let swatches = palette(pattern(width: 60, height: 50)).swatches
    #expect((2...DominantPalette.maximumSwatches).contains(swatches.count))
    #expect(abs(swatches.reduce(0) { $0 + $1.share } - 1) < 1e-5)
    #expect(swatches.map(\.share) == swatches.map(\.share).sorted(by: >))
    for (i, a) in swatches.enumerated() {
      for b in swatches.dropFirst(i + 1) {
        #expect(distance(a, [b.l, b.a, b.b]) >= DominantPalette.mergeDistance)
      }
    }
  }

  @Test func theOrderOfThePixelsDoesNotMatter() {
    let image = pattern(width: 50, height: 37)
    #expect(palette(image) == palette(image.permuted(factor: 7)))
    #expect(palette(image) == palette(image.mirrored))
  }

  @Test func nothingCountedIsAnEmptyPalette() {
    var empty = DominantPalette()
    #expect(empty.palette(of: []).swatches.isEmpty)
  }
}
