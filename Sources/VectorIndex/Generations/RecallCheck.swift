/// How much of the truth an index finds, and how far it must look for it.
///
/// The queries are rows taken at random, each block moved into a random direction by one and a half times its length:
/// they lie about as far from their nearest rows as works do that are not in the collection, and the recall at each
/// width was measured to be about theirs. Rows themselves would be found too easily, means of two rows hardly at all.
struct RecallCheck {
  private static let depth = 20
  private static let disturbance: Float = 1.5

  private let generation: Generation
  private let options: BuildOptions

  init(_ generation: Generation, _ options: BuildOptions) {
    self.generation = generation
    self.options = options
  }

  /// Half as much again as the least width that reaches the target, or as the largest one, and the recall there.
  func result() throws(VectorIndexError) -> (width: Double, recall: Double) {
    let count = generation.count
    guard count > 0 else { return (1, 1) }
    switch generation.engine {
    case .flat: return (0, 1)
    case .graph:
      let widths = [48, 64, 96, 128, 160, 192, 256, 384, 512, 768, 1024]
      return try leastWidth(widths.map(Double.init)) { (query, width) throws(VectorIndexError) in
        try generation.search(graphWidth: Int(width), query, k: Self.depth)
      }
    case .factory:
      let widths = [0.01, 0.02, 0.04, 0.06, 0.1, 0.15, 0.25, 0.5, 1]
      return try leastWidth(widths) { (query, width) throws(VectorIndexError) in
        try generation.search(factoryWidth: width, query, k: Self.depth)
      }
    }
  }

  private func leastWidth(
    _ widths: [Double], _ search: ([Float], Double) throws(VectorIndexError) -> [Neighbour]
  ) throws(VectorIndexError) -> (width: Double, recall: Double) {
    let queries = queries()
    var truth: [Set<Int>] = []
    for query in queries {
      truth.append(Set(try generation.rows.search(query, k: Self.depth, selected: nil).map(\.row)))
    }
    func recall(_ width: Double) throws(VectorIndexError) -> Double {
      var (found, all) = (0, 0)
      for (query, rows) in zip(queries, truth) {
        found += try search(query, width).count { rows.contains($0.row) }
        all += rows.count
      }
      return all == 0 ? 1 : Double(found) / Double(all)
    }
    var last = widths[0]
    for width in widths {
      last = width
      if try recall(width) >= options.recallTarget { break }
    }
    // A share is at most all.
    last = widths[0] < 1 ? min(1, 1.5 * last) : 1.5 * last
    return (last, try recall(last))
  }

  private func queries() -> [[Float]] {
    let schema = generation.schema
    var state: UInt64 = 0x4D6F_7265_6C6C_6921
    func next() -> UInt64 {
      // SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195): the same sample each time.
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    return (0..<options.sample).map { _ in
      var query = generation.rows.vector(at: Int(next() % UInt64(generation.count)))
      for (range, weight) in zip(schema.ranges, schema.weights) {
        let length = Self.length(query[range])
        guard length > 0 else { continue }
        let direction = range.map { _ in Float(Int64(bitPattern: next()) >> 40) }
        let share = Self.disturbance * length / max(1, Self.length(direction[...]))
        for (i, number) in zip(range, direction) { query[i] += share * number }
        let factor = weight / max(.leastNormalMagnitude, Self.length(query[range]))
        for i in range { query[i] *= factor }
      }
      return query
    }
  }

  private static func length(_ vector: ArraySlice<Float>) -> Float {
    Float(vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot())
  }
}
