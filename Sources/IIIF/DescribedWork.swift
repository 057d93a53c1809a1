package import Model

/// What the catalogue says of a work, as far as IIIF and Linked Art documents show it.
package struct DescribedWork: Equatable, Sendable {
  package var id: ArtworkID
  package var title, artist: String?
  /// As written.
  package var date: String?
  /// What `date` can mean.
  package var years: YearRange?
  package var style, genre, medium, description: String?
  package var tags: [String]
  /// In the order in which they are shown. See `credit` and `rights` for those that have a meaning here.
  package var attributes: [(name: String, value: String)]
  /// The reproductions that are there, in order.
  package var files: [DescribedFile]
  /// The page on which people look at the work, if there is one.
  package var homepage: String?

  package init(
    id: ArtworkID, title: String? = nil, artist: String? = nil, date: String? = nil, years: YearRange? = nil,
    style: String? = nil, genre: String? = nil, medium: String? = nil, description: String? = nil,
    tags: [String] = [], attributes: [(name: String, value: String)] = [], files: [DescribedFile] = [],
    homepage: String? = nil
  ) {
    self.id = id
    self.title = title
    self.artist = artist
    self.date = date
    self.years = years
    self.style = style
    self.genre = genre
    self.medium = medium
    self.description = description
    self.tags = tags
    self.attributes = attributes
    self.files = files
    self.homepage = homepage
  }

  package static func == (a: DescribedWork, b: DescribedWork) -> Bool {
    (a.id, a.title, a.artist, a.date, a.years) == (b.id, b.title, b.artist, b.date, b.years)
      && (a.style, a.genre, a.medium, a.description) == (b.style, b.genre, b.medium, b.description)
      && (a.tags, a.files, a.homepage) == (b.tags, b.files, b.homepage)
      && a.attributes.elementsEqual(b.attributes, by: ==)
  }
}

/// One reproduction of a work.
package struct DescribedFile: Hashable, Sendable {
  /// The catalogue's number, the image service's identifier.
  package var id: Int64
  /// Upright, in pixels, 1 or more.
  package var width, height: Int
  /// The file's name without its folder, for people who have several.
  package var name: String?

  package init(id: Int64, width: Int, height: Int, name: String? = nil) {
    precondition(width > 0 && height > 0)
    self.id = id
    self.width = width
    self.height = height
    self.name = name
  }
}

extension DescribedWork {
  /// The title, else the id: every document needs a name.
  var name: String { text(title) ?? id.rawValue }

  /// The attribute `credit`, `credit line` or `credit_line`.
  var credit: String? { attribute(["credit", "credit line", "credit_line"]) }

  /// The statement that the attribute `rights`, `license` or `licence` names.
  var rights: RightsStatement? { attribute(Self.rightsNames).flatMap(RightsStatement.init) }

  /// Attributes whose values are shown as they are.
  var otherAttributes: [(name: String, value: String)] {
    attributes.filter { name, value in
      let key = name.lowercased()
      if Self.rightsNames.contains(key) { return rights == nil && text(value) != nil }
      return !["credit", "credit line", "credit_line"].contains(key) && text(value) != nil
    }
  }

  private static let rightsNames = ["rights", "license", "licence"]

  private func attribute(_ names: [String]) -> String? {
    for name in names {
      for attribute in attributes where attribute.name.lowercased() == name {
        if let value = text(attribute.value) { return value }
      }
    }
    return nil
  }

  /// nil for what says nothing.
  func text(_ value: String?) -> String? {
    guard let value, value.contains(where: { !$0.isWhitespace }) else { return nil }
    return value
  }
}
