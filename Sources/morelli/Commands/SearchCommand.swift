import ArgumentParser
import Catalog
import Model
import Platform

/// Which works are these words about?
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Finds works by words of their title, artist, tags, style, genre, medium or description.",
    discussion: """
      Two lists are made one: works that have the words (those with all of them first), and works whose entries mean something \
      like them. Accents and capitals don't count; Chinese, Japanese and Korean are found wherever they stand. Words to the \
      letter: "words in quotation marks" stand one after another, begin* may go on, and -word must not be there.

      Examples:
        morelli search wave kanagawa
        morelli search 富嶽 -k 20
        morelli search '"still life" -flowers' --filter "date < 1700" --json
        morelli search 'rembr*' --facets style
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "Words; in quotes where one begins with a hyphen.") var text: [String]
  @OptionGroup var asked: QueryOptions

  func validate() throws {
    if text.isEmpty { throw ValidationError("Say what to look for.") }
  }

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    let settings = try home.settingsFile.read()
    let terms = asked.terms(settings, text: text.joined(separator: " "))
    try Asking(home, catalog, settings).answers(terms) { answer in
      try AnswerPrinter.print(answer(Question(terms: terms)), asJSON: asked.json)
    }
  }
}
