import Features
import Imaging
import Testing

@Suite struct ColourTraitsTests {
  private func traits(_ image: WorkingImage) -> ColourTraits {
    var extractor = RawColourExtractor()
    return extractor.extract(image.analysed).traits
  }

  @Test func oneGreyHasNoContrastAndOneHue() {
    let grey = traits(uniform(width: 32, height: 32, [119, 119, 119]))
    #expect(abs(grey.lightness - 50) < 0.1)
    #expect(grey.lightDarkContrast < 1e-3 && grey.chroma < 0.1 && grey.hueVariety < 1.2)
    #expect(grey.flatness == 1 && grey.lightAbove == 0 && grey.lightWithin == 0)
  }

  /// Halves of L* 0 and 100: mean and deviation are 50; the lighter half is above.
  @Test func whiteOverBlack() {
    let image = traits(picture(width: 32, height: 32) { _, y, _ in y < 16 ? 255 : 0 })
    #expect(abs(image.lightness - 50) < 0.1 && abs(image.lightDarkContrast - 50) < 0.1)
    #expect(abs(image.lightAbove - 100) < 0.1 && abs(image.lightWithin) < 0.1)
  }

  @Test func aLightMiddle() {
    let image = traits(
      picture(width: 32, height: 32) { x, y, _ in (8..<24).contains(x) && (8..<24).contains(y) ? 255 : 0 })
    #expect(abs(image.lightWithin - 100) < 0.1)
  }

  @Test func orangeIsWarmAndBlueIsCold() {
    #expect(traits(uniform(width: 20, height: 20, [230, 120, 30])).warmth > 40)
    #expect(traits(uniform(width: 20, height: 20, [40, 70, 200])).warmth < -20)
  }

  /// Red against its opposite in the a*b* plane is a complementary contrast, red against violet is none.
  @Test func oppositeHuesContrast() {
    func halves(_ a: [Int], _ b: [Int]) -> ColourTraits {
      traits(picture(width: 32, height: 32) { x, _, c in x < 16 ? a[c] : b[c] })
    }
    let opposite = halves([200, 60, 60], [0, 150, 160])
    let near = halves([200, 60, 60], [190, 60, 110])
    #expect(opposite.complementaryContrast > 0.4 && near.complementaryContrast < 0.1)
    #expect(opposite.hueVariety > near.hueVariety)
    #expect(opposite.hueVariety < 4.5 && near.hueVariety >= 1)
  }
}
