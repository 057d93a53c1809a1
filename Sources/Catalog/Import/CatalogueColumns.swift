import Model

/// The columns of a catalogue file that have a meaning, as import reads and export writes them.
package enum CatalogueColumns {
  /// In the order in which they are exported.
  package static let known = [
    "id", "file", "title", "artist", "date", "style", "genre", "medium", "description", "tags", "price",
    "currency",
    "availability", "removed",
  ]

  /// The cells of one row, in the order of `known`; empty where there is nothing.
  package static func values(of record: ArtworkRecord, file: String?) -> [String] {
    let artwork = record.artwork
    return [
      artwork.id.rawValue, file, artwork.title, artwork.artist, artwork.date, artwork.style, artwork.genre,
      artwork.medium, artwork.description, artwork.tags, artwork.price.map(Self.decimal), artwork.currency,
      artwork.availability, artwork.removed ? "true" : "false",
    ].map { $0 ?? "" }
  }

  /// `1250`, not `1250.0`: a number comes back as it went in.
  private static func decimal(_ price: Double) -> String {
    price == price.rounded() && price < 1e15 ? String(Int(price)) : String(price)
  }
}
