import Foundation
import Kernels

/// One taste of a person: the weighted sum of works that are alike, and its direction in each block.
struct TastePrototype: Sendable {
  /// Distinct within a profile, and growing with age.
  let id: Int
  /// `Σ wᵢ·vᵢ` over its works, one number for each of the signature.
  private(set) var sum: [Double]
  /// `Σ wᵢ`, where a weight is what the work's preference would be at the profile's reference time.
  private(set) var mass: Double
  private(set) var count: Int
  /// `sum`, each block brought to length 1, or zeros where it has none.
  private(set) var direction: [Float]

  init(id: Int, dimension: Int) {
    self.id = id
    sum = [Double](repeating: 0, count: dimension)
    direction = [Float](repeating: 0, count: dimension)
    mass = 0
    count = 0
  }

  mutating func add(_ signature: Span<Float>, weight: Double, _ layout: TasteLayout) {
    accumulate(signature, weight)
    mass += weight
    count += 1
    aim(layout)
  }

  /// Takes a work out that was added with this weight.
  mutating func remove(_ signature: Span<Float>, weight: Double, _ layout: TasteLayout) {
    accumulate(signature, -weight)
    mass = max(0, mass - weight)
    count -= 1
    aim(layout)
  }

  mutating func absorb(_ other: TastePrototype, _ layout: TasteLayout) {
    for i in sum.indices { sum[i] += other.sum[i] }
    mass += other.mass
    count += other.count
    aim(layout)
  }

  private mutating func accumulate(_ signature: Span<Float>, _ weight: Double) {
    for i in sum.indices { sum[i] += weight * Double(signature[i]) }
  }

  private mutating func aim(_ layout: TasteLayout) {
    for range in layout.ranges {
      // Four sums at once: none waits for another.
      var squares = SIMD4<Double>.zero
      let whole = range.count / 4 * 4 + range.lowerBound
      for i in stride(from: range.lowerBound, to: whole, by: 4) {
        let part = SIMD4(sum[i], sum[i + 1], sum[i + 2], sum[i + 3])
        squares += part * part
      }
      for i in whole..<range.upperBound { squares[0] += sum[i] * sum[i] }
      let length = squares.sum().squareRoot()
      // Works that cancel out leave rounding, which has no direction.
      let scale = length > 1e-9 * mass ? 1 / length : 0
      for i in range { direction[i] = Float(sum[i] * scale) }
    }
  }

  /// The mean of its works in one block; a work that lacks the block counts as zeros.
  func mean(_ range: Range<Int>) -> [Float] {
    mass > 0 ? sum[range].map { Float($0 / mass) } : [Float](repeating: 0, count: range.count)
  }
}
