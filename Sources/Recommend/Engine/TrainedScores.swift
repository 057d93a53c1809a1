import VectorIndex

/// What one model that was learnt from everybody says, for one person.
enum TrainedScores {
  /// Of every work, and which are the best.
  case all([Float], best: [Int32])
  /// Of works as they are asked for; the best were found by an index.
  case some(any FactorScorer, query: [Float], best: [Int32])

  /// nil where there is no such model.
  ///
  /// - Parameters:
  ///   - refused: works that are no candidates, ascending.
  ///   - count: how many of the best; those that score 0 are left out.
  init?(
    _ models: TrainedModels, _ source: Source, _ history: History, _ refused: [Int32], count: Int,
    using room: inout ScoringRoom
  ) {
    guard let model = models.scorers[source] else { return nil }
    if let index = models.indexes[source], let model = model as? any FactorScorer {
      let query = model.query(history)
      let excluded = Set(refused)
      // Works of the history are among the first to be found.
      if let rows = try? index.search(query, k: count + min(refused.count, 8 * count)) {
        let found = rows.filter { !excluded.contains($0) }.sorted()
        let scores = model.scores(of: found, query: query)
        let best = topWorks(scores, count).filter { scores[Int($0)] != 0 }.map { found[Int($0)] }
        self = .some(model, query: query, best: best)
        return
      }
    }
    var scores: [Float] = []
    model.score(history, into: &scores, using: &room)
    self = .all(scores, best: topWorks(scores, count, excluding: refused).filter { scores[Int($0)] != 0 })
  }

  /// Works that could be candidates, the best first.
  var best: [Int32] {
    switch self {
    case .all(_, let best), .some(_, _, let best): best
    }
  }

  var workCount: Int {
    switch self {
    case .all(let scores, _): scores.count
    case .some(let model, _, _): model.workCount
    }
  }

  /// - Parameter known: as many as there are works: nil is said of those that are not, and they may be beyond the model.
  func scores(of works: [Int32], where known: [Bool]) -> [Float?] {
    switch self {
    case .all(let scores, _):
      return works.indices.map { known[$0] ? scores[Int(works[$0])] : nil }
    case .some(let model, let query, _):
      let places = works.indices.filter { known[$0] }
      var scores = [Float?](repeating: nil, count: works.count)
      for (place, score) in zip(places, model.scores(of: places.map { works[$0] }, query: query)) {
        scores[place] = score
      }
      return scores
    }
  }
}
