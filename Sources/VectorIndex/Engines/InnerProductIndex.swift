import Kernels

/// Finds about those rows of a matrix whose inner products with a query are the largest, without looking at most of them.
///
/// Factors of a recommender are no directions: their length says how known a work is, so neither the cosine nor cells about directions serve. Each
/// row gets one more number, `√(L² − ‖x‖²)` with L the length of the longest, and each query a 0: all rows are then of one length,
/// inner products are what they were, and cells hold rows that answer alike (Bachrach and others 2014, doi:10.1145/2645710.2645741).
/// FAISS's inverted file keeps the rows as they are, so that scores are exact; only the cells that suit the query best are looked through.
///
/// Immutable: any number of threads may search at the same time, each on its own thread's time. The same rows make the same index
/// whatever the threads.
package final class InnerProductIndex: Sendable {
  /// Of the cells so many are looked through.
  private static let share = 0.16
  /// Rows of a cell, on average.
  private static let cellRows = 200.0
  private static let mostCells = 1024

  private let index: FactoryIndex
  /// Numbers of a row as it was given.
  package let dimension: Int
  package let count: Int

  /// What it takes beside the rows that it was given, about: their copy and a number each.
  package var memory: Int {
    count * ((dimension + 1) * MemoryLayout<Float>.stride + MemoryLayout<Int64>.stride)
  }

  /// - Parameters:
  ///   - rows: any number of rows of `dimension` finite numbers, one after another.
  ///   - threads: 1 or more.
  /// - Throws: `VectorIndexError`: `notFinite`, `scoreOverflow`, `outOfMemory`.
  package init(rows: [Float], dimension: Int, threads: Int) throws(VectorIndexError) {
    precondition(dimension > 0 && rows.count.isMultiple(of: dimension) && threads > 0)
    self.dimension = dimension
    count = rows.count / dimension
    let lengthened = Self.lengthened(rows, dimension)
    // No more cells than FAISS has rows to place them by.
    let cells = max(1, min(Self.mostCells, Int(Double(count) / Self.cellRows)))
    index = try FactoryIndex(description: cells > 1 ? "IVF\(cells),Flat" : "Flat", dimension: dimension + 1)
    try index.train(lengthened, threads: threads)
    try index.add(lengthened, threads: threads)
  }

  /// About the k rows of the largest inner products, in no promised order.
  ///
  /// - Parameter query: `dimension` numbers.
  /// - Returns: fewer than k only where there are not so many rows in the cells that were looked through.
  package func search(_ query: [Float], k: Int) throws(VectorIndexError) -> [Int32] {
    precondition(query.count == dimension, "a query has as many numbers as a row")
    guard k > 0, count > 0 else { return [] }
    let rows = try index.search(query + [0], k: min(k, count), width: Self.share, selected: nil)
    return rows.map { Int32($0) }
  }

  private static func lengthened(_ rows: [Float], _ dimension: Int) -> [Float] {
    let count = rows.count / dimension
    let squares = (0..<count).map { row -> Float in
      let range = row * dimension..<(row + 1) * dimension
      return dot(rows.span.extracting(range), rows.span.extracting(range))
    }
    let longest = squares.max() ?? 0
    var lengthened: [Float] = []
    lengthened.reserveCapacity(count * (dimension + 1))
    for row in 0..<count {
      lengthened += rows[row * dimension..<(row + 1) * dimension]
      lengthened.append(max(0, longest - squares[row]).squareRoot())
    }
    return lengthened
  }
}
