import Catalog
import Model
import Recommend

/// A list of recommendations, as JSON has it.
struct RecommendationsDocument: Codable {
  struct Work: Codable {
    let rank: Int
    let id: String
    @OrNull var title: String?
    @OrNull var artist: String?
    let score: Double
    /// By source.
    let contributions: [String: Double]
    let reasons: [ReasonDocument]
  }

  @OrNull var user: String?
  /// Under which it is kept: events name it. Null for a preview.
  @OrNull var list: Int64?
  let strategy: String
  /// Of what was learnt; null where nothing was.
  @OrNull var generation: Int?
  let results: [Work]

  init(user: String?, _ made: RecommendDesk.Made, cards: [ArtworkID: ArtworkCard]) {
    self.user = user
    list = made.number
    strategy = made.strategy
    generation = made.generation
    let name: ReasonDocument.Naming = { row in
      made.shelf.work(row).map { work in (work.id.rawValue, cards[work.id]?.artwork.title) }
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
        reasons: recommendation.reasons.said.map { ReasonDocument($0, of: artwork, name) })
    }
  }

  /// As the network has it: works with all that a card has.
  func members(cards: [ArtworkID: ArtworkCard]) -> [(name: String, value: JSONNode)] {
    [
      ("user", .text(orNull: user)), ("list", .integer(orNull: list.map { Int($0) })),
      ("strategy", .text(strategy)), ("generation", .integer(orNull: generation)),
      (
        "results",
        .list(
          results.map { work in
            let id = ArtworkID(rawValue: work.id)
            return .object(
              CardDocument(id, cards[id]).members + [
                ("rank", .integer(work.rank)), ("score", .number(work.score)),
                (
                  "contributions",
                  .object(work.contributions.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
                ), ("reasons", .list(work.reasons.map(\.node))),
              ])
          })
      ),
    ]
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
