import Catalog
import Model

/// What was found for a question, before it is put into a document.
struct Findings {
  struct Work {
    let rank: Int
    let id: ArtworkID
    /// nil for a work that has just gone.
    let card: ArtworkCard?
    let score: Float
    /// 0…100; nil where that is not known.
    let percentile: Double?
    /// By block, or by list where lists were fused; they sum to the score.
    let contributions: [String: Float]
  }

  let query: Answer.Query
  let works: [Work]
  /// nil where that is not known.
  let hasGoodMatch: Bool?
  /// By column, where it was asked for.
  let facets: [String: [Answer.Facet]]?
  let milliseconds: Double
  let generation: Int?
  let notes: [String]
}
