import Kernels

/// The directions in which the texts of a corpus differ most: the right singular vectors of its sparse matrix of works × words
/// (latent semantic indexing: Deerwester et al. 1990, doi:10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9), found
/// by subspace iteration from a random start (Halko, Martinsson & Tropp 2011, doi:10.1137/090771806).
enum LatentSemantics {
  /// Directions that are computed beside those that are wanted, which makes those more exact.
  private static let oversampling = 16
  /// Rounds; the share of what lies outside falls with the fourth power of the ratio of singular values in each.
  private static let rounds = 4
  /// An eigenvalue below this part of the largest is rounding.
  private static let negligible = 1e-9

  /// - Parameters:
  ///   - texts: sparse rows.
  ///   - words: how many columns there are.
  ///   - dimension: how many directions are wanted.
  /// - Returns: words × dimension numbers, row by row, the direction with most of the corpus first; columns of zeros where the
  ///   corpus has no more directions. nil where LAPACK does not converge.
  static func directions(of texts: [[Vocabulary.Term]], words: Int, dimension: Int) -> [Float]? {
    let width = min(dimension + oversampling, words, texts.count)
    guard width > 0 else { return [Float](repeating: 0, count: words * dimension) }
    var numbers = NormalNumbers()
    var basis: Basis? = Basis(
      rows: words, columns: width, values: (0..<words * width).map { _ in numbers.next() })
    for _ in 0..<rounds {
      guard let current = basis else { return nil }
      guard let next = orthonormalised(transposed(texts, product(texts, current), words: words)) else {
        return nil
      }
      // A corpus of nothing.
      guard next.columns > 0 else { return [Float](repeating: 0, count: words * dimension) }
      basis = next
    }
    guard let basis,
      let eigen = SymmetricEigen(
        gramMatrix(product(texts, basis).values.span, columns: basis.columns), n: basis.columns)
    else { return nil }
    let rotated = basis.times(eigen, columns: min(dimension, basis.columns)) { _ in 1 }
    return (0..<words).flatMap { word in
      rotated.row(word) + [Float](repeating: 0, count: dimension - rotated.columns)
    }
  }

  private struct Basis {
    let rows, columns: Int
    let values: [Float]

    func row(_ i: Int) -> ArraySlice<Float> { values[i * columns..<(i + 1) * columns] }

    /// This matrix times the first eigenvectors, each multiplied by a factor that depends on its number.
    func times(_ eigen: SymmetricEigen, columns kept: Int, factor: (Int) -> Double) -> Basis {
      var rotation = [Float](repeating: 0, count: columns * kept)
      for k in 0..<kept {
        for i in 0..<columns { rotation[i * kept + k] = Float(eigen.vectors[k * columns + i] * factor(k)) }
      }
      var result = [Float](repeating: 0, count: rows * kept)
      var span = result.mutableSpan
      matrixProduct(values.span, rotation.span, rows: rows, inner: columns, columns: kept, into: &span)
      return Basis(rows: rows, columns: kept, values: result)
    }
  }

  /// The same space with orthonormal columns (Stathopoulos & Wu 2002, doi:10.1137/S1064827500370883).
  private static func orthonormalised(_ basis: Basis) -> Basis? {
    guard let eigen = SymmetricEigen(gramMatrix(basis.values.span, columns: basis.columns), n: basis.columns)
    else {
      return nil
    }
    let largest = eigen.values.first ?? 0
    let kept = eigen.values.prefix { $0 > 0 && $0 > negligible * largest }.count
    guard kept > 0 else { return Basis(rows: basis.rows, columns: 0, values: []) }
    return basis.times(eigen, columns: kept) { 1 / eigen.values[$0].squareRoot() }
  }

  private static func product(_ texts: [[Vocabulary.Term]], _ basis: Basis) -> Basis {
    let columns = basis.columns
    var values = [Float](repeating: 0, count: texts.count * columns)
    var out = values.mutableSpan
    let all = basis.values.span
    for (i, terms) in texts.enumerated() {
      for term in terms {
        addScaledRow(all, row: term.number, by: term.value, to: &out, row: i, columns: columns)
      }
    }
    return Basis(rows: texts.count, columns: columns, values: values)
  }

  private static func transposed(_ texts: [[Vocabulary.Term]], _ rows: Basis, words: Int) -> Basis {
    let columns = rows.columns
    var values = [Float](repeating: 0, count: words * columns)
    var out = values.mutableSpan
    let all = rows.values.span
    for (i, terms) in texts.enumerated() {
      for term in terms {
        addScaledRow(all, row: i, by: term.value, to: &out, row: term.number, columns: columns)
      }
    }
    return Basis(rows: words, columns: columns, values: values)
  }
}

/// About normally distributed numbers, the same in every run: sums of twelve uniform ones.
private struct NormalNumbers {
  private var state: UInt64 = 1874

  mutating func next() -> Float {
    var sum: Float = -6
    for _ in 0..<12 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      sum += Float(state >> 40) * 0x1p-24
    }
    return sum
  }
}
