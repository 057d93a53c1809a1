import Features
import Foundation
import Model
import TestSupport
import Testing

@Suite struct PaletteBlockTests {
  private static let block = PaletteBlock()

  private static func palette(_ swatches: [(Float, Float, Float, Float)]) -> Palette {
    Palette(swatches: swatches.map { Palette.Swatch(l: $0.0, a: $0.1, b: $0.2, share: $0.3) })
  }

  private static func cosine(_ a: Palette, _ b: Palette) throws -> Double {
    let (x, y) = (try #require(block.vector(of: a)), try #require(block.vector(of: b)))
    return zip(x, y).reduce(0) { $0 + Double($1.0 * $1.1) }
  }

  /// The signature quadratic form by its definition.
  private static func likeness(_ a: Palette, _ b: Palette) -> Double {
    func form(_ p: Palette, _ q: Palette) -> Double {
      p.swatches.reduce(0) { sum, s in
        sum
          + q.swatches.reduce(0) { sum, t in
            let d = [s.l - t.l, s.a - t.a, s.b - t.b].reduce(0) { $0 + Double($1 * $1) }
            return sum + Double(s.share * t.share) * exp(-d / (2 * 25 * 25))
          }
      }
    }
    return form(a, b) / (form(a, a) * form(b, b)).squareRoot()
  }

  @Test func agreesWithTheDefinition() throws {
    var numbers = SeededGenerator(seed: 11)
    // Within sRGB: the landmarks cover nothing else.
    func random() -> Palette {
      let count = Int.random(in: 1...8, using: &numbers)
      return Self.palette(
        (0..<count).map { _ in
          (
            .random(in: 25...80, using: &numbers), .random(in: -25...30, using: &numbers),
            .random(in: -25...30, using: &numbers), .random(in: 0.1...1, using: &numbers)
          )
        })
    }
    let palettes = (0..<40).map { _ in random() }
    var errors: [Double] = []
    for (i, a) in palettes.enumerated() {
      for b in palettes[...i] { errors.append(abs(try Self.cosine(a, b) - Self.likeness(a, b))) }
    }
    #expect(errors.reduce(0, +) / Double(errors.count) < 0.01)
    #expect(errors.max() ?? 1 < 0.06)
  }

  @Test func byHand() throws {
    let (red, blue) = (Self.palette([(53, 80, 67, 1)]), Self.palette([(32, 79, -108, 1)]))
    #expect(abs(try Self.cosine(red, red) - 1) < 1e-5)
    #expect(try Self.cosine(red, blue) < 0.02)
    let both = Self.palette([(53, 80, 67, 0.8), (32, 79, -108, 0.2)])
    #expect(try Self.cosine(both, red) > 0.9 && Self.cosine(both, blue) > 0.15)
    #expect(try Self.cosine(both, red) > Self.cosine(both, blue))
  }

  @Test func sharesAreProportions() throws {
    let once = Self.palette([(50, 10, 10, 0.25), (80, 0, 0, 0.75)])
    let tripled = Self.palette([(50, 10, 10, 0.75), (80, 0, 0, 2.25)])
    #expect(abs(try Self.cosine(once, tripled) - 1) < 1e-5)
  }

  @Test func nothingHasNoVector() {
    #expect(Self.block.vector(of: Palette(swatches: [])) == nil)
    #expect(Self.block.vector(of: Self.palette([(50, 0, 0, 0)])) == nil)
  }
}
