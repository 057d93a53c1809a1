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
          return [
            "groups": .list(zip(document.groups, groups).map { Self.group($0, numbers: $1.fileIDs) }),
            "pairs": .object(document.pairs.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }),
            "files": .integer(document.files), "took_ms": .number(document.milliseconds),
            "generation": .integer(orNull: collection.state.generation),
          ]
        })
    }
  }

  private static func group(_ group: DuplicatesDocument.Group, numbers: [Int64]) -> JSONNode {
    [
      "tier": .text(group.tier),
      "files": .list(
        zip(group.files, numbers).map { file, number in
          [
            "id": .text(file.id), "file": .integer(Int(number)),
            "name": .text(FilePath(file.file).lastComponent?.string ?? ""),
            "title": .text(orNull: file.title),
            "artist": .text(orNull: file.artist), "date": .text(orNull: file.date),
            "format": .text(file.format),
            "width": .integer(file.width), "height": .integer(file.height), "bytes": .integer(file.bytes),
          ]
        }), "pairs": .list(group.pairs.map(pair)),
    ]
  }

  private static func pair(_ pair: DuplicatesDocument.Pair) -> JSONNode {
    [
      "tier": .text(pair.tier), "files": .list(pair.files.map { .integer($0) }),
      "similarity": .number(pair.similarity),
      "evidence": pair.evidence.map { evidence in
        [
          "mirrored": .flag(evidence.mirrored), "rotation": .number(evidence.rotation),
          "luma_difference": .number(evidence.lumaDifference),
          "chroma_difference": .number(evidence.chromaDifference),
        ]
      } ?? .null,
    ]
  }
}
