import ArgumentParser

/// Writes features before they are made into blocks, for the scripts that fit the blocks. Not for people.
struct RawFeatures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "raw-features", abstract: "Writes features before they are fitted.", shouldDisplay: false)

  @Argument(help: "A folder of images.") var folder: String
  @Option(help: "The folder to write to.") var out: String

  func run() throws {}
}
