import ArgumentParser
import Catalog
import Features
import Foundation
import Search

/// Why do two works look alike?
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says in words what two works have in common that is unusual, and what sets them apart.",
    discussion: """
      A work is named by its id, or by an image file (`-` is an image on standard input). What is said comes from the \
      measured numbers and how rare they are in real art, not from the catalogue's entries. Of works with several \
      images the two that are most alike are compared.

      Examples:
        morelli explain ba-08e9b8dc79 ba-1f2a9c0d11
        morelli explain photo.jpg ba-08e9b8dc79 --language zh
        morelli explain a1 b2 --json
      """)

  @OptionGroup var options: HomeOptions
  @OptionGroup var words: LanguageOptions
  @Argument(help: "A work's id or an image file.", completion: .file()) var first: String
  @Argument(help: "Another.", completion: .file()) var second: String
  @Flag(help: "One JSON document.") var json = false

  func validate() throws {
    if first == "-" && second == "-" { throw ValidationError("Standard input holds one image.") }
  }

  func run() throws {
    let catalog = try options.home.open()
    let settings = try options.home.settingsFile.read()
    let finder = SubjectFinder(catalog, settings)
    let pictures = try [first, second].map {
      try MeasuredPicture.all(of: finder.subject($0), in: catalog, settings.schema)
    }
    let (a, b) = MeasuredPicture.mostAlike(pictures[0], pictures[1])
    let explanation = Explanation(a.subject, b.subject, statistics: try TraitStatistics())
    let document = ExplanationDocument(a, b, explanation, words.language(settings))
    if json {
      try JSONOutput.print(document)
    } else {
      ExplanationPrinter.print(document, words.language(settings))
    }
  }
}

/// `--language`, as every command that speaks of what it measured has it.
struct LanguageOptions: ParsableArguments {
  @Option(
    name: .customLong("language"),
    help: ArgumentHelp("The language of the words: en or zh. Default: the setting output.language, en."))
  var chosen: Language?

  func language(_ settings: Settings) -> Language { chosen ?? settings.language }
}

extension Language: ExpressibleByArgument {}
