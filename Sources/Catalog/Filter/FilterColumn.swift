/// A column that a filter names, and what is behind it in the catalogue.
struct FilterColumn: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// A column of `artwork` that is compared as it stands.
    case exactText(String)
    /// A column of `artwork` that is compared folded.
    case text(String)
    /// A column of `artwork` that holds a number.
    case number(String)
    case tags
    case date
    /// A column of `file` that holds a number, or a text.
    case fileNumber(String), fileText(String)
    /// The attribute, in every spelling (upper and lower case) that the catalogue has of its name.
    case attribute([String])
  }

  /// The name as the filter has it.
  let name: String
  let kind: Kind

  /// Finds the column without regard to case, or throws ``FilterError/Code/unknownColumn`` with near names.
  init(_ name: String, knownAttributes: Set<String>) throws(FilterError) {
    self.name = name
    let key = name.lowercased()
    if let kind = Self.ofCatalogue[key] {
      self.kind = kind
      return
    }
    let spellings = knownAttributes.filter { $0.lowercased() == key }.sorted()
    guard spellings.isEmpty else {
      kind = .attribute(spellings)
      return
    }
    let near = NearNames.of(name, among: knownAttributes.union(Self.ofCatalogue.keys))
    let hint = near.isEmpty ? "" : "; did you mean " + near.map { "'\($0)'" }.joined(separator: " or ") + "?"
    throw FilterError(.unknownColumn, "no artwork has a column '\(name)'\(hint)", suggestions: near)
  }

  /// The columns that every catalogue has, by their names in a filter.
  private static let ofCatalogue: [String: Kind] = [
    "id": .exactText("id"), "title": .text("title"), "artist": .text("artist"), "date": .date,
    "style": .text("style"), "genre": .text("genre"), "medium": .text("medium"),
    "description": .text("description"), "tags": .tags, "price": .number("price"),
    "currency": .text("currency"), "availability": .text("availability"),
    "width": .fileNumber("width"), "height": .fileNumber("height"), "format": .fileText("format"),
  ]
}
