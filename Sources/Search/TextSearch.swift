package import Catalog
package import Model
package import Text

/// Finds works by what is said of them: by their words (`Catalog.works(withWords:)`), and by what a text means (the text block),
/// made one list by rank.
///
/// Its lists are `words` (any of them), `all words` and `text`.
package struct TextSearch {
  /// A work that was found.
  package typealias Place = RankFusion.Place

  /// What a text counts that is asked for together with a picture, and nothing is said of weights.
  package static let weightWhenAsked: Float = 6

  /// A text whose cosine with the query is lower has nothing to do with it: of unrelated texts few are so near.
  package static let leastLikeness: Float = 0.2
  /// How far down each list is looked at, beyond what is asked for.
  private static let depth = 100

  private let catalog: Catalog
  private let search: SimilaritySearch
  private let model: TextModel?

  /// - Parameters:
  ///   - search: its signatures have the text block, if there is one.
  ///   - model: makes the vector of a query; nil where no text has been read yet.
  package init(_ catalog: Catalog, _ search: SimilaritySearch, _ model: TextModel?) {
    self.catalog = catalog
    self.search = search
    self.model = model
  }

  /// The best works, best first. Words in quotation marks, with a * or after a hyphen are taken to the letter: the first two
  /// are looked for by words alone, works with the last are never in the answer.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - among: only these; nil for all.
  package func answer(
    _ query: WordQuery, count: Int, among: Set<ArtworkID>? = nil, quota: Quota? = nil
  ) throws -> [Place] {
    let depth = quota == nil ? count + Self.depth : Int.max
    let unwanted = try query.forUnwanted.map { try catalog.works(withAnyOf: $0) } ?? []
    let words = try catalog.works(withWords: query, limit: depth, among: among)
    // Having all words counts by itself: to have some and to mean something like it must not be more.
    var lists = [
      (name: "words", works: words.map(\.artworkID)),
      (name: "all words", works: words.filter(\.hasAllWords).map(\.artworkID)),
    ]
    if let vector = query.meaning.flatMap({ model?.vector(of: $0) }) {
      let alike = Query(
        positives: [], given: [.text: vector], weights: .only(.text), count: min(depth, max(1, search.count)),
        among: among, excluded: unwanted)
      let near = try search.answer(alike).filter { $0.score >= Self.leastLikeness }
      lists.append((name: "text", works: near.map(\.artworkID)))
    }
    let places = RankFusion.fuse(lists)
    return Array((quota?.admitted(places) { $0.artworkID } ?? places).prefix(count))
  }
}
