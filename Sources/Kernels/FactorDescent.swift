import CKernels
import Dispatch

/// What a descent over pairs needs to know.
package struct PairwiseDescent: Sendable {
  package var factors: Int
  /// How far a gradient moves.
  package var rate: Float
  package var regularisation: Float
  package var seed: UInt64
  /// Whether what is liked is compared with all works alike, or with a work as often as it is liked by others.
  package var drawsEvenly: Bool

  package init(factors: Int, rate: Float, regularisation: Float, seed: UInt64, drawsEvenly: Bool = true) {
    precondition(factors > 0 && factors < 1 << 16 && rate > 0 && regularisation >= 0)
    (self.factors, self.rate, self.regularisation, self.seed) = (factors, rate, regularisation, seed)
    self.drawsEvenly = drawsEvenly
  }

  private func with(epoch: Int, evenly works: Int) -> ckernels_pairwise {
    ckernels_pairwise(
      factors: Int32(factors), rate: rate, regularisation: regularisation, seed: seed,
      epoch: UInt32(truncatingIfNeeded: epoch), evenly: Int32(works))
  }

  /// One epoch of Bayesian personalised ranking: as many draws as there are entries.
  ///
  /// People are in two halves and works on two sides, drawn anew for each epoch; a half and a side have no number in common
  /// with the other half and the other side, so that two threads need not wait for one another (the strata of Gemulla
  /// and others, 2011, doi:10.1145/2020408.2020426), and the answer is the same on one.
  ///
  /// - Parameters:
  ///   - liked: people × works, the columns of each row rising. What the numbers are doesn't matter.
  ///   - owners: the row of each entry.
  ///   - people: rows × factors numbers.
  ///   - works: columns × factors numbers.
  ///   - biases: one a column.
  ///   - threads: 1 or more; two are used.
  package func epoch(
    _ number: Int, _ liked: SparseRows, owners: [Int32], people: inout MutableSpan<Float>,
    works: inout MutableSpan<Float>, biases: inout MutableSpan<Float>, threads: Int
  ) {
    precondition(people.count == liked.rowCount * factors && works.count == liked.columnCount * factors)
    precondition(biases.count == liked.columnCount && owners.count == liked.count && threads > 0)
    guard liked.count > 0 else { return }
    let entries = Int32(liked.count)
    let middle = liked.offsets[liked.offsets.firstIndex { $0 >= entries / 2 } ?? 0]
    var what = with(epoch: number, evenly: drawsEvenly ? liked.columnCount : 0)
    unsafe liked.withPointers { offsets, columns, _ in
      unsafe owners.withPointer { owners in
        unsafe people.withUnsafeMutableBufferPointer { people in
          unsafe works.withUnsafeMutableBufferPointer { works in
            unsafe biases.withUnsafeMutableBufferPointer { biases in
              guard let people = people.baseAddress, let works = works.baseAddress,
                let biases = biases.baseAddress
              else { return }
              unsafe withUnsafePointer(to: &what) { what in
                for turn in 0..<2 {
                  let part = { (half: Int) in
                    unsafe ckernels_pairwise_side(
                      what, offsets, columns, owners, entries, half == 0 ? 0 : middle,
                      half == 0 ? middle : entries,
                      Int32(half ^ turn), people, works, biases)
                  }
                  nonisolated(unsafe) let work = part
                  if threads > 1 && liked.count >= 4_096 {
                    DispatchQueue.concurrentPerform(iterations: 2) { unsafe work($0) }
                  } else {
                    for half in 0..<2 { unsafe work(half) }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The same descent for one person, the works' factors given: from zeros, so many draws.
  ///
  /// - Parameters:
  ///   - liked: rows of `works`, not empty.
  ///   - others: what they are preferred to: rows of `works`, not empty.
  ///   - works: any number of rows of `factors` numbers.
  ///   - biases: one a row.
  ///   - parts: whether to tell what each of the liked works gave.
  /// - Returns: the person's factors, and, where asked, liked × factors numbers that sum to them.
  package func person(
    liked: [Int32], others: [Int32], works: Span<Float>, biases: Span<Float>, draws: Int, parts: Bool
  ) -> (factors: [Float], parts: [Float]) {
    precondition(!liked.isEmpty && !others.isEmpty && works.count == biases.count * factors)
    let count = Int32(biases.count)
    precondition(liked.allSatisfy { $0 >= 0 && $0 < count } && others.allSatisfy { $0 >= 0 && $0 < count })
    var x = [Float](repeating: 0, count: factors)
    var given = [Float](repeating: 0, count: parts ? factors * liked.count : 0)
    var what = with(epoch: 0, evenly: 0)
    unsafe works.withUnsafeBufferPointer { works in
      unsafe biases.withUnsafeBufferPointer { biases in
        unsafe given.withUnsafeMutableBufferPointer { given in
          unsafe ckernels_pairwise_person(
            &what, liked, Int32(liked.count), others, Int32(others.count), Int32(clamping: draws),
            works.baseAddress, biases.baseAddress, &x, parts ? given.baseAddress : nil)
        }
      }
    }
    return (x, given)
  }
}

/// What a descent over ratings needs to know.
package struct RatingDescent: Sendable {
  package var factors: Int
  /// The mean of all ratings.
  package var mean: Float
  package var rate: Float
  package var regularisation: Float

  package init(factors: Int, mean: Float, rate: Float, regularisation: Float) {
    precondition(factors > 0 && factors < 1 << 16)
    (self.factors, self.mean, self.rate, self.regularisation) = (factors, mean, rate, regularisation)
  }

  /// One epoch of matrix factorisation with biases: every rating once, the people in the order given.
  ///
  /// - Parameters:
  ///   - order: rows of `ratings`.
  ///   - personBiases, workBiases: one a row and one a column.
  ///   - people, works: so many times `factors` numbers.
  package func epoch(
    _ ratings: SparseRows, order: [Int32], personBiases: inout [Float], workBiases: inout [Float],
    people: inout [Float], works: inout [Float]
  ) {
    precondition(personBiases.count == ratings.rowCount && workBiases.count == ratings.columnCount)
    precondition(
      people.count == ratings.rowCount * factors && works.count == ratings.columnCount * factors)
    let rows = Int32(ratings.rowCount)
    precondition(order.allSatisfy { $0 >= 0 && $0 < rows }, "a person that there is none of")
    guard ratings.count > 0 else { return }
    var what = ckernels_rating_descent(
      factors: Int32(factors), mean: mean, rate: rate, regularisation: regularisation)
    unsafe ratings.withPointers { offsets, columns, values in
      unsafe ckernels_rating_epoch(
        &what, order, Int32(order.count), offsets, columns, values, &personBiases, &workBiases, &people,
        &works)
    }
  }
}
