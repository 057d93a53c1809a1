/// What a catalogue entry says of a work, as far as it goes into the text block.
package struct ArtworkText: Hashable, Sendable {
  package var title, artist, style, genre, medium, tags, description: String?

  package init(
    title: String? = nil, artist: String? = nil, style: String? = nil, genre: String? = nil,
    medium: String? = nil,
    tags: String? = nil, description: String? = nil
  ) {
    self.title = title
    self.artist = artist
    self.style = style
    self.genre = genre
    self.medium = medium
    self.tags = tags
    self.description = description
  }

  /// Names, which say most, first; then what kind of work it is; then what is told of it. Empty fields are left out.
  package var fields: [(text: String, weight: Float)] {
    let all: [(String?, Float)] = [
      (title, 2), (artist, 2), (tags, 1), (style, 1), (genre, 1), (medium, 1), (description, 1),
    ]
    return all.compactMap { field -> (text: String, weight: Float)? in
      guard let text = field.0, text.contains(where: { !$0.isWhitespace }) else { return nil }
      return (text, field.1)
    }
  }

  /// All of it as sentences, for an encoder that reads in order and may stop before the end.
  package var prose: String { fields.map(\.text).joined(separator: ". ") }
}
