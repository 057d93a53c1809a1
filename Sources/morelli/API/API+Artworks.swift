import Catalog
import Foundation
import Model
import Server

// MARK: Works: listing, reading, changing

extension API {
  var artworkEndpoints: [Endpoint] {
    [listArtworks, getArtwork, patchArtwork, deleteArtwork, restoreArtwork]
  }

  private static let pageSize = 50
  private static let longestPage = 500

  private var listArtworks: Endpoint {
    Endpoint(.get, "/v1/artworks", query: ["filter", "text", "sort", "limit", "after"]) { call in
      let start = ContinuousClock.now
      let filter = try self.filter(call)
      let text = try call.query.text("text")
      let words = text.flatMap { WordQuery($0) }
      guard text == nil || words != nil else {
        throw Problem.unclear("there is no word to look for in '\(text?.prefix(80) ?? "")'")
      }
      if words != nil, try catalog.staleWords() > 0 { try catalog.refreshWords() }
      let order = try Self.order(call.query.value("sort") ?? "-added")
      let limit = try call.query.integer("limit", in: 1...Self.longestPage) ?? Self.pageSize
      let place = try call.query.text("after").map(Self.place)
      let page = try asked {
        try catalog.list(order, among: filter, words: words, after: place, limit: limit)
      }
      let cards = try catalog.cards(page.ids.reduce(into: [:]) { $0[$1] = .some(nil) })
      let total = try summaries.total(
        of: "\(call.query.text("filter") ?? "")\u{0}\(text ?? "")",
        counting: { try self.asked { try catalog.count(among: filter, words: words) } })
      return .document([
        "artworks": .list(
          page.ids.compactMap { id in cards[id].map { .object(CardDocument(id, $0).members) } }),
        "next": .text(orNull: page.next.map(Self.cursor)), "total": .integer(total),
        "took_ms": .number(Self.milliseconds(since: start)),
        "generation": .integer(orNull: collection.state.generation),
      ])
    }
  }

  private static func order(_ text: String) throws(Problem) -> ListOrder {
    let isDescending = text.hasPrefix("-")
    guard let column = ListOrder.Column(rawValue: String(text.dropFirst(isDescending ? 1 : 0))) else {
      let known = ListOrder.Column.allCases.map(\.rawValue).joined(separator: ", ")
      throw .unclear("'sort' is one of \(known), with - in front for the other way round")
    }
    return ListOrder(column, isDescending: isDescending)
  }

  private static func cursor(_ place: ListPlace) -> String {
    (try? JSONEncoder().encode(place)).map { data in
      data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    } ?? ""
  }

  private static func place(_ cursor: String) throws(Problem) -> ListPlace {
    var text = cursor.replacing("-", with: "+").replacing("_", with: "/")
    text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: text),
      let place = try? JSONDecoder().decode(ListPlace.self, from: data)
    else { throw .unclear("'after' is not what 'next' of a page was") }
    return place
  }

  private var getArtwork: Endpoint {
    Endpoint(.get, "/v1/artworks/{id}") { call in try .document(WorkDocument(work(call.part("id"))).node) }
  }

  private var patchArtwork: Endpoint {
    Endpoint(.patch, "/v1/artworks/{id}", scope: .write, content: .document(limit: 1 << 20)) { call in
      let id = try work(call.part("id")).artwork.id
      let change = try ArtworkChange(call.body)
      let refusal = try catalog.change(id, change.cells)
      if let refusal { throw Problem.unclear(refusal) }
      return try .document(WorkDocument(work(id.rawValue)).node)
    }
  }

  private var deleteArtwork: Endpoint {
    Endpoint(.delete, "/v1/artworks/{id}", scope: .write) { call in
      _ = try catalog.setRemoved(true, [work(call.part("id")).artwork.id])
      return Reply(.nothing, status: 204)
    }
  }

  private var restoreArtwork: Endpoint {
    Endpoint(.post, "/v1/artworks/{id}/restore", scope: .write) { call in
      let id = try work(call.part("id")).artwork.id
      _ = try catalog.setRemoved(false, [id])
      return try .document(WorkDocument(work(id.rawValue)).node)
    }
  }
}

/// What is to be changed of a work's entry: only the columns that are named, null clearing.
struct ArtworkChange {
  /// By column, as a catalogue file has them.
  private(set) var cells: [String: String] = [:]

  private static let texts: Set<String> = [
    "title", "artist", "date", "style", "genre", "medium", "description", "currency", "availability",
  ]
  private static let longest = 100_000

  /// - Throws: `Problem` (400) that names the column.
  init(_ body: Data) throws(Problem) {
    guard let fields = try? JSONDecoder().decode([String: JSONValue].self, from: body) else {
      throw .unclear("an object with the columns that change is expected")
    }
    guard !fields.isEmpty else { throw .unclear("no column is named") }
    for (name, value) in fields {
      switch (name, value) {
      case ("attributes", .object(let attributes)): try take(attributes)
      case ("tags", .list(let tags)): cells["tags"] = try Self.tags(tags)
      case ("tags", .null), ("price", .null): cells[name] = ""
      case ("price", .number(let price)):
        guard price >= 0, price < 1e15 else { throw .unclear("the price is not 0 or more") }
        cells["price"] = price == price.rounded() ? String(Int(price)) : Decimal(price).description
      case (let name, .text(let text)) where Self.texts.contains(name):
        cells[name] = try Self.checked(text, name)
      case (let name, .null) where Self.texts.contains(name): cells[name] = ""
      case (let name, _):
        let known = Self.texts.union(["tags", "price", "attributes"])
        throw .unclear(
          known.contains(name)
            ? "the value of '\(name)' is of another kind than it should be"
            : "there is no column '\(name.prefix(80))' to change; attributes stand under 'attributes'")
      }
    }
  }

  private mutating func take(_ attributes: [String: JSONValue]) throws(Problem) {
    for (name, value) in attributes {
      let isName =
        !name.isEmpty && name.utf8.count <= 200
        && name == name.trimmingCharacters(in: .whitespacesAndNewlines)
        && !CatalogueColumns.known.contains(name.lowercased())
        && !name.unicodeScalars.contains { $0.value < 32 }
      guard isName else { throw .unclear("'\(name.prefix(80))' can't be the name of an attribute") }
      switch value {
      case .text(let text): cells[name] = try Self.checked(text, name)
      case .null: cells[name] = ""
      default: throw .unclear("the attribute '\(name)' is text or null")
      }
    }
  }

  private static func tags(_ tags: [JSONValue]) throws(Problem) -> String {
    var texts: [String] = []
    for tag in tags {
      guard case .text(let text) = tag, !text.contains(";") else {
        throw .unclear("tags are texts without semicolons")
      }
      texts.append(try checked(text, "tags"))
    }
    return texts.joined(separator: ";")
  }

  private static func checked(_ text: String, _ name: String) throws(Problem) -> String {
    guard text.utf8.count <= longest, !text.unicodeScalars.contains(where: { $0.value == 0 }) else {
      throw .unclear("the text of '\(name)' is too long, or holds a null character")
    }
    return text
  }
}

/// Any JSON value.
enum JSONValue: Decodable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}
