import Catalog
import Foundation
import Model
import Recommend

/// Why a work is in a list, as JSON has it: what it is made of, and one sentence for people.
struct ReasonDocument: Codable {
  enum Kind: String, Codable {
    case likedWork = "liked-work"
    case peopleOfWork = "people-of-work"
    case people, statement, attribute, popular, trending
  }

  /// Of a row the work's id and title.
  typealias Naming = (Int32) -> (id: String, title: String?)?

  let kind: Kind
  /// 0…1 of all that speaks for the work.
  let share: Double
  /// The work of the person's that it is about, and its title.
  @OrNull var work: String?
  @OrNull var title: String?
  /// What is alike, by block.
  var blocks: [String: Double] = [:]
  /// What the entries of both works say.
  @OrNull var field: String?
  @OrNull var value: String?
  /// How many people.
  @OrNull var people: Int?
  let text: String

  /// - Parameter artwork: the entry of the work that is recommended.
  init(_ reason: Reason, of artwork: Artwork?, _ naming: Naming) {
    share = reason.share.rounded6
    switch reason.kind {
    case .likedWork(let row, let shares):
      let name = naming(row)
      (kind, work, title) = (.likedWork, name?.id, name?.title)
      blocks = shares.reduce(into: [:]) { $0[$1.block.rawValue] = $1.share.rounded6 }
      let same = shares.prefix(2).map { Self.phrase($0.block) }.joined(separator: " and ")
      let liked = name?.title ?? name?.id ?? "a work"
      text = "because you liked \(liked)" + (same.isEmpty ? "" : ": \(same)")
    case .peopleOfWork(let row):
      let name = naming(row)
      (kind, work, title) = (.peopleOfWork, name?.id, name?.title)
      text = "people who liked \(name?.title ?? name?.id ?? "a work of yours") liked this, too"
    case .people(let others):
      (kind, people) = (.people, others.count)
      text = "\(others.count) people with your taste liked it"
    case .statement: (kind, text) = (.statement, "because of what you say of your taste")
    case .attribute(let attribute):
      let written = Self.written(attribute, artwork)
      (kind, field, value) = (.attribute, attribute.field.rawValue, written)
      text = "because you like \(Self.phrase(attribute.field, written))"
    case .popular: (kind, text) = (.popular, "many people like it")
    case .trending: (kind, text) = (.trending, "many people are looking at it just now")
    }
  }

  var node: JSONNode {
    [
      "kind": .text(kind.rawValue), "share": .number(share), "work": .text(orNull: work),
      "title": .text(orNull: title),
      "blocks": .object(blocks.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) }),
      "field": .text(orNull: field), "value": .text(orNull: value), "people": .integer(orNull: people),
      "text": .text(text),
    ]
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

  /// As the entry writes it, in whose letters nothing is compared.
  private static func written(_ attribute: Attribute, _ artwork: Artwork?) -> String {
    guard let artwork else { return attribute.value }
    let texts: [String?] =
      switch attribute.field {
      case .artist: [artwork.artist]
      case .style: [artwork.style]
      case .genre: [artwork.genre]
      case .technique: [artwork.medium]
      case .word:
        artwork.tags?.split(separator: ";").map { String($0).trimmingCharacters(in: .whitespaces) } ?? []
      }
    return texts.lazy.compactMap { $0 }.first { ShelfMaker.folded($0) == attribute.value } ?? attribute.value
  }

  private static func phrase(_ field: Attribute.Field, _ value: String) -> String {
    switch field {
    case .artist: "works by \(value)"
    case .style: "\(value) works"
    case .genre, .technique: value
    case .word: "works about '\(value)'"
    }
  }
}
