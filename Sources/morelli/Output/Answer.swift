/// The answer to a query, as JSON has it.
struct Answer: Encodable {
  struct Query: Encodable {
    let like, unlike: [String]
    let weights: [String: Double]
    @OrNull var filter: String?
    let k: Int
  }

  struct Result: Encodable {
    let rank: Int
    let id: String
    @OrNull var file: String?
    @OrNull var title: String?
    @OrNull var artist: String?
    @OrNull var date: String?
    @OrNull var style: String?
    let score: Double
    /// By block; they sum to the score.
    let contributions: [String: Double]
    /// `#rrggbb`, most present first.
    let palette: [String]
  }

  let query: Query
  let results: [Result]
  let milliseconds: Double
  /// The generation of the index; null while answers come from an exact scan of the catalogue.
  @OrNull var generation: Int?

  init(query: Query, results: [Result], milliseconds: Double) {
    self.query = query
    self.results = results
    self.milliseconds = (milliseconds * 1000).rounded() / 1000
    generation = nil
  }

  enum CodingKeys: String, CodingKey {
    case query, results, generation
    case milliseconds = "took_ms"
  }
}
