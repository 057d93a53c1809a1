import Catalog
import IIIF
import Model
import Platform
import SystemPackage

extension DescribedWork {
  /// What the catalogue says of a work, without a page of its own.
  init(_ record: ArtworkRecord) {
    let artwork = record.artwork
    let years = YearRange(earliest: artwork.dateEarliest, latest: artwork.dateLatest)
    self.init(
      id: artwork.id, title: artwork.title, artist: artwork.artist, date: artwork.date, years: years,
      style: artwork.style, genre: artwork.genre, medium: artwork.medium, description: artwork.description,
      tags: (artwork.tags ?? "").split(separator: ";").map(String.init),
      attributes: record.attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      files: record.files.filter { $0.missingSince == nil }.compactMap(DescribedFile.init))
  }
}

extension DescribedFile {
  /// nil for a file that has no number yet.
  init?(_ file: ArtworkFile) {
    guard let id = file.id, file.width > 0, file.height > 0 else { return nil }
    self.init(id: id, width: file.width, height: file.height, name: file.path.lastComponent?.string)
  }
}
