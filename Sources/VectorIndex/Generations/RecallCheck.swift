/// How much of the truth an index finds, and how far it must look for it.
///
/// The queries are means of three rows taken at random, which lie about as far from their nearest rows as
/// works do that are not in the collection; rows themselves would be found too easily.
struct RecallCheck {
  private static let depth = 20

  private let generation: Generation
  private let options: BuildOptions

  init(_ generation: Generation, _ options: BuildOptions) {
    self.generation = generation
    self.options = options
  }

  /// The least width that reaches the target, or else the largest one, and the recall there.
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
    var last = (width: widths[0], recall: 0.0)
    for width in widths {
      var (found, all) = (0, 0)
      for (query, rows) in zip(queries, truth) {
        found += try search(query, width).count { rows.contains($0.row) }
        all += rows.count
      }
      last = (width, all == 0 ? 1 : Double(found) / Double(all))
      if last.recall >= options.recallTarget { break }
    }
    return last
  }

  private func queries() -> [[Float]] {
    let schema = generation.schema
    var state: UInt64 = 0x4D6F_7265_6C6C_6921
    func next() -> Int {
      // SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195): the same sample each time.
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(generation.count))
    }
    return (0..<options.sample).map { _ in
      let three = (0..<3).map { _ in generation.rows.vector(at: next()) }
      var query = [Float](repeating: 0, count: schema.dimension)
      for (range, weight) in zip(schema.ranges, schema.weights) {
        var square = 0.0
        for i in range {
          query[i] = three[0][i] + three[1][i] + three[2][i]
          square += Double(query[i]) * Double(query[i])
        }
        guard square > 0 else { continue }
        let factor = weight * Float(1 / square.squareRoot())
        for i in range { query[i] *= factor }
      }
      return query
    }
  }
}
