package import Catalog
import Kernels
package import Model

/// Measures how well works with one label find one another, leave-one-out: each labelled work is a query, all other
/// labelled works are ranked, relevant are those with its label. A work without a partner is no query.
package struct Evaluation {
  /// What is measured: one block, or several with their weights.
  package struct Candidate: Sendable {
    package let name: String
    package let weights: BlockWeights

    package init(name: String, weights: BlockWeights) {
      self.name = name
      self.weights = weights
    }
  }

  private let layout: SignatureLayout
  /// One row a file.
  private var rows: [Float] = []
  /// Row by row: which of `works` it belongs to.
  private var owners: [Int] = []
  private var works: [ArtworkID] = []
  /// Work by work: its reproductions together.
  private var examples: [Example] = []
  /// Work by work: a number for each label.
  private var labels: [Int] = []
  /// Label by label: how many works have it.
  private var labelCounts: [Int] = []

  /// Reads the signatures of all works that have a label.
  package init(
    _ catalog: Catalog, _ descriptors: [BlockDescriptor], labels: [ArtworkID: String]
  ) throws {
    let layout = SignatureLayout(descriptors)
    self.layout = layout
    var numbers: [String: Int] = [:]
    var indices: [ArtworkID: Int] = [:]
    var reproductions: [[[[Float]?]]] = []
    // Works without an image have nothing that a picture could be compared with.
    try SignatureReader(catalog, descriptors).forEach { signature in
      guard signature.fileID != nil, let label = labels[signature.artworkID] else { return }
      let index: Int
      if let known = indices[signature.artworkID] {
        index = known
      } else {
        index = works.count
        indices[signature.artworkID] = index
        works.append(signature.artworkID)
        self.labels.append(numbers[label] ?? numbers.count)
        numbers[label] = self.labels[index]
        reproductions.append([])
      }
      reproductions[index].append(signature.vectors)
      owners.append(index)
      rows += layout.concatenation(signature.vectors)
    }
    examples = reproductions.map { Example(averaging: $0) }
    labelCounts = Array(repeating: 0, count: numbers.count)
    for label in self.labels { labelCounts[label] += 1 }
  }

  /// Labelled works that have been measured.
  package var workCount: Int { works.count }

  /// Their files.
  var fileCount: Int { owners.count }
  /// Which of the works a file belongs to.
  func owner(of file: Int) -> Int { owners[file] }
  /// The number of a work's label.
  func label(of work: Int) -> Int { labels[work] }
  /// How many other works have a work's label.
  func partners(of work: Int) -> Int { labelCounts[labels[work]] - 1 }

  /// Works that have a partner, and so can be asked for: those in `among`, at most `limit`, drawn at random but alike in
  /// every run.
  package func queries(among: Set<ArtworkID>?, limit: Int) -> [Int] {
    var numbers = LinearGenerator(seed: 1874)
    return works.indices.filter { partners(of: $0) > 0 && among?.contains(works[$0]) ?? true }
      .shuffled(using: &numbers).prefix(limit).sorted()
  }

  /// The figures of each candidate over the queries that have what it weighs.
  ///
  /// - Parameter progress: called after each query with the number of queries done.
  package func run(
    _ candidates: [Candidate], queries: [Int], progress: (Int) -> Void = { _ in }
  ) -> [RetrievalMetrics] {
    var metrics = candidates.map { _ in RetrievalMetrics() }
    var scores = [Float](repeating: 0, count: owners.count)
    for (done, query) in queries.enumerated() {
      for index in candidates.indices {
        if score(query, candidates[index].weights, into: &scores) {
          metrics[index].add(ranks: ranks(query, scores))
        }
      }
      progress(done + 1)
    }
    return metrics
  }

  /// False where nothing is known of the query that has a weight.
  func score(_ query: Int, _ weights: BlockWeights, into scores: inout [Float]) -> Bool {
    let blocks = examples[query].vectors.map { vector -> [Float]? in
      guard var vector else { return nil }
      var span = vector.mutableSpan
      normalise(&span)
      return vector
    }
    let vector = layout.weighted(blocks, layout.descriptors.map { weights[$0.name] })
    guard vector.contains(where: { $0 != 0 }) else { return false }
    var out = scores.mutableSpan
    matrixVector(rows.span, vector.span, into: &out)
    return true
  }

  /// Where the relevant works stand among all others; works with equal scores in the order of the catalogue.
  private func ranks(_ query: Int, _ scores: [Float]) -> [Int] {
    var best = [Float](repeating: -.infinity, count: works.count)
    for (row, owner) in owners.enumerated() { best[owner] = max(best[owner], scores[row]) }
    let order = works.indices.filter { $0 != query }.sorted { (best[$0], $1) > (best[$1], $0) }
    return zip(1..., order).filter { labels[$0.1] == labels[query] }.map(\.0)
  }
}
