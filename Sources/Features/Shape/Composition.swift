internal import Foundation
internal import Kernels

/// How a picture is composed: balance, divisions, where the eye is drawn to. Measured on a grid of 12 × 12 cells, of which
/// the mean grey is the tone and the mean gradient the energy.
///
/// The measures follow the aesthetics literature's (Datta et al. 2006, doi:10.1007/11744078_23; Liu et al. 2010, "Optimizing
/// photo composition", doi:10.1111/j.1467-8659.2009.01616.x; Arnheim 1954, "Art and Visual Perception", for visual mass and
/// balance), with energy in the place of saliency. A mirror exchanges left and right and leaves the rest.
package struct Composition: Sendable, Equatable {
  /// Cells in a row and rows of cells: a multiple of 3, for the thirds.
  package static let side = 12

  /// (1 + correlation of the tones with their mirror image) / 2, left and right exchanged; 1 for one tone.
  package let leftRightSymmetry: Float
  /// Likewise with top and bottom exchanged.
  package let topBottomSymmetry: Float
  /// Likewise of the energies.
  package let leftRightBalance, topBottomBalance: Float
  /// The centre of the energy, from the left and from the top, 0…1; 0.5 without energy.
  package let massX, massY: Float
  /// The energy's standard distance from its centre, 0…1, in half diagonals.
  package let massSpread: Float
  /// Where the level line lies that parts the tones best, from the top, 0…1, and the share of their variance that lies
  /// between above and below it, 0…1; 0.5 and 0 for one tone.
  package let horizon, horizonStrength: Float
  /// Likewise the upright line, from the left.
  package let division, divisionStrength: Float
  /// Share of the energy near the lines at the thirds, 0…1; 5/9 where it is spread evenly.
  package let thirdsLines: Float
  /// Share of the energy near the four crossings of these lines, 0…1; 1/9 where it is spread evenly.
  package let thirdsPoints: Float
  /// Share of the energy in the middle quarter of the picture, 0…1; 1/4 where it is spread evenly.
  package let figureEnergy: Float
  /// Mean tone of the middle quarter less that of the border cells, -1…1.
  package let figureTone: Float
  /// Shares of the energy near the diagonals from the top left and from the bottom left, 0…1; 34/144 if spread evenly.
  package let fallingDiagonal, risingDiagonal: Float
  /// Share of the cells that are nearly empty, 0…1: a mean gradient under 4 grey levels.
  package let emptiness: Float
  /// How unevenly the energy is spread: the Gini coefficient of the cells, 0…1.
  package let unevenness: Float

  /// By name, in the order in which the shape block has them.
  package var named: [(name: String, value: Float)] {
    [
      ("leftRightSymmetry", leftRightSymmetry), ("topBottomSymmetry", topBottomSymmetry),
      ("leftRightBalance", leftRightBalance), ("topBottomBalance", topBottomBalance), ("massX", massX),
      ("massY", massY), ("massSpread", massSpread), ("horizon", horizon),
      ("horizonStrength", horizonStrength), ("division", division), ("divisionStrength", divisionStrength),
      ("thirdsLines", thirdsLines), ("thirdsPoints", thirdsPoints), ("figureEnergy", figureEnergy),
      ("figureTone", figureTone), ("fallingDiagonal", fallingDiagonal), ("risingDiagonal", risingDiagonal),
      ("emptiness", emptiness), ("unevenness", unevenness),
    ]
  }

  /// - Parameters:
  ///   - tones: mean grey of 12 × 12 cells in rows, 0…255.
  ///   - energies: their mean gradient, |dx| + |dy| of `GradientField`.
  package init(tones: [Float], energies: [Float]) {
    let side = Self.side
    precondition(tones.count == side * side && energies.count == side * side)
    leftRightSymmetry = Self.symmetry(tones) { $0 / side * side + side - 1 - $0 % side }
    topBottomSymmetry = Self.symmetry(tones) { (side - 1 - $0 / side) * side + $0 % side }
    leftRightBalance = Self.symmetry(energies) { $0 / side * side + side - 1 - $0 % side }
    topBottomBalance = Self.symmetry(energies) { (side - 1 - $0 / side) * side + $0 % side }
    let total = energies.reduce(0, +)
    /// Share of the energy in the cells (row, column) that satisfy a condition; `even` without energy.
    func share(even: Float, _ condition: (Int, Int) -> Bool) -> Float {
      guard total > 0 else { return even }
      var sum: Float = 0
      for cell in energies.indices where condition(cell / side, cell % side) { sum += energies[cell] }
      return min(sum / total, 1)
    }
    let near = [3, 4, 7, 8]
    thirdsLines = share(even: 5 / 9) { near.contains($0) || near.contains($1) }
    thirdsPoints = share(even: 1 / 9) { near.contains($0) && near.contains($1) }
    figureEnergy = share(even: 1 / 4) { (3..<9).contains($0) && (3..<9).contains($1) }
    fallingDiagonal = share(even: 34 / 144) { abs($0 - $1) <= 1 }
    risingDiagonal = share(even: 34 / 144) { abs($0 + $1 - (side - 1)) <= 1 }
    let mass = Self.mass(energies, total)
    (massX, massY, massSpread) = (mass.x, mass.y, mass.z)
    let rows = (0..<side).map { row in tones[side * row..<side * (row + 1)].reduce(0, +) / Float(side) }
    let columns = (0..<side).map { column in
      (0..<side).reduce(0) { $0 + tones[side * $1 + column] } / Float(side)
    }
    let variance = Self.variance(tones)
    (horizon, horizonStrength) = Self.division(of: rows, variance)
    (division, divisionStrength) = Self.division(of: columns, variance)
    var (middle, border): (Float, Float) = (0, 0)
    for cell in tones.indices {
      let (row, column) = (cell / side, cell % side)
      if (3..<9).contains(row) && (3..<9).contains(column) { middle += tones[cell] / 36 }
      if row % (side - 1) == 0 || column % (side - 1) == 0 { border += tones[cell] / 44 }
    }
    figureTone = (middle - border) / 255
    emptiness = Float(energies.count { $0 < 16 }) / Float(side * side)
    unevenness = Self.gini(energies, total)
  }

  private static func variance(_ values: [Float]) -> Float {
    let mean = values.reduce(0, +) / Float(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)
  }

  private static func symmetry(_ values: [Float], _ mirror: (Int) -> Int) -> Float {
    let mean = values.reduce(0, +) / Float(values.count)
    var (product, square): (Float, Float) = (0, 0)
    for i in values.indices {
      let x = values[i] - mean
      product += x * (values[mirror(i)] - mean)
      square += x * x
    }
    // Less than a hundredth of a level is rounding.
    guard square > 1e-4 * Float(values.count) else { return 1 }
    return min(max((1 + product / square) / 2, 0), 1)
  }

  private static func mass(_ energies: [Float], _ total: Float) -> SIMD3<Float> {
    guard total > 0 else { return SIMD3(0.5, 0.5, 0) }
    var (first, second): (SIMD2<Float>, SIMD2<Float>) = (.zero, .zero)
    for cell in energies.indices {
      let place = (SIMD2(Float(cell % side), Float(cell / side)) + 0.5) / Float(side)
      first += place * energies[cell]
      second += place * place * energies[cell]
    }
    first /= total
    let spread = max((second / total - first * first).sum(), 0)
    return SIMD3(first.x, first.y, min((2 * spread).squareRoot(), 1))
  }

  /// Otsu's criterion along one axis: where the variance between both sides is largest, and its share of `variance`.
  private static func division(of means: [Float], _ variance: Float) -> (Float, Float) {
    guard variance > 1e-4 else { return (0.5, 0) }
    let total = means.reduce(0, +)
    let count = Float(means.count)
    var best: (Float, Float) = (0.5, 0)
    var sum: Float = 0
    for k in 1..<means.count {
      sum += means[k - 1]
      let n = Float(k)
      let difference = sum / n - (total - sum) / (count - n)
      let between = n * (count - n) / (count * count) * difference * difference / variance
      if between > best.1 { best = (n / count, min(between, 1)) }
    }
    return best
  }

  private static func gini(_ values: [Float], _ total: Float) -> Float {
    guard total > 0 else { return 0 }
    let n = Float(values.count)
    let weighted = values.sorted().enumerated().reduce(Float(0)) { $0 + Float($1.offset + 1) * $1.element }
    return min(max(2 * weighted / (n * total) - (n + 1) / n, 0), 1)
  }
}

/// Makes the grid on which a composition is measured. Owns its buffers.
package struct CompositionGrid: Sendable {
  private var scratch = [UInt32](repeating: 0, count: 2 * AnalysisImage.fullSide)
  private var tones = [Float](repeating: 0, count: Composition.side * Composition.side)
  private var energies = [Float](repeating: 0, count: Composition.side * Composition.side)

  package init() {}

  /// The composition of a picture; `edges` are its own.
  package mutating func measure(_ image: AnalysisImage, _ edges: CannyEdges) -> Composition {
    Self.measure(image, edges.magnitude, &scratch, &tones, &energies)
    return Composition(tones: tones, energies: energies)
  }

  private static func measure(
    _ image: AnalysisImage, _ magnitude: [UInt16], _ scratch: inout [UInt32], _ tones: inout [Float],
    _ energies: inout [Float]
  ) {
    var sums = scratch.mutableSpan
    var tone = tones.mutableSpan
    var energy = energies.mutableSpan
    tonesAndEnergies(
      image.grey.span, magnitude.span, width: image.width, height: image.height, side: Composition.side,
      scratch: &sums, tones: &tone, energies: &energy)
  }
}
