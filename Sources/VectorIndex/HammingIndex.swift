/// Finds all 64-bit codes within a Hamming distance of a query, exactly.
///
/// Multi-index hashing (M. Norouzi, A. Punjani, D. J. Fleet, *Fast Search in Hamming Space with Multi-Index
/// Hashing*, CVPR 2012, doi:10.1109/CVPR.2012.6248043): the codes stand in four tables, each by 16 of their
/// bits. Of two codes that differ in at most r = 4k + a bits, a < 4, one of the first a + 1 parts differs in
/// at most k, or one of the others in at most k − 1; so it is enough to look into the few buckets near the
/// query's own, and to count bits there.
///
/// Immutable: any number of threads may ask at once. It takes 48 bytes a code.
package struct HammingIndex: Sendable {
  private static let parts = 4
  private static let buckets = 1 << 16

  /// How many codes there are.
  package let count: Int
  private let tables: [Table]

  /// The codes in the order of one part's value.
  private struct Table: Sendable {
    /// Where each bucket begins in `codes` and `rows`; one more than there are buckets.
    var starts: [Int32]
    var codes: [UInt64]
    var rows: [Int32]
  }

  /// - Precondition: fewer than 2³¹ codes.
  package init(_ codes: [UInt64]) {
    precondition(codes.count < Int(Int32.max), "too many codes for one index")
    count = codes.count
    tables = (0..<Self.parts).map { part in Self.table(codes, part: part) }
  }

  /// Calls `body` with each code within `radius` of `query`, once, in no particular order.
  ///
  /// - Parameters:
  ///   - radius: bits, 0…64.
  ///   - body: gets the code's row and its distance from the query.
  package func forEach(within radius: Int, of query: UInt64, _ body: (_ row: Int, _ distance: Int) -> Void) {
    precondition((0...64).contains(radius), "a radius of 0 to 64 bits")
    let radii = Self.radii(radius)
    for part in 0..<Self.parts where radii[part] >= 0 {
      Self.visit(tables[part], part: part, radius: radius, radii: radii, query: query, body)
    }
  }

  /// What `part` of the query finds and no earlier part has found.
  private static func visit(
    _ table: Table, part: Int, radius: Int, radii: SIMD4<Int>, query: UInt64, _ body: (Int, Int) -> Void
  ) {
    let own = value(of: query, part: part)
    let starts = table.starts.span
    let codes = table.codes.span
    let rows = table.rows.span
    let masks = masks.span
    for i in 0..<maskEnds[min(16, radii[part])] {
      let bucket = own ^ Int(masks[i])
      for entry in Int(starts[bucket])..<Int(starts[bucket + 1]) {
        let difference = codes[entry] ^ query
        let distance = difference.nonzeroBitCount
        guard distance <= radius, !wasSeen(difference, before: part, radii) else { continue }
        body(Int(rows[entry]), distance)
      }
    }
  }

  /// An earlier table has shown the code already.
  @inline(__always)
  private static func wasSeen(_ difference: UInt64, before part: Int, _ radii: SIMD4<Int>) -> Bool {
    for earlier in 0..<part where value(of: difference, part: earlier).nonzeroBitCount <= radii[earlier] {
      return true
    }
    return false
  }

  /// How far each part is searched; -1 for not at all.
  private static func radii(_ radius: Int) -> SIMD4<Int> {
    let (whole, rest) = radius.quotientAndRemainder(dividingBy: parts)
    return SIMD4((0..<parts).map { $0 <= rest ? whole : whole - 1 })
  }

  @inline(__always)
  private static func value(of code: UInt64, part: Int) -> Int { Int(code >> (16 * UInt64(part)) & 0xFFFF) }

  /// All 16-bit masks, those with fewer bits first.
  private static let masks: [UInt16] = (0...16).flatMap { bits in
    (0..<UInt32(buckets)).filter { $0.nonzeroBitCount == bits }.map { UInt16($0) }
  }
  /// How many masks have at most so many bits.
  private static let maskEnds: [Int] = (0...16).map { bits in masks.count { $0.nonzeroBitCount <= bits } }

  private static func table(_ codes: [UInt64], part: Int) -> Table {
    var starts = [Int32](repeating: 0, count: buckets + 1)
    for code in codes { starts[value(of: code, part: part) + 1] += 1 }
    for bucket in 0..<buckets { starts[bucket + 1] += starts[bucket] }
    var table = Table(
      starts: starts, codes: Array(repeating: 0, count: codes.count),
      rows: Array(repeating: 0, count: codes.count))
    for (row, code) in codes.enumerated() {
      let bucket = value(of: code, part: part)
      let place = Int(starts[bucket])
      starts[bucket] += 1
      table.codes[place] = code
      table.rows[place] = Int32(row)
    }
    return table
  }
}
