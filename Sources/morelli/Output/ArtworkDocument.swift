import Catalog
import Foundation
import Model
import Platform

/// A work as JSON has it, in `show` and in `export catalog --format jsonl`.
struct ArtworkDocument: Encodable {
  struct File: Encodable {
    let path, format, sha256: String
    let pictureHash: String
    let width, height, bytes: Int
    let palette: [Swatch]

    enum CodingKeys: String, CodingKey {
      case path, format, sha256, width, height, bytes, palette
      case pictureHash = "picture_sha256"
    }
  }

  struct Swatch: Encodable {
    /// `#rrggbb`.
    let colour: String
    /// 0…1.
    let share: Double

    init(_ swatch: Palette.Swatch) {
      colour = swatch.hexadecimal
      share = swatch.share.rounded6
    }
  }

  let id: String
  @OrNull var title: String?
  @OrNull var artist: String?
  @OrNull var date: String?
  @OrNull var style: String?
  @OrNull var genre: String?
  @OrNull var medium: String?
  @OrNull var description: String?
  /// The years that the date can mean.
  @OrNull var years: [Int?]?
  let tags: [String]
  @OrNull var price: Double?
  @OrNull var currency: String?
  @OrNull var availability: String?
  let removed: Bool
  let attributes: [String: String]
  let aliases: [String]
  let files: [File]

  static func tags(of artwork: Artwork) -> [String] {
    (artwork.tags ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      !$0.isEmpty
    }
  }

  init(_ record: ArtworkRecord) {
    let artwork = record.artwork
    id = artwork.id.rawValue
    title = artwork.title
    artist = artwork.artist
    date = artwork.date
    years =
      artwork.dateEarliest == nil && artwork.dateLatest == nil
      ? nil : [artwork.dateEarliest, artwork.dateLatest]
    style = artwork.style
    genre = artwork.genre
    medium = artwork.medium
    description = artwork.description
    tags = Self.tags(of: artwork)
    price = artwork.price
    currency = artwork.currency
    availability = artwork.availability
    removed = artwork.removed
    attributes = record.attributes
    aliases = record.aliases.map(\.rawValue)
    files = record.files.map { file in
      File(
        path: file.path.displayName, format: file.format, sha256: file.contentHash.hexadecimal,
        pictureHash: file.pictureHash.hexadecimal, width: file.width, height: file.height,
        bytes: file.seen.size,
        palette: (file.id.flatMap { record.palettes[$0] }?.swatches ?? []).map(Swatch.init))
    }
  }
}
