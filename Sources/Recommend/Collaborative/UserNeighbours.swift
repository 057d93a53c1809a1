import Kernels

/// Ratings by people of like taste, each about their own mean (Resnick and others 1994, doi:10.1145/192844.192905):
/// `r̂ᵤᵢ = r̄ᵤ + Σ s(u, v)(rᵥᵢ − r̄ᵥ) / Σ s(u, v)` over the k people most alike to u who rated i.
///
/// Nothing is learned before it is asked for: a history is compared with everybody as it stands, so that a rating counts at once.
/// A work without neighbours gets its baseline.
package struct UserNeighbours: RatingPredictor {
  package let ratings: Interactions
  package let options: NeighbourOptions
  package let scale: RatingScale
  package let baselines: RatingBaselines
  /// One a person.
  private let means: [Float]
  /// What histories are compared with, and what is taken off a rating of each work before.
  private let compared: SparseRows
  private let offsets: [Float]

  package var workCount: Int { ratings.workCount }

  package init(
    _ ratings: Interactions, options: NeighbourOptions = NeighbourOptions(),
    scale: RatingScale = RatingScale()
  ) {
    self.ratings = ratings
    self.options = options
    self.scale = scale
    baselines = RatingBaselines(ratings)
    means = ratings.byPerson.rowMeans(otherwise: baselines.mean)
    if options.similarity.measure == .adjustedCosine {
      offsets = ratings.byWork.rowMeans(otherwise: baselines.mean)
      let table = ratings.byWork
      var values = table.values
      for i in 0..<table.rowCount { for entry in table.row(i) { values[entry] -= offsets[i] } }
      compared = table.with(values: values)
    } else {
      offsets = []
      compared = ratings.byWork
    }
  }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    let known = history.known(workCount)
    findNeighbours(known, &room.similar)
    if room.cells.count == workCount {
      for work in 0..<workCount { room.cells[work] = ScoringRoom.Cell() }
    } else {
      room.cells = [ScoringRoom.Cell](repeating: ScoringRoom.Cell(), count: workCount)
    }
    Self.collect(
      room.similar, ratings.byPerson, means, most: Int32(options.neighbours), into: &room.cells)
    finish(known, room.cells, into: &scores)
  }

  package func reasons(for work: Int32, history: History) -> Reasons {
    reasons(for: [work], history: history)[0]
  }

  package func reasons(for works: [Int32], history: History) -> [Reasons] {
    let known = history.known(workCount)
    var room = RowSimilarity.Room()
    findNeighbours(known, &room)
    var shares = [[(person: Int32, product: Float)]](repeating: [], count: works.count)
    var weights = [Float](repeating: 0, count: works.count)
    // Person by person, so that what somebody rated is looked through while it is at hand.
    for i in 0..<room.count {
      let person = Int(room.rows[i])
      let similarity = room.similarities[i]
      for (place, work) in works.enumerated() where shares[place].count < options.neighbours {
        guard let entry = ratings.byPerson.place(of: work, inRow: person) else { continue }
        shares[place].append((room.rows[i], similarity * (ratings.byPerson.values[entry] - means[person])))
        weights[place] += similarity
      }
    }
    return works.indices.map { place in
      let work = Int(works[place])
      guard work >= 0 && work < workCount, shares[place].count >= options.leastNeighbours else {
        return Reasons(base: fallback(work, bias: baselines.personBias(known)))
      }
      return Reasons(
        base: Self.mean(known),
        people: shares[place].map { Reasons.Share(row: $0.person, share: $0.product / weights[place]) })
    }
  }

  /// The people of the table most alike to a history, the most alike first, likenesses above 0.
  package func similarPeople(_ history: History, most: Int) -> [(person: Int32, similarity: Float)] {
    var room = RowSimilarity.Room()
    findNeighbours(history.known(workCount), &room)
    return (0..<min(most, room.count)).map { (room.rows[$0], room.similarities[$0]) }
  }

  private func findNeighbours(_ history: History, _ room: inout RowSimilarity.Room) {
    let values =
      offsets.isEmpty
      ? history.strengths : zip(history.works, history.strengths).map { $1 - offsets[Int($0)] }
    room.compare(history.works.span, values.span, with: compared, by: options.similarity.ofRows)
    room.keepLargest(options.reach)
  }

  /// The most alike come first, so that the first k who rated a work are its neighbours.
  private static func collect(
    _ similar: RowSimilarity.Room, _ ratings: SparseRows, _ means: [Float], most: Int32,
    into cells: inout [ScoringRoom.Cell]
  ) {
    var cells = cells.mutableSpan
    let (columns, values) = (ratings.columns.span, ratings.values.span)
    for i in 0..<similar.count {
      let person = Int(similar.rows[i])
      let similarity = similar.similarities[i]
      let mean = means[person]
      for entry in ratings.row(person) {
        let work = Int(columns[entry])
        var cell = cells[work]
        guard cell.count < most else { continue }
        cell.count += 1
        cell.sum += similarity * (values[entry] - mean)
        cell.weight += similarity
        cells[work] = cell
      }
    }
  }

  private func finish(_ history: History, _ cells: [ScoringRoom.Cell], into scores: inout [Float]) {
    let mean = Self.mean(history)
    let bias = baselines.personBias(history)
    if scores.count != workCount { scores.fill(workCount) }
    let least = Int32(clamping: options.leastNeighbours)
    for work in 0..<workCount {
      let cell = cells[work]
      scores[work] =
        cell.count >= least && cell.weight > 0
        ? mean + cell.sum / cell.weight : baselines.mean + bias + baselines.works[work]
    }
  }

  private func fallback(_ work: Int, bias: Float) -> Float {
    baselines.mean + bias + (baselines.works.indices.contains(work) ? baselines.works[work] : 0)
  }

  private static func mean(_ history: History) -> Float {
    Float(history.strengths.reduce(0) { $0 + Double($1) } / Double(max(1, history.count)))
  }
}

extension SparseRows {
  /// Where a column is in a row whose columns rise; nil where it isn't.
  fileprivate func place(of column: Int32, inRow row: Int) -> Int? {
    var (low, high) = (Int(offsets[row]), Int(offsets[row + 1]))
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < column { low = middle + 1 } else { high = middle }
    }
    return low < end && columns[low] == column ? low : nil
  }
}
