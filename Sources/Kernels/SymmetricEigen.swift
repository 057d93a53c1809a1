import COpenBLAS

/// The eigenvalues and eigenvectors of a real symmetric matrix (LAPACK's dsyevd).
package struct SymmetricEigen: Sendable {
  /// n numbers, largest first.
  package let values: [Double]
  /// n × n numbers, one eigenvector of length 1 a row, in the order of the values. Of a vector and its negative, the one whose
  /// largest number (the first of them) is positive.
  package let vectors: [Double]

  /// - Parameters:
  ///   - matrix: n × n finite numbers; the lower half alone is read.
  ///   - n: 1 or more.
  /// - Returns: nil where LAPACK does not converge.
  package init?(_ matrix: [Double], n: Int) {
    precondition(n > 0 && matrix.count == n * n, "\(matrix.count) numbers are no square of \(n)")
    // Column by column is row by row for a symmetric matrix, with the halves exchanged.
    var a = matrix
    var w = [Double](repeating: 0, count: n)
    var work = [Double](repeating: 0, count: 1 + 6 * n + 2 * n * n)
    var iwork = [Int32](repeating: 0, count: 3 + 5 * n)
    let (size, workSize, iworkSize) = (Int32(n), Int32(work.count), Int32(iwork.count))
    var info: Int32 = 0
    unsafe withUnsafePointer(to: size) { size in
      unsafe withUnsafePointer(to: workSize) { workSize in
        unsafe withUnsafePointer(to: iworkSize) { iworkSize in
          unsafe dsyevd_("V", "U", size, &a, size, &w, &work, workSize, &iwork, iworkSize, &info)
        }
      }
    }
    guard info == 0 else { return nil }
    values = w.reversed()
    var vectors: [Double] = []
    vectors.reserveCapacity(n * n)
    for k in (0..<n).reversed() {
      let vector = a[k * n..<(k + 1) * n]
      let largest = vector.indices.max { (abs(vector[$0]), $1) < (abs(vector[$1]), $0) }
      let sign: Double = largest.map { vector[$0] < 0 ? -1 : 1 } ?? 1
      vectors += vector.map { sign * $0 }
    }
    self.vectors = vectors
  }
}
