package import Kernels

/// Ratings by what the person gave to works that others rate alike, each about the work's mean:
/// `r̂ᵤᵢ = r̄ᵢ + Σ s(i, j)(rᵤⱼ − r̄ⱼ) / Σ s(i, j)` over the k works most alike to i that u rated (Sarwar and others 2001, doi:10.1145/371920.372071; centred as in
/// Koren 2008). A work without neighbours gets its baseline.
package struct ItemNeighbours: RatingPredictor {
  package let scale: RatingScale
  package let baselines: RatingBaselines
  /// Works × works: the works most alike to each, the most alike first.
  package let similar: SparseRows
  /// One a work.
  package let means: [Float]
  package let neighbours: Int
  package let leastNeighbours: Int

  package var workCount: Int { similar.rowCount }

  /// - Throws: `stopped`; `tooLarge` where works × reach is more than 2³¹.
  package init(
    training ratings: Interactions, options: NeighbourOptions = NeighbourOptions(),
    scale: RatingScale = RatingScale(),
    threads: Int = 2, watch: TrainingWatch = TrainingWatch()
  ) throws {
    let baselines = RatingBaselines(ratings)
    var (byWork, byPerson) = (ratings.byWork, ratings.byPerson)
    if options.similarity.measure == .adjustedCosine {
      byWork = byWork.without(columnMeans: byPerson.rowMeans(otherwise: baselines.mean))
      byPerson = byWork.transposed()
    }
    let similar = byWork.similarRows(
      options.similarity.ofRows, byColumn: byPerson, kept: options.reach, threads: threads,
      isStopped: watch.isStopped)
    guard let similar else {
      throw watch.isStopped()
        ? TrainingWatch.stopped
        : RecommendError(.tooLarge, "\(options.reach) neighbours of \(ratings.workCount) works are too many")
    }
    watch.progress(1)
    self.init(
      similar: similar, means: ratings.byWork.rowMeans(otherwise: baselines.mean), baselines: baselines,
      scale: scale,
      neighbours: options.neighbours, leastNeighbours: options.leastNeighbours)
  }

  init(
    similar: SparseRows, means: [Float], baselines: RatingBaselines, scale: RatingScale, neighbours: Int,
    leastNeighbours: Int
  ) {
    (self.similar, self.means, self.baselines, self.scale) = (similar, means, baselines, scale)
    (self.neighbours, self.leastNeighbours) = (neighbours, leastNeighbours)
  }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    let known = history.known(workCount)
    room.clear(works: workCount)
    if known.count <= neighbours {
      Self.collect(known, similar, means, sums: &room.sums, weights: &room.weights, counts: &room.counts)
    } else {
      collectNearest(known, &room)
    }
    let bias = baselines.personBias(known)
    if scores.count != workCount { scores.fill(workCount) }
    for work in 0..<workCount {
      scores[work] =
        room.counts[work] >= leastNeighbours && room.weights[work] > 0
        ? means[work] + room.sums[work] / room.weights[work] : baselines.mean + bias + baselines.works[work]
    }
  }

  package func reasons(for work: Int32, history: History) -> Reasons {
    let known = history.known(workCount)
    let bias = baselines.personBias(known)
    guard work >= 0 && work < workCount else { return Reasons(base: baselines.mean + bias) }
    var numbers: [Int32] = []
    var values: [Float] = []
    for (i, own) in known.works.enumerated() {
      let row = similar.row(Int(own))
      guard let entry = similar.columns[row].firstIndex(of: work) else { continue }
      numbers.append(Int32(i))
      values.append(similar.values[entry])
    }
    let count = keepLargest(neighbours, of: &numbers, &values, in: 0..<numbers.count)
    let weight = values[..<count].reduce(0, +)
    guard count >= leastNeighbours && weight > 0 else {
      return Reasons(base: baselines.mean + bias + baselines.works[Int(work)])
    }
    return Reasons(
      base: means[Int(work)],
      works: (0..<count).map { k in
        let i = Int(numbers[k])
        let own = known.works[i]
        return .init(row: own, share: values[k] * (known.strengths[i] - means[Int(own)]) / weight)
      })
  }

  private static func collect(
    _ history: History, _ similar: SparseRows, _ means: [Float], sums: inout [Float], weights: inout [Float],
    counts: inout [Int32]
  ) {
    for (own, rating) in zip(history.works, history.strengths) {
      let deviation = rating - means[Int(own)]
      for entry in similar.row(Int(own)) {
        let work = Int(similar.columns[entry])
        let similarity = similar.values[entry]
        counts[work] += 1
        sums[work] += similarity * deviation
        weights[work] += similarity
      }
    }
  }

  /// The same where a work has more neighbours in the history than count: they are laid side by side, and the most alike taken.
  private func collectNearest(_ history: History, _ room: inout ScoringRoom) {
    var ends = [Int](repeating: 0, count: workCount + 1)
    for own in history.works {
      for entry in similar.row(Int(own)) { ends[Int(similar.columns[entry]) + 1] += 1 }
    }
    for i in 0..<workCount { ends[i + 1] += ends[i] }
    let total = ends[workCount]
    if room.numbers.count < total {
      room.numbers = [Int32](repeating: 0, count: total)
      room.values = [Float](repeating: 0, count: total)
    }
    var next = ends
    for (i, own) in history.works.enumerated() {
      for entry in similar.row(Int(own)) {
        let work = Int(similar.columns[entry])
        room.numbers[next[work]] = Int32(i)
        room.values[next[work]] = similar.values[entry]
        next[work] += 1
      }
    }
    let deviations = zip(history.works, history.strengths).map { $1 - means[Int($0)] }
    for work in 0..<workCount where ends[work] < ends[work + 1] {
      let count = partLargest(neighbours, of: &room.numbers, &room.values, in: ends[work]..<ends[work + 1])
      var (sum, weight): (Float, Float) = (0, 0)
      for place in ends[work]..<ends[work] + count {
        sum += room.values[place] * deviations[Int(room.numbers[place])]
        weight += room.values[place]
      }
      (room.sums[work], room.weights[work], room.counts[work]) = (sum, weight, Int32(count))
    }
  }
}
