import ArgumentParser

/// Writes what is known in other programs' forms.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the catalogue or the vectors for other programs.",
    discussion: """
      Examples:
        morelli export vectors --out vectors/
        morelli export catalog --format csv > catalog.csv
      """,
    subcommands: [ExportVectors.self, ExportCatalog.self])
}
