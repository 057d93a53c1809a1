import Kernels

/// How people or works are compared by their ratings.
package struct RatingSimilarity: Sendable, Equatable {
  package enum Measure: Int, Sendable, CaseIterable {
    case cosine
    /// The cosine of what is left when the other side's mean is taken off: of works, each person's mean (Sarwar and others 2001,
    /// doi:10.1145/371920.372071); of people, each work's.
    case adjustedCosine
    case pearson
    case squaredDifference
  }

  package var measure: Measure
  /// Fewer ratings in common are none.
  package var leastCommon: Int
  /// A similarity over n ratings is multiplied by (n − 1)/(n − 1 + shrinkage).
  package var shrinkage: Float

  package init(_ measure: Measure = .squaredDifference, leastCommon: Int = 1, shrinkage: Float = 0) {
    precondition(leastCommon > 0 && shrinkage >= 0 && shrinkage.isFinite)
    (self.measure, self.leastCommon, self.shrinkage) = (measure, leastCommon, shrinkage)
  }

  var ofRows: RowSimilarity {
    let kernel: RowSimilarity.Measure =
      switch measure {
      case .cosine, .adjustedCosine: .cosine
      case .pearson: .pearson
      case .squaredDifference: .squaredDifference
      }
    return RowSimilarity(kernel, leastCommon: leastCommon, shrinkage: shrinkage)
  }
}

/// What prediction by neighbours needs to be told.
package struct NeighbourOptions: Sendable, Equatable {
  package var similarity: RatingSimilarity
  /// So many neighbours who rated the work (or works that the person rated) count, the most alike first.
  package var neighbours: Int
  /// Fewer than so many are none.
  package var leastNeighbours: Int
  /// So many are looked at to find them: the people most alike to a person, or the works kept for each work.
  package var reach: Int

  /// The defaults are Surprise's, and a reach that suits tables of any size.
  package init(
    similarity: RatingSimilarity = RatingSimilarity(), neighbours: Int = 40, leastNeighbours: Int = 1,
    reach: Int = 1_000
  ) {
    precondition(neighbours > 0 && leastNeighbours > 0 && reach > 0)
    self.similarity = similarity
    (self.neighbours, self.leastNeighbours, self.reach) = (neighbours, leastNeighbours, reach)
  }
}

extension SparseRows {
  /// The mean of each row; `otherwise` of an empty one.
  func rowMeans(otherwise: Float) -> [Float] {
    (0..<rowCount).map { i in
      let row = self.row(i)
      guard !row.isEmpty else { return otherwise }
      return Float(values[row].reduce(0) { $0 + Double($1) } / Double(row.count))
    }
  }

  /// With a number for each column taken off.
  func without(columnMeans means: [Float]) -> SparseRows {
    with(values: zip(columns, values).map { column, value in value - means[Int(column)] })
  }
}
