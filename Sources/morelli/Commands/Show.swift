import ArgumentParser
import Catalog
import Foundation
import Model

/// What is known of one work.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints what is known of a work: its catalogue entry, its files, its palette.",
    discussion: """
      Example:
        morelli show ba-08e9b8dc79 --json
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "The work's id.") var id: String
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let catalog = try options.home.open()
    guard let record = try catalog.artwork(ArtworkID(rawValue: id)) else {
      throw CommandFailure("there is no work '\(id)'")
    }
    let document = ArtworkDocument(record)
    if json { try JSONOutput.print(document) } else { print(document) }
  }

  private func print(_ work: ArtworkDocument) {
    var table = Table(header: ["id", work.id])
    let years = work.years.map { "\($0[0].map(String.init) ?? "…")–\($0[1].map(String.init) ?? "…")" }
    let fields: [(String, String?)] = [
      ("removed", work.removed ? "yes" : nil), ("title", work.title), ("artist", work.artist),
      ("date", work.date),
      ("years", years), ("style", work.style), ("genre", work.genre), ("medium", work.medium),
      ("description", work.description),
      ("tags", work.tags.isEmpty ? nil : work.tags.joined(separator: "; ")),
      ("price", work.price.map { "\($0) \(work.currency ?? "")" }), ("availability", work.availability),
      ("also called", work.aliases.isEmpty ? nil : work.aliases.joined(separator: ", ")),
    ]
    let attributes = work.attributes.sorted(by: { $0.key < $1.key }).map { ($0.key, Optional($0.value)) }
    for case (let name, let value?) in fields + attributes { table.add([name, value]) }
    for file in work.files {
      table.add(["file", file.path])
      table.add(["", "\(file.format), \(file.width) x \(file.height), \(file.bytes) bytes"])
      table.add([
        "",
        "palette "
          + file.palette.map { String(format: "%@ %.0f %%", $0.colour, 100 * $0.share) }.joined(
            separator: ", "),
      ])
    }
    table.print()
  }
}
