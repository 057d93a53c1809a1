import ArgumentParser
import Catalog
import Model

/// Takes works out of every answer.
struct Remove: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes works out of every answer.",
    discussion: """
      Image files are never touched. A later ingest does not bring a removed work back; --undo does, or a catalogue \
      row with removed=false.

      Examples:
        morelli remove ba-08e9b8dc79
        morelli remove ba-08e9b8dc79 --undo
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "Ids of works.") var ids: [String]
  @Flag(help: "Bring removed works back.") var undo = false

  func run() throws {
    let catalog = try options.home.open()
    let (changed, unknown) = try catalog.setRemoved(!undo, ids.map { ArtworkID(rawValue: $0) })
    for id in unknown { tell("there is no work '\(id.rawValue)'") }
    print("\(changed.count) \(undo ? "brought back" : "removed").")
    if unknown.count == ids.count { throw ExitCode(1) }
    if !unknown.isEmpty { throw ExitCode(2) }
  }
}
