import ArgumentParser
import Catalog
import Features
import Foundation
import Imaging
import Model
import Platform

/// How much there is, and what was refused.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints how much the catalogue holds, and what was refused.",
    discussion: """
      Example:
        morelli status --json
      """)

  @OptionGroup var options: HomeOptions
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    let schema = try home.settingsFile.read().schema
    let counts = try catalog.counts(of: schema.descriptors)
    let refused = try catalog.quarantine().values.sorted {
      $0.path.bytes.lexicographicallyPrecedes($1.path.bytes)
    }
    let document = StatusDocument(home, schema.model, counts, refused)
    if json { try JSONOutput.print(document) } else { document.print() }
  }
}

/// The state of a home, as JSON has it.
private struct StatusDocument: Encodable {
  struct BlockState: Encodable {
    let version, dimension, files: Int
  }
  struct Refused: Encodable {
    let file, code, reason: String
    let attempts: Int
    let firstSeen, lastSeen: Date

    enum CodingKeys: String, CodingKey {
      case file, code, reason, attempts
      case firstSeen = "first_seen"
      case lastSeen = "last_seen"
    }
  }

  let home, version, libvips: String
  /// Makes the embedding.
  let model: String
  let artworks, removed, withoutFile, files: Int
  let blocks: [String: BlockState]
  let quarantine: [Refused]

  enum CodingKeys: String, CodingKey {
    case home, version, libvips, model, artworks, removed, files, blocks, quarantine
    case withoutFile = "without_file"
  }

  init(_ home: Home, _ model: EmbeddingModel, _ counts: CatalogCounts, _ refused: [QuarantineEntry]) {
    self.home = home.path.displayName
    version = Version.description
    libvips = LibVips.version
    self.model = "\(model.name) \(model.version), \(model.path?.displayName ?? "built in")"
    artworks = counts.artworks
    removed = counts.removed
    withoutFile = counts.withoutFile
    files = counts.files
    blocks = counts.blocks.reduce(into: [:]) {
      $0[$1.key.name.rawValue] = BlockState(
        version: $1.key.version, dimension: $1.key.dimension, files: $1.value)
    }
    quarantine = refused.map {
      Refused(
        file: $0.path.displayName, code: $0.code, reason: $0.reason, attempts: $0.attempts,
        firstSeen: $0.firstSeen,
        lastSeen: $0.lastSeen)
    }
  }

  func print() {
    var table = Table(header: ["home", home])
    table.add(["works", "\(artworks)" + (removed > 0 ? ", \(removed) more removed" : "")])
    if withoutFile > 0 { table.add(["", "\(withoutFile) of them without an image"]) }
    table.add(["files", "\(files)"])
    for (name, block) in blocks.sorted(by: { $0.key < $1.key }) {
      table.add([
        "block", "\(name) v\(block.version), \(block.dimension) numbers, \(block.files) of \(files) files",
      ])
    }
    table.add(["model", model])
    table.add(["search", "exact scan of the catalogue"])
    table.add(["refused", "\(quarantine.count)"])
    table.print()
    for entry in quarantine { Swift.print("  \(entry.file): \(entry.reason) [\(entry.code)]") }
  }
}
