import Kernels
import Model

extension Evaluation {
  /// What each query's blocks have with those of all files: cosines, for weights to be tried on.
  struct BlockScores {
    /// Works that are asked for, in the order of the queries.
    let queries: [Int]
    /// queries × files × blocks.
    let cosines: [Float]
    let blocks: Int
  }

  /// Queries whose block scores fit a memory of 400 megabytes, at least 50.
  package func tunableQueries(_ blocks: Int) -> Int { max(50, 100_000_000 / max(1, fileCount * blocks)) }

  func scores(_ names: [BlockName], queries: [Int]) -> BlockScores {
    let files = fileCount
    var cosines = [Float](repeating: 0, count: queries.count * files * names.count)
    var scores = [Float](repeating: 0, count: files)
    for (q, query) in queries.enumerated() {
      for (b, name) in names.enumerated() where score(query, .only(name), into: &scores) {
        for file in 0..<files { cosines[(q * files + file) * names.count + b] = scores[file] }
      }
    }
    return BlockScores(queries: queries, cosines: cosines, blocks: names.count)
  }

  /// For each query one of `count` parts, works with one label in the same part.
  func folds(_ queries: [Int], count: Int) -> [Int] { queries.map { label(of: $0) % count } }

  /// - Parameters:
  ///   - weights: one a block of the scores.
  ///   - chosen: places in the queries of the scores.
  func meanAveragePrecisionAt10(_ weights: [Float], _ scores: BlockScores, _ chosen: [Int]) -> Double {
    guard !chosen.isEmpty else { return 0 }
    return chosen.reduce(0) { $0 + averagePrecisionAt10(weights, scores, $1) } / Double(chosen.count)
  }

  private func averagePrecisionAt10(_ weights: [Float], _ scores: BlockScores, _ place: Int) -> Double {
    let (files, blocks, query) = (fileCount, scores.blocks, scores.queries[place])
    let cosines = scores.cosines.span
    // The ten best works so far, each by its best file, best first.
    var top: [(score: Float, work: Int)] = []
    for file in 0..<files {
      let work = owner(of: file)
      if work == query { continue }
      var score: Float = 0
      let start = (place * files + file) * blocks
      for b in 0..<blocks { score += weights[b] * cosines[start + b] }
      if top.count == 10, score <= top[9].score { continue }
      if let known = top.firstIndex(where: { $0.work == work }) {
        if top[known].score >= score { continue }
        top.remove(at: known)
      }
      top.insert((score, work), at: top.firstIndex { $0.score < score } ?? top.count)
      if top.count > 10 { top.removeLast() }
    }
    var (right, sum) = (0, 0.0)
    for (rank, entry) in zip(1..., top) where label(of: entry.work) == label(of: query) {
      right += 1
      sum += Double(right) / Double(rank)
    }
    return sum / Double(min(10, partners(of: query)))
  }
}
