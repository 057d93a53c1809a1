import Catalog
import Foundation
import Model
import Platform
import Search

/// Proposals of duplicates, as JSON has them.
struct DuplicatesDocument: Encodable {
  /// Works that proposals hold together.
  struct Group: Encodable {
    /// Of the weakest proposal that the group needs to hold together.
    let tier: String
    let files: [File]
    /// The surest first.
    let pairs: [Pair]
  }

  struct File: Encodable {
    /// Whose it is.
    let id: String
    let file: String
    @OrNull var title: String?
    @OrNull var artist: String?
    @OrNull var date: String?
    let format: String
    let width, height, bytes: Int
  }

  struct Pair: Encodable {
    let tier: String
    /// Places in the group's `files`, from 0.
    let files: [Int]
    /// 1 for the same picture; proposals begin at 0.6.
    let similarity: Double
    /// null for the same bytes, which need no evidence.
    @OrNull var evidence: Evidence?
  }

  struct Evidence: Encodable {
    /// Left and right are exchanged.
    let mirrored: Bool
    /// Degrees, to the nearest tenth.
    let rotation: Double
    /// Mean differences: of luma in levels of 255, of a* and b* in CIELAB's units.
    let lumaDifference, chromaDifference: Double

    enum CodingKeys: String, CodingKey {
      case mirrored, rotation
      case lumaDifference = "luma_difference"
      case chromaDifference = "chroma_difference"
    }
  }

  let groups: [Group]
  /// Pairs by tier; every tier that was asked for has a number.
  let pairs: [String: Int]
  @OrNull var filter: String?
  /// Files that were compared.
  let files: Int
  /// Of them, those compared by their bytes alone, because they were not measured.
  let unmeasured: Int
  /// Of them, those compared by their bytes alone, because they are too flat to tell: blank sheets.
  let flat: Int
  let isInterrupted: Bool
  let milliseconds: Double

  enum CodingKeys: String, CodingKey {
    case groups, pairs, filter, files, unmeasured, flat
    case isInterrupted = "interrupted"
    case milliseconds = "took_ms"
  }

  init(
    _ groups: [DuplicateGroup], _ search: DuplicateSearch, _ catalog: Catalog, tiers: Set<DuplicateTier>,
    filter: String?, isInterrupted: Bool, milliseconds: Double
  ) throws {
    let numbers = Set(groups.flatMap(\.fileIDs))
    let files = try catalog.files().filter { $0.id.map(numbers.contains) ?? false }
    let works = try catalog.artworks(Array(Set(files.map(\.artworkID))))
    let byNumber = files.reduce(into: [Int64: File]()) { known, file in
      guard let id = file.id else { return }
      known[id] = File(file, works[file.artworkID])
    }
    self.groups = groups.map { Group($0, byNumber) }
    pairs = tiers.reduce(into: [:]) { counts, tier in
      counts[tier.rawValue] = groups.reduce(0) { $0 + $1.pairs.count { $0.tier == tier } }
    }
    self.filter = filter
    self.files = search.fileCount
    unmeasured = search.unmeasuredCount
    flat = search.flatCount
    self.isInterrupted = isInterrupted
    self.milliseconds = (milliseconds * 1000).rounded() / 1000
  }
}

extension DuplicatesDocument.Group {
  fileprivate init(_ group: DuplicateGroup, _ known: [Int64: DuplicatesDocument.File]) {
    let present = group.fileIDs.filter { known[$0] != nil }
    let places = Dictionary(uniqueKeysWithValues: zip(present, 0...))
    tier = group.tier.rawValue
    files = present.compactMap { known[$0] }
    pairs = group.pairs.compactMap { pair in
      guard let first = places[pair.first], let second = places[pair.second] else { return nil }
      return DuplicatesDocument.Pair(
        tier: pair.tier.rawValue, files: [first, second], similarity: pair.similarity.rounded6,
        evidence: pair.evidence.map(DuplicatesDocument.Evidence.init))
    }
  }
}

extension DuplicatesDocument.File {
  fileprivate init(_ file: ArtworkFile, _ work: Artwork?) {
    self.init(
      id: file.artworkID.rawValue, file: file.path.displayName, title: work?.title, artist: work?.artist,
      date: work?.date, format: file.format, width: file.width, height: file.height, bytes: file.seen.size)
  }
}

extension DuplicatesDocument.Evidence {
  fileprivate init(_ evidence: CopyRegistration.Evidence) {
    func tenth(_ value: Float) -> Double { (Double(value) * 10).rounded() / 10 }
    self.init(
      mirrored: evidence.isMirrored, rotation: tenth(evidence.rotation),
      lumaDifference: tenth(evidence.lumaDifference), chromaDifference: tenth(evidence.chromaDifference))
  }
}
