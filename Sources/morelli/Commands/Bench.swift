import ArgumentParser

/// What parts of the program cost on this machine.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures parts of Morelli on this machine.", shouldDisplay: false,
    subcommands: [BenchIndex.self, BenchMap.self])
}
