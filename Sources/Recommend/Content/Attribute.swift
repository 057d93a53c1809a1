/// One thing that a catalogue entry says of a work.
package struct Attribute: Hashable, Sendable, Comparable {
  package enum Field: String, CaseIterable, Sendable, Codable {
    case artist, style, genre
    /// Medium or technique.
    case technique
    /// A keyword or tag, or a word of the title or description.
    case word
  }

  package let field: Field
  /// As it is compared: folded by whoever makes it, never empty.
  package let value: String

  package init(_ field: Field, _ value: String) {
    self.field = field
    self.value = value
  }

  package static func < (a: Attribute, b: Attribute) -> Bool {
    (a.field.rawValue, a.value) < (b.field.rawValue, b.value)
  }
}
