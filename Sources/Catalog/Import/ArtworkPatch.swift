import Foundation
import Model

/// What one catalogue row says about an artwork: only the columns that the file has, an empty cell clearing.
struct ArtworkPatch {
  /// Why a row can't be taken.
  struct Fault: Error {
    let reason: String
  }

  /// Something in the row was kept as written without being understood.
  private(set) var doubts: [String] = []
  private var texts: [(any WritableKeyPath<Artwork, String?> & Sendable, String?)] = []
  private var date: (text: String?, years: YearRange?)?
  private var price: Double??
  private var removed: Bool?
  /// By column name as the header has it; nil clears.
  private(set) var attributes: [String: String?] = [:]

  init(row: CSVRow) throws(Fault) {
    for (name, field) in zip(row.header.names, row.fields) {
      let value = field.allSatisfy(\.isWhitespace) ? nil : field
      switch name.lowercased() {
      case "id", "file": break
      case "date": readDate(value)
      case "price": price = try Self.price(value)
      case "removed": removed = try Self.truth(value)
      case let column:
        if column == "tags" {
          texts.append((\.tags, value.flatMap(Self.tags)))
        } else if let text = Self.textColumns[column] {
          texts.append((text, value))
        } else {
          attributes[name] = .some(value)
        }
      }
    }
  }

  /// Changes the artwork as the row says; the attributes are the caller's to store.
  func apply(to artwork: inout Artwork) {
    for (column, value) in texts { artwork[keyPath: column] = value }
    if let date {
      artwork.date = date.text
      artwork.dateEarliest = date.years?.earliest
      artwork.dateLatest = date.years?.latest
    }
    if let price { artwork.price = price }
    if let removed { artwork.removed = removed }
  }

  private static let textColumns: [String: any WritableKeyPath<Artwork, String?> & Sendable] = [
    "title": \.title, "artist": \.artist, "style": \.style, "genre": \.genre, "medium": \.medium,
    "description": \.description, "currency": \.currency, "availability": \.availability,
  ]

  private mutating func readDate(_ text: String?) {
    let years = text.flatMap { YearReader().read($0) }
    if let text, years == nil, !Self.saysUndated(text) {
      doubts.append("the date '\(text)' is kept as written, but no year could be read from it")
    }
    date = (text, years)
  }

  /// Joined by semicolons without blanks, as filters expect them; nil where there is none.
  private static func tags(_ text: String) -> String? {
    let tags = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      !$0.isEmpty
    }
    return tags.isEmpty ? nil : tags.joined(separator: ";")
  }

  /// The usual ways of writing that there is no date.
  private static func saysUndated(_ text: String) -> Bool {
    ["n.d.", "n. d.", "nd", "s.d.", "s. d.", "o. j.", "o.j.", "undated", "unknown", "-", "?"].contains(
      text.trimmingCharacters(in: .whitespaces).lowercased())
  }

  private static func price(_ text: String?) throws(Fault) -> Double? {
    guard let text else { return nil }
    let trimmed = text.trimmingCharacters(in: .whitespaces)
    guard let number = Double(trimmed), number.isFinite, number >= 0,
      trimmed.allSatisfy({ $0.isNumber || $0 == "." })
    else { throw Fault(reason: "the price '\(text)' is no number such as 1250 or 1250.50") }
    return number
  }

  private static func truth(_ text: String?) throws(Fault) -> Bool {
    switch text?.trimmingCharacters(in: .whitespaces).lowercased() {
    case nil, "false", "no", "0": return false
    case "true", "yes", "1": return true
    case let other?: throw Fault(reason: "'\(other)' in the column removed is neither true nor false")
    }
  }
}
