import Catalog
import Foundation
import Model
import Platform
import Search
import Server
import SystemPackage

// MARK: Proposals of duplicates

extension API {
  var duplicateEndpoints: [Endpoint] { [duplicates] }

  private struct GroupsDocument: Encodable {
    struct Group: Encodable {
      let tier: String
      let files: [File]
      let pairs: [DuplicatesDocument.Pair]
    }

    struct File: Encodable {
      let id: String
      let file: Int64
      let name: String
      @OrNull var title: String?
      @OrNull var artist: String?
      @OrNull var date: String?
      let format: String
      let width, height, bytes: Int
    }

    let groups: [Group]
    let pairs: [String: Int]
    let files: Int
    let milliseconds: Double
    @OrNull var generation: Int?

    enum CodingKeys: String, CodingKey {
      case groups, pairs, files, generation
      case milliseconds = "took_ms"
    }
  }

  private var duplicates: Endpoint {
    Endpoint(.get, "/v1/duplicates", query: ["tier", "filter"], pace: .long) { call in
      let asked = Set(try call.query.choices("tier", of: DuplicateTier.self))
      let tiers = asked.isEmpty ? Set(DuplicateTier.allCases) : asked
      let filter = try call.query.text("filter")
      let key = "duplicates\u{0}\(tiers.map(\.rawValue).sorted())\u{0}\(filter ?? "")"
      return Reply(
        try summaries.document(key) {
          let start = ContinuousClock.now
          let search = try DuplicateSearch(catalog, among: passing(call))
          let groups = DuplicateGroup.groups(
            of: search.pairs(tiers, isStopped: { upkeep.isOver }) { _ in }, artworkIDs: search.artworkIDs)
          let document = try DuplicatesDocument(
            groups, search, catalog, tiers: tiers, filter: filter, isInterrupted: upkeep.isOver,
            milliseconds: Self.milliseconds(since: start))
          return GroupsDocument(
            groups: zip(document.groups, groups).map { Self.group($0, numbers: $1.fileIDs) },
            pairs: document.pairs, files: document.files, milliseconds: document.milliseconds,
            generation: collection.state.generation)
        })
    }
  }

  private static func group(_ group: DuplicatesDocument.Group, numbers: [Int64]) -> GroupsDocument.Group {
    GroupsDocument.Group(
      tier: group.tier,
      files: zip(group.files, numbers).map { file, number in
        GroupsDocument.File(
          id: file.id, file: number, name: FilePath(file.file).lastComponent?.string ?? "", title: file.title,
          artist: file.artist, date: file.date, format: file.format, width: file.width, height: file.height,
          bytes: file.bytes)
      }, pairs: group.pairs)
  }
}
