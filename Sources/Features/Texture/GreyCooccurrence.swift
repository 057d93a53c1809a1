internal import Foundation
import Kernels

/// Statistics of grey-level co-occurrence (Haralick, Shanmugam & Dinstein 1973, doi:10.1109/TSMC.1973.4309314) of one
/// distance: how grey levels follow each other to the right, right below, below and left below.
///
/// Sixteen levels of 16 grey values; the matrices are symmetric and sum to 1, as `skimage.feature.graycomatrix(levels=16,
/// symmetric=True, normed=True)` of the grey divided by 16, and the properties are those of `graycoprops`. Diagonal
/// neighbours lie `distance` columns and rows away, √2 times as far as others; scikit-image takes a distance along the
/// diagonal and rounds. A mirror image exchanges the diagonals; the mean and range over directions do not change.
package struct GreyCooccurrence: Sendable {
  package static let levels = 16
  /// (columns, rows) to the neighbour, times the distance.
  package static let directions = [(1, 0), (1, 1), (0, 1), (-1, 1)]

  /// The properties of one matrix, in the units of levels.
  package struct Properties: Equatable, Sendable {
    /// Σ p (i − j)², 0…225.
    package var contrast: Float
    /// Σ p |i − j|, 0…15.
    package var dissimilarity: Float
    /// Σ p / (1 + (i − j)²), over 0, at most 1.
    package var homogeneity: Float
    /// √ Σ p², over 0, at most 1.
    package var energy: Float
    /// Of i and j, −1…1; 1 where there is one level only.
    package var correlation: Float
    /// −Σ p ln p, 0…5.55.
    package var entropy: Float

    /// In the order of declaration.
    package var values: [Float] { [contrast, dissimilarity, homogeneity, energy, correlation, entropy] }
    /// Numbers in `values`.
    package static let count = 6
  }

  /// Every how manieth row is looked at.
  package let step: Int
  private var room: [UInt8]

  /// - Parameters:
  ///   - step: 1 for all rows.
  ///   - side: of the largest plane.
  package init(step: Int = 1, side: Int = AnalysisImage.fullSide) {
    precondition(step >= 1)
    self.step = step
    room = [UInt8](repeating: 0, count: side * side)
  }

  /// The symmetric matrix of shares, 16 × 16; all zeros where no pixel has such a neighbour.
  package mutating func matrix(_ plane: TexturePlane, dx: Int, dy: Int) -> [Float] {
    let counts = Self.count(plane, dx, dy, step, &room)
    let total = 2 * counts.reduce(0) { $0 + Int($1) }
    let scale = total > 0 ? 1 / Double(total) : 0
    let n = Self.levels
    return (0..<n * n).map { i in
      Float(Double(counts[i] + counts[i % n * n + i / n]) * scale)
    }
  }

  /// The properties in the four directions.
  package mutating func properties(_ plane: TexturePlane, distance: Int) -> [Properties] {
    Self.directions.map { direction in
      Self.properties(matrix(plane, dx: distance * direction.0, dy: distance * direction.1))
    }
  }

  /// Of a symmetric matrix that sums to 1, or of zeros.
  package static func properties(_ matrix: [Float]) -> Properties {
    let n = levels
    precondition(matrix.count == n * n)
    var (contrast, dissimilarity, homogeneity, squares, entropy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (mean, second, product) = (0.0, 0.0, 0.0)
    for i in 0..<n {
      for j in 0..<n where matrix[i * n + j] > 0 {
        let p = Double(matrix[i * n + j])
        let d = Double(i - j)
        contrast += p * d * d
        dissimilarity += p * abs(d)
        homogeneity += p / (1 + d * d)
        squares += p * p
        entropy -= p * log(p)
        mean += p * Double(i)
        second += p * Double(i * i)
        product += p * Double(i * j)
      }
    }
    let variance = second - mean * mean
    let correlation = variance > 1e-9 ? (product - mean * mean) / variance : 1
    return Properties(
      contrast: Float(contrast), dissimilarity: Float(dissimilarity), homogeneity: Float(homogeneity),
      energy: Float(squares.squareRoot()), correlation: Float(correlation), entropy: Float(entropy))
  }

  /// Of each property the mean and the range over directions: twice `Properties.count` numbers.
  package static func meanAndRange(_ properties: [Properties]) -> [Float] {
    precondition(!properties.isEmpty)
    let rows = properties.map(\.values)
    let columns = (0..<Properties.count).map { i in rows.map { $0[i] } }
    return columns.map { $0.reduce(0, +) / Float($0.count) }
      + columns.map { ($0.max() ?? 0) - ($0.min() ?? 0) }
  }

  private static func count(
    _ plane: TexturePlane, _ dx: Int, _ dy: Int, _ step: Int, _ room: inout [UInt8]
  ) -> [UInt32] {
    var space = room.mutableSpan
    return Kernels.cooccurrences(
      plane.values.span, width: plane.width, height: plane.height, dx: dx, dy: dy, step: step,
      room: &space)
  }
}
