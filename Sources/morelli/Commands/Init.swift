import ArgumentParser

/// Makes an empty home.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes an empty home: a settings file and a catalogue.",
    discussion: """
      Does nothing to a home that is there already. `ingest` and `import` make one by themselves.

      Example:
        morelli init --home /srv/morelli
      """)

  @OptionGroup var options: HomeOptions

  func run() throws {
    let home = options.home
    let existed = home.exists
    _ = try home.create()
    print(existed ? "\(home.path) is a home already; nothing was changed." : "Made a home at \(home.path).")
  }
}
