import Kernels

/// Both kinds of neighbours: `λ` of what people of like taste give and `1 − λ` of what works alike give (similarity fusion; Wang, de Vries and
/// Reinders 2006, doi:10.1145/1148170.1148257, reduced to its two main terms). `λ` is the least-squares fit on ratings held back.
package struct CombinedNeighbours: RatingPredictor {
  package let people: UserNeighbours
  package let works: ItemNeighbours
  /// λ, 0…1.
  package let peopleShare: Float

  package var scale: RatingScale { people.scale }
  package var workCount: Int { people.workCount }

  package init(people: UserNeighbours, works: ItemNeighbours, peopleShare: Float) {
    precondition(people.workCount == works.workCount && (0...1).contains(peopleShare))
    (self.people, self.works, self.peopleShare) = (people, works, peopleShare)
  }

  /// - Parameters:
  ///   - seed: says which tenth is held back to fit λ.
  /// - Throws: as `ItemNeighbours`.
  package init(
    training ratings: Interactions, people options: NeighbourOptions = NeighbourOptions(),
    works itemOptions: NeighbourOptions = NeighbourOptions(), scale: RatingScale = RatingScale(),
    seed: UInt64 = 1,
    threads: Int = 2, watch: TrainingWatch = TrainingWatch()
  ) throws {
    let parts = Self.heldBack(ratings, seed: seed)
    let share = try Self.fitted(
      UserNeighbours(parts.kept, options: options, scale: scale),
      ItemNeighbours(
        training: parts.kept, options: itemOptions, scale: scale, threads: threads,
        watch: TrainingWatch(isStopped: watch.isStopped)), parts.held)
    try watch.step(1, of: 2)
    let works = try ItemNeighbours(
      training: ratings, options: itemOptions, scale: scale, threads: threads,
      watch: TrainingWatch(isStopped: watch.isStopped))
    self.init(
      people: UserNeighbours(ratings, options: options, scale: scale), works: works, peopleShare: share)
    watch.progress(1)
  }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    works.score(history, into: &scores, using: &room)
    let byWorks = scores
    people.score(history, into: &scores, using: &room)
    for i in scores.indices { scores[i] = peopleShare * scores[i] + (1 - peopleShare) * byWorks[i] }
  }

  package func reasons(for work: Int32, history: History) -> Reasons {
    let (a, b) = (people.reasons(for: work, history: history), works.reasons(for: work, history: history))
    let rest = 1 - peopleShare
    return Reasons(
      base: peopleShare * a.base + rest * b.base,
      works: b.works.map { .init(row: $0.row, share: rest * $0.share) },
      people: a.people.map { .init(row: $0.row, share: peopleShare * $0.share) })
  }

  private static func heldBack(_ ratings: Interactions, seed: UInt64) -> (
    kept: Interactions, held: Interactions
  ) {
    var random = SplitMix(state: seed)
    let isHeld = (0..<ratings.count).map { _ in random.next() % 10 == 0 }
    return (
      Interactions(byPerson: ratings.byPerson.filtered { !isHeld[$0] }),
      Interactions(byPerson: ratings.byPerson.filtered { isHeld[$0] })
    )
  }

  /// The λ of the least squared error.
  private static func fitted(_ people: UserNeighbours, _ works: ItemNeighbours, _ held: Interactions) -> Float
  {
    var room = ScoringRoom()
    var (byPeople, byWorks): ([Float], [Float]) = ([], [])
    var (product, square) = (0.0, 0.0)
    for person in 0..<held.personCount where !held.byPerson.row(person).isEmpty {
      let history = people.ratings.history(person)
      people.score(history, into: &byPeople, using: &room)
      works.score(history, into: &byWorks, using: &room)
      for entry in held.byPerson.row(person) {
        let work = Int(held.byPerson.columns[entry])
        let apart = Double(byPeople[work] - byWorks[work])
        product += apart * Double(held.byPerson.values[entry] - byWorks[work])
        square += apart * apart
      }
    }
    return square > 0 ? Float(min(1, max(0, product / square))) : 0.5
  }
}
