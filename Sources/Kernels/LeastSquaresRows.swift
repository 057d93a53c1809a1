import CKernels

/// `Σ w·r·rᵀ` over rows of a matrix, row by row, symmetric.
///
/// - Parameters:
///   - rows: any number of rows of `factors` numbers.
///   - threads: 1 or more. The answer is the same whatever their number.
/// - Returns: factors × factors numbers.
package func rowProducts(_ rows: Span<Float>, factors: Int, threads: Int) -> [Double] {
  precondition(factors > 0 && rows.count.isMultiple(of: factors))
  let count = rows.count / factors
  // Sums of so many rows are in single precision; these blocks are what makes the answer the same on any number of threads.
  let block = 2_048
  let blocks = (count + block - 1) / block
  let size = factors * factors
  var sums = [Double](repeating: 0, count: size)
  // A few blocks at a time, so that their sums need little room.
  let group = 32
  var parts = [Float](repeating: 0, count: min(blocks, group) * size)
  for first in stride(from: 0, to: blocks, by: group) {
    let here = min(group, blocks - first)
    unsafe rows.withUnsafeBufferPointer { rows in
      unsafe parts.withUnsafeMutableBufferPointer { parts in
        guard let from = rows.baseAddress, let to = parts.baseAddress else { return }
        inParts(here, threads: threads, least: 2) { _, begin, end in
          for k in begin..<end {
            let row = (first + k) * block
            unsafe ckernels_row_products(
              from + row * factors, nil, nil, Int32(min(block, count - row)), Int32(factors), to + k * size)
          }
        }
      }
    }
    for k in 0..<here { for i in 0..<size { sums[i] += Double(parts[k * size + i]) } }
  }
  return sums
}

/// `Σ w·r·rᵀ` over chosen rows of a matrix, in single precision.
///
/// - Parameters:
///   - rows: any number of rows of `factors` numbers.
///   - chosen: their numbers.
///   - weights: one for each of them.
/// - Returns: factors × factors numbers, symmetric.
package func rowProducts(_ rows: Span<Float>, chosen: [Int32], weights: [Float], factors: Int) -> [Float] {
  precondition(factors > 0 && rows.count.isMultiple(of: factors) && chosen.count == weights.count)
  let count = rows.count / factors
  precondition(chosen.allSatisfy { $0 >= 0 && Int($0) < count }, "a row that there is none of")
  var sums = [Float](repeating: 0, count: factors * factors)
  guard !chosen.isEmpty else { return sums }
  unsafe rows.withUnsafeBufferPointer { rows in
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      guard let from = rows.baseAddress, let to = sums.baseAddress else { return }
      unsafe ckernels_row_products(from, chosen, weights, Int32(chosen.count), Int32(factors), to)
    }
  }
  return sums
}

extension SparseRows {
  /// One half-step of alternating least squares for implicit feedback by conjugate gradients, see
  /// `ckernels_least_squares_rows`: each of our rows gets the factors that suit its entries, the columns' factors given.
  ///
  /// - Parameters:
  ///   - fixed: columnCount × factors numbers.
  ///   - rows: rowCount × factors numbers: where the descent begins, and what it comes to.
  ///   - confidence: how much surer one unit of strength makes us.
  ///   - regularisation: above 0.
  ///   - steps: of conjugate gradients.
  ///   - threads: 1 or more. The answer is the same whatever their number.
  package func solveLeastSquares(
    fixed: Span<Float>, rows: inout MutableSpan<Float>, factors: Int, confidence: Float,
    regularisation: Double,
    steps: Int, threads: Int
  ) {
    precondition(factors > 0 && fixed.count == columnCount * factors && rows.count == rowCount * factors)
    guard rowCount > 0 && columnCount > 0 else { return }
    var gram = rowProducts(fixed, factors: factors, threads: threads).map { Float($0) }
    for i in 0..<factors { gram[i * factors + i] += Float(regularisation) }
    var what = ckernels_least_squares(factors: Int32(factors), confidence: confidence, steps: Int32(steps))
    var room = [Float](repeating: 0, count: 3 * factors * threads)
    unsafe withPointers { offsets, columns, values in
      unsafe fixed.withUnsafeBufferPointer { fixed in
        unsafe rows.withUnsafeMutableBufferPointer { rows in
          unsafe room.withUnsafeMutableBufferPointer { room in
            unsafe gram.withPointer { gram in
              guard let from = fixed.baseAddress, let to = rows.baseAddress, let room = room.baseAddress
              else { return }
              unsafe withUnsafePointer(to: &what) { what in
                inParts(rowCount, threads: threads) { thread, first, last in
                  unsafe ckernels_least_squares_rows(
                    what, offsets, columns, values, from, gram, room + 3 * factors * thread, to, Int32(first),
                    Int32(last))
                }
              }
            }
          }
        }
      }
    }
  }
}
