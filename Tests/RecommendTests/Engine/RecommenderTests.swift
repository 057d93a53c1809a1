import Foundation
import Model
import Recommend
import Testing

/// Lists made of all sources, over twelve works in two families: even rows look alike, and odd rows do.
@Suite("recommender") struct RecommenderTests {
  private static let now = 1_000_000.0
  private static let count: Int32 = 12

  private static func vector(_ row: Int32) -> [Float] {
    let angle = Float(row / 2) * 0.05 + (row.isMultiple(of: 2) ? 0 : Float.pi / 2)
    return [cosf(angle), sinf(angle)]
  }

  private func shelf(
    sold: Set<Int32> = [], prices: [Int32: Double] = [:], likes: [Int] = [Int](repeating: 0, count: 12)
  ) -> Shelf {
    let layout = TasteLayout([BlockDescriptor(name: .colour, version: 1, dimension: 2)])
    return Shelf(
      works: (0..<Self.count).map { row in
        Shelf.Work(
          id: ArtworkID(rawValue: "w\(row)"), facts: .init(price: prices[row]), isSold: sold.contains(row),
          artist: "artist \(row % 3)", style: row.isMultiple(of: 2) ? "even" : "odd")
      },
      attributes: AttributeTable(
        (0..<Self.count).map { [Attribute(.style, $0.isMultiple(of: 2) ? "even" : "odd")] }),
      layout: layout, weights: [.colour: 1], popularity: Popularity(people: 20, counts: likes),
      recent: likes, signature: { $0 < Self.count ? Self.vector($0) : nil },
      nearest: { blocks, most in
        guard let asked = blocks[0] else { return [] }
        func likeness(_ row: Int32) -> Float { zip(asked, Self.vector(row)).reduce(0) { $0 + $1.0 * $1.1 } }
        return Array((0..<Self.count).sorted { (likeness($1), $0) < (likeness($0), $1) }.prefix(most))
      })
  }

  private func visitor(_ likes: [Int32], dislikes: [Int32] = [], events: Int? = nil) -> Visitor {
    var deeds: [Int32: [PreferenceRule.Deed]] = [:]
    for work in likes { deeds[work] = [.init(.like, time: Self.now - 10)] }
    for work in dislikes { deeds[work] = [.init(.dislike, time: Self.now - 10)] }
    return Visitor(deeds, rule: PreferenceRule())
  }

  private func list(
    _ visitor: Visitor, _ strategy: Strategy, _ shelf: Shelf, _ models: TrainedModels = .none,
    count: Int = 12,
    change: (inout Recommender.Terms) -> Void = { _ in }
  ) throws -> [Recommendation] {
    var terms = Recommender.Terms(count: count, now: Self.now)
    change(&terms)
    return try Recommender(shelf, models, halfLife: 90 * 86_400).list(for: visitor, by: strategy, terms)
  }

  private let content = Strategy(name: "content", parts: [.init(.content, weight: 1)])

  @Test func `Works of the family that is liked come first, and none that is known`() throws {
    let works = try list(visitor([0, 2]), content, shelf()).map(\.work)
    #expect(Set(works.prefix(4)) == [4, 6, 8, 10])
    #expect(!works.contains(0) && !works.contains(2))
    #expect(Set(works).count == works.count)
  }

  @Test func `Two loves are both served`() throws {
    let works = try list(visitor([0, 1]), content, shelf(), count: 4).map(\.work)
    #expect(Set(works.map { $0 % 2 }) == [0, 1])
  }

  @Test func `What each source adds comes to the score, and reasons name what is really liked`() throws {
    let strategy = Strategy(
      name: "both", parts: [.init(.content, weight: 1), .init(.attributes, weight: 1)])
    for recommendation in try list(visitor([0]), strategy, shelf()) {
      let sum = recommendation.contributions.values.reduce(0, +)
      #expect(abs(sum - recommendation.score) < 1e-5)
      let shares = recommendation.reasons.said.reduce(recommendation.reasons.unsaid) { $0 + $1.share }
      #expect(abs(shares - 1) < 1e-4)
      for reason in recommendation.reasons.said {
        if case .likedWork(let work, _) = reason.kind { #expect(work == 0) }
      }
    }
  }

  @Test func `Sold works, works beyond the budget and dismissed ones are in no list`() throws {
    var person = visitor([0])
    person.dismissed = [4]
    person.budget = .init(most: 100)
    let prices = Dictionary(uniqueKeysWithValues: (0..<Self.count).map { ($0, $0 == 8 ? 500.0 : 50.0) })
    let works = Set(try list(person, content, shelf(sold: [2], prices: prices)).map(\.work))
    #expect(works.isDisjoint(with: [0, 2, 4, 8]))
    #expect(works.contains(6))
  }

  @Test func `Whoever is new gets what is popular, and somebody who hates everything still a list`() throws {
    var likes = [Int](repeating: 0, count: 12)
    likes[7] = 9
    likes[3] = 5
    let hybrid = try #require(Strategy.usual.first)
    #expect(try list(Visitor(), hybrid, shelf(likes: likes), count: 2).map(\.work) == [7, 3])
    let hater = visitor([], dislikes: (0..<10).map { $0 })
    let left = try list(hater, hybrid, shelf(likes: likes)).map(\.work)
    #expect(Set(left) == [10, 11])
  }

  @Test func `A work liked ten thousand times counts as one that is liked`() throws {
    let deeds = (0..<10_000).map { PreferenceRule.Deed(.like, time: Self.now - Double($0)) }
    let obsessed = Visitor([0: deeds, 1: [.init(.like, time: Self.now)]], rule: PreferenceRule())
    let works = try list(obsessed, content, shelf(), count: 4).map(\.work)
    #expect(works.contains { !$0.isMultiple(of: 2) })
  }

  @Test func `Of a long history there remains what counts most now, of what counts alike the newest`() {
    let half = 90 * 86_400.0
    var visitor = Visitor()
    visitor.preferences = [
      .init(work: 0, value: 1, time: Self.now - 10 * half), .init(work: 1, value: -0.5, time: Self.now),
      .init(work: 2, value: 0.25, time: Self.now), .init(work: 3, value: 0.5, time: Self.now - half),
      .init(work: 4, value: 0.1, time: Self.now),
    ]
    func left(_ count: Int) -> [Int32] {
      visitor.foremost(count, at: Self.now, halfLife: half).map(\.work).sorted()
    }
    #expect(left(1) == [1])
    #expect(left(2) == [1, 2])
    #expect(left(3) == [1, 2, 3])
    #expect(left(4) == [1, 2, 3, 4])
    #expect(left(5) == [0, 1, 2, 3, 4])
  }

  @Test func `What models learn serves people they have never seen, and says nothing of new works`() throws {
    let people = (0..<8).map { person in
      let works: [Int32] = person < 4 ? [0, 3, 6] : [1, 4, 7]
      return (number: Int64(person), preferences: works.map { WorkPreference(work: $0, value: 1, time: 0) })
    }
    let models = try Training.train(
      people, workCount: 12, options: .init(sources: [.items, .als, .bpr, .ease, .people]))
    #expect(Set(models.scorers.keys) == [.items, .als, .bpr, .ease, .people])
    var likes = [Int](repeating: 0, count: 12)
    for person in people { for preference in person.preferences { likes[Int(preference.work)] += 1 } }
    for source in [Source.items, .als, .ease] {
      let strategy = Strategy(name: "one", parts: [.init(source, weight: 1)])
      let found = try list(visitor([0, 3]), strategy, shelf(likes: likes), models, count: 1).map(\.work)
      #expect(found == [6], "\(source)")
    }
    let recommender = Recommender(shelf(likes: likes), models, halfLife: 90 * 86_400)
    let alike = recommender.similarPeople(to: visitor([0, 3, 6]), at: Self.now, most: 3)
    #expect(alike.allSatisfy { $0.person < 4 })
  }

  @Test func `Quotas and conditions hold`() throws {
    var strategy = content
    strategy.mostPerArtist = 1
    let works = try list(visitor([0]), strategy, shelf(), count: 3).map(\.work)
    #expect(Set(works.map { $0 % 3 }).count == 3)
    let odd = try list(visitor([0]), content, shelf()) { $0.filter = { !$0.isMultiple(of: 2) } }
    #expect(odd.allSatisfy { !$0.work.isMultiple(of: 2) })
  }

  @Test func `Each work says what the sources said of it, and silence is told from nothing`() throws {
    var likes = [Int](repeating: 0, count: 12)
    likes[3] = 4
    let strategy = Strategy(
      name: "both",
      parts: [.init(.content, weight: 1), .init(.als, weight: 1), .init(.popularity, weight: 1)])
    let made = try list(visitor([0]), strategy, shelf(likes: likes))
    #expect(made.allSatisfy { Set($0.said.keys) == [.content, .popularity] && $0.newness == 0 })
    let ranked = made.sorted { ($0.said[.content] ?? 0) > ($1.said[.content] ?? 0) }
    #expect(Set(ranked.prefix(5).map(\.work)) == [2, 4, 6, 8, 10])
    #expect(made.max { ($0.said[.popularity] ?? 0) < ($1.said[.popularity] ?? 0) }?.work == 3)
  }

  @Test func `A learned order is the head's, as weighted without one, and adds up to the score`() throws {
    var strategy = Strategy(
      name: "learned", kind: .learned,
      parts: [.init(.content, SourceTrust(weight: 1)), .init(.popularity, SourceTrust(weight: 1))])
    var likes = [Int](repeating: 0, count: 12)
    for row in 1..<12 { likes[row] = row }
    let shelf = shelf(likes: likes)
    let without = try list(visitor([0]), strategy, shelf)
    strategy.kind = .weighted
    #expect(try list(visitor([0]), strategy, shelf) == without)
    strategy.kind = .learned
    let features = FeedbackLearning(strategy).features
    func weighing(_ weights: [Double]) -> TrainedModels {
      TrainedModels(heads: ["learned": RankingHead(features, weights: weights)])
    }
    // Popularity alone decides, then how new a work is.
    let popular = try list(visitor([0]), strategy, shelf, weighing([0, 0, 2, 2, 0]))
    #expect(popular.map(\.work) == (1..<12).reversed().map { Int32($0) })
    let new = try list(visitor([0]), strategy, shelf, weighing([0, 0, 0, 0, 3]))
    #expect(new.map(\.work) == (1..<12).map { Int32($0) })
    for made in try list(visitor([0]), strategy, shelf, weighing([1, 1, 0.5, 0.5, 2])) {
      let sum = made.contributions.values.reduce(made.newness, +)
      #expect(abs(sum - made.score) < 1e-5)
      #expect(made.newness == 2 / Float(1 + likes[Int(made.work)]))
      let shares = made.reasons.said.reduce(made.reasons.unsaid) { $0 + $1.share }
      #expect(abs(shares - 1) < 1e-4)
    }
    // A head for other sources is none.
    let other = RankingHead([.init("x", prior: 1)])
    #expect(
      try list(visitor([0]), strategy, shelf, TrainedModels(heads: ["learned": other])) == without)
  }

  @Test(arguments: [Source.als, .bpr])
  func `Candidates that an index finds make the lists that scoring all works makes`(_ source: Source) throws {
    let people = (0..<40).map { person in
      let works = (0..<Self.count).filter { (Int($0) + person).isMultiple(of: 3) || Int($0) == person % 12 }
      return (number: Int64(person), preferences: works.map { WorkPreference(work: $0, value: 1, time: 0) })
    }
    let models = try Training.train(people, workCount: 12, options: .init(sources: [source]))
    #expect(models.indexes.isEmpty)
    let indexed = models.indexed(threads: 1, from: 1)
    #expect(Set(indexed.indexes.keys) == [source])
    let likes = [Int](repeating: 5, count: 12)
    let strategy = Strategy(name: "one", parts: [.init(source, weight: 1), .init(.content, weight: 1)])
    for liked in [[0], [1, 2], [3, 7, 11]] as [[Int32]] {
      let all = try list(visitor(liked), strategy, shelf(likes: likes), models)
      let found = try list(visitor(liked), strategy, shelf(likes: likes), indexed)
      #expect(all.map(\.work) == found.map(\.work))
      for (a, b) in zip(all, found) { #expect(abs(a.score - b.score) < 1e-4) }
    }
  }
}
