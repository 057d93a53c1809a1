package import Model

/// A colour that two palettes have in common.
package struct SharedColour: Sendable, Equatable {
  /// The swatches of both works.
  package let swatches: [Palette.Swatch]

  /// Swatches closer than this in CIELAB (CIE76 ΔE) are one colour to a person who sees the two works apart.
  package static let tolerance: Float = 15

  /// The shared colours, most present (in the work that has less of it) first; each swatch is used once.
  static func common(to a: Palette, and b: Palette) -> [SharedColour] {
    var pairs: [(distance: Float, i: Int, j: Int)] = []
    for (i, p) in a.swatches.enumerated() {
      for (j, q) in b.swatches.enumerated() {
        let distance = p.distance(to: q)
        if distance < tolerance { pairs.append((distance, i, j)) }
      }
    }
    pairs.sort { ($0.distance, $0.i, $0.j) < ($1.distance, $1.i, $1.j) }
    var (usedA, usedB) = (Set<Int>(), Set<Int>())
    var shared: [SharedColour] = []
    for pair in pairs where !usedA.contains(pair.i) && !usedB.contains(pair.j) {
      usedA.insert(pair.i)
      usedB.insert(pair.j)
      shared.append(SharedColour(swatches: [a.swatches[pair.i], b.swatches[pair.j]]))
    }
    return shared.sorted { $0.leastShare > $1.leastShare }
  }

  private var leastShare: Float { swatches.map(\.share).min() ?? 0 }
}

extension Palette.Swatch {
  /// CIE76 ΔE.
  package func distance(to other: Palette.Swatch) -> Float {
    let (l, a, b) = (l - other.l, a - other.a, b - other.b)
    return (l * l + a * a + b * b).squareRoot()
  }
}
