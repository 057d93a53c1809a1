import Catalog
import Model
import Recommend

/// A list of recommendations, as JSON has it.
struct RecommendationsDocument: Encodable {
  struct Work: Encodable {
    let rank: Int
    let id: String
    @OrNull var title: String?
    @OrNull var artist: String?
    let score: Double
    /// By source.
    let contributions: [String: Double]
    let reasons: [ReasonDocument]
  }

  struct ReasonDocument: Encodable {
    let kind: String
    /// 0…1 of all that speaks for the work.
    let share: Double
    /// The work of the person's that it is about.
    @OrNull var work: String?
    /// What is alike, by block.
    let blocks: [String: Double]
    /// One sentence.
    let text: String
  }

  @OrNull var user: String?
  let list: Int64
  let strategy: String
  /// Of what was learnt; null where nothing was.
  @OrNull var generation: Int?
  let results: [Work]

  init(
    user: String?, list: Int64, _ made: RecommendDesk.Made, generation: Int?, cards: [ArtworkID: ArtworkCard]
  ) {
    self.user = user
    self.list = list
    strategy = made.strategy
    self.generation = generation
    func name(_ row: Int32) -> (id: String, title: String)? {
      made.shelf.work(row).map { work in (work.id.rawValue, cards[work.id]?.artwork.title ?? work.id.rawValue)
      }
    }
    results = made.recommendations.enumerated().compactMap { place, recommendation in
      guard let work = made.shelf.work(recommendation.work) else { return nil }
      let artwork = cards[work.id]?.artwork
      return Work(
        rank: place + 1, id: work.id.rawValue, title: artwork?.title, artist: artwork?.artist,
        score: recommendation.score.rounded6,
        contributions: recommendation.contributions.reduce(into: [:]) {
          $0[$1.key.rawValue] = $1.value.rounded6
        },
        reasons: recommendation.reasons.said.map { Self.reason($0, name) })
    }
  }

  private static func reason(_ reason: Reason, _ name: (Int32) -> (id: String, title: String)?)
    -> ReasonDocument
  {
    var work: String?
    var blocks: [String: Double] = [:]
    let (kind, text): (String, String)
    switch reason.kind {
    case .likedWork(let row, let shares):
      work = name(row)?.id
      blocks = shares.reduce(into: [:]) { $0[$1.block.rawValue] = $1.share.rounded6 }
      let same = shares.prefix(2).map { phrase($0.block) }
      let title = name(row)?.title ?? "a work"
      (kind, text) = (
        "liked-work",
        same.isEmpty
          ? "because you liked \(title)" : "because you liked \(title): \(same.joined(separator: " and "))"
      )
    case .peopleOfWork(let row):
      work = name(row)?.id
      (kind, text) = (
        "people-of-work", "people who liked \(name(row)?.title ?? "a work of yours") liked this, too"
      )
    case .people(let people):
      (kind, text) = ("people", "\(people.count) people with your taste liked it")
    case .statement: (kind, text) = ("statement", "because of what you say of your taste")
    case .attribute(let attribute):
      (kind, text) = ("attribute", "because you like \(phrase(attribute))")
    case .popular: (kind, text) = ("popular", "many people like it")
    case .trending: (kind, text) = ("trending", "many people are looking at it just now")
    }
    return ReasonDocument(
      kind: kind, share: reason.share.rounded6, work: work, blocks: blocks, text: text)
  }

  private static func phrase(_ block: BlockName) -> String {
    switch block {
    case .colour, .palette: "the same colours"
    case .texture: "the same brushwork"
    case .shape: "the same forms"
    case .text: "the same is said of it"
    default: "it looks alike"
    }
  }

  private static func phrase(_ attribute: Attribute) -> String {
    switch attribute.field {
    case .artist: "works by \(attribute.value)"
    case .style: "\(attribute.value) works"
    case .genre, .technique: attribute.value
    case .word: "works about '\(attribute.value)'"
    }
  }
}

extension RecommendDesk.Made {
  /// The works that it names: those of the list and those of its reasons, as `Catalog.cards` takes them.
  var named: [ArtworkID: Int64?] {
    let given = recommendations.flatMap { recommendation in
      recommendation.reasons.said.compactMap { reason -> Int32? in
        switch reason.kind {
        case .likedWork(let row, _), .peopleOfWork(let row): row
        default: nil
        }
      }
    }
    return (recommendations.map(\.work) + given).reduce(into: [:]) { named, row in
      if let id = shelf.work(row)?.id { named[id] = .some(nil) }
    }
  }
}
