import Kernels
package import Model

/// All works that can be recommended, as they are at one moment. A work's row is its number for ever.
package struct Shelf: Sendable {
  package struct Work: Sendable {
    package let id: ArtworkID
    package let facts: WorkRules.Facts
    /// Unique stock that is gone.
    package let isSold: Bool
    package let artist, style: String?

    package init(id: ArtworkID, facts: WorkRules.Facts, isSold: Bool, artist: String?, style: String?) {
      self.id = id
      self.facts = facts
      self.isSold = isSold
      self.artist = artist
      self.style = style
    }
  }

  /// By row; nil where there is no such work (any more), or it isn't shown.
  package let works: [Work?]
  /// By row: whether there is no such work, or it is sold.
  let isClosed: [Bool]
  package let attributes: AttributeTable
  package let layout: TasteLayout
  /// What each block counts.
  package let weights: [BlockName: Float]
  /// People who like each work.
  package let popularity: Popularity
  /// Events of each work in the last days.
  package let recent: [Int]
  /// Rows, those that most people like first; works that nobody likes come last, the newest first.
  package let byPopularity: [Int32]
  /// Rows with recent events, those with most first.
  package let byRecent: [Int32]
  /// A work's blocks one after another; nil where it has none.
  package let signature: @Sendable (Int32) -> [Float]?
  /// Rows of the works nearest to given blocks (one a block of the layout), the nearest first.
  package let nearest: @Sendable (_ blocks: [[Float]?], _ count: Int) throws -> [Int32]

  /// - Parameters:
  ///   - works, attributes, popularity, recent: a row each.
  package init(
    works: [Work?], attributes: AttributeTable, layout: TasteLayout, weights: [BlockName: Float],
    popularity: Popularity, recent: [Int], signature: @escaping @Sendable (Int32) -> [Float]?,
    nearest: @escaping @Sendable (_ blocks: [[Float]?], _ count: Int) throws -> [Int32]
  ) {
    precondition(popularity.counts.count == works.count && recent.count == works.count)
    self.works = works
    isClosed = works.map { $0.map(\.isSold) ?? true }
    self.attributes = attributes
    self.layout = layout
    self.weights = weights
    self.popularity = popularity
    self.recent = recent
    self.signature = signature
    self.nearest = nearest
    let shown = works.indices.filter { works[$0] != nil }
    byPopularity = shown.sorted { (popularity.counts[$1], $1) < (popularity.counts[$0], $0) }.map(Int32.init)
    byRecent = shown.filter { recent[$0] > 0 }.sorted { (recent[$1], $1) < (recent[$0], $0) }.map(Int32.init)
  }

  /// nil for a row that is none, or whose work isn't shown.
  package func work(_ row: Int32) -> Work? {
    row >= 0 && Int(row) < works.count ? works[Int(row)] : nil
  }

  /// A signature by the weights of the shelf, of length 1; nil where there is none.
  package func unit(_ work: Int32) -> [Float]? { signature(work).flatMap(unit(of:)) }

  func unit(of signature: [Float]) -> [Float]? {
    var vector = signature
    for (name, range) in zip(layout.names, layout.ranges) {
      let root = (weights[name] ?? 0).squareRoot()
      for i in range { vector[i] *= root }
    }
    let length = dot(vector.span, vector.span).squareRoot()
    guard length > 0 else { return nil }
    for i in vector.indices { vector[i] /= length }
    return vector
  }
}
