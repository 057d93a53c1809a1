internal import Kernels

/// The best eigenvectors of the random walk on a graph that can be had from the columns of a block (Rayleigh and Ritz), with the points
/// weighed by their degrees, by which the walk is symmetric.
struct RitzRotation {
  /// columns × columns, row by row: block · rotation has them as its columns, of length 1, zeros where the block has fewer directions.
  let rotation: [Float]
  /// One a column, largest first.
  let values: [Double]
  /// One a column: the length of what the walk makes of it, beyond the value times itself.
  let residuals: [Double]

  /// - Parameters:
  ///   - block: points × columns.
  ///   - product: what one step of the walk makes of it.
  /// - Returns: nil where LAPACK fails.
  init?(_ block: [Float], _ product: [Float], degrees: [Float], columns: Int) {
    let wide = 2 * columns
    var both = [Float](repeating: 0, count: 2 * block.count)
    for (point, degree) in degrees.enumerated() {
      let root = degree.squareRoot()
      for c in 0..<columns {
        both[point * wide + c] = root * block[point * columns + c]
        both[point * wide + columns + c] = root * product[point * columns + c]
      }
    }
    let gram = gramMatrix(both.span, columns: wide)
    func part(_ row: Int, _ column: Int) -> [Double] {
      (0..<columns * columns).map {
        gram[(row * columns + $0 / columns) * wide + column * columns + $0 % columns]
      }
    }
    let (own, image, imageOwn) = (part(0, 0), part(0, 1), part(1, 1))
    guard let basis = SymmetricEigen(own, n: columns) else { return nil }
    // Directions of length 1; those that are there by rounding alone are left out.
    let least = 1e-9 * max(basis.values[0], .leastNormalMagnitude)
    let whitening = Self.transposed(
      basis.vectors.indices.map { place in
        let value = basis.values[place / columns]
        return value > least ? basis.vectors[place] / value.squareRoot() : 0
      }, columns)
    let mirrored = Self.transposed(image, columns)
    let symmetric = zip(image, mirrored).map { ($0 + $1) / 2 }
    let turned = Self.product(
      Self.transposed(whitening, columns), Self.product(symmetric, whitening, columns), columns)
    guard let eigen = SymmetricEigen(turned, n: columns) else { return nil }
    let rotation = Self.product(whitening, Self.transposed(eigen.vectors, columns), columns)
    let squares = Self.product(
      Self.transposed(rotation, columns), Self.product(imageOwn, rotation, columns), columns)
    values = eigen.values
    residuals = (0..<columns).map {
      max(0, squares[$0 * columns + $0] - eigen.values[$0] * eigen.values[$0]).squareRoot()
    }
    self.rotation = rotation.map(Float.init)
  }

  private static func transposed(_ a: [Double], _ n: Int) -> [Double] {
    a.indices.map { a[$0 % n * n + $0 / n] }
  }

  private static func product(_ a: [Double], _ b: [Double], _ n: Int) -> [Double] {
    a.indices.map { place in (0..<n).reduce(0) { $0 + a[place / n * n + $1] * b[$1 * n + place % n] } }
  }
}
