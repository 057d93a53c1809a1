import ArgumentParser
import Catalog
import Model
import Platform

/// Which works have these words?
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Finds works by words of their title, artist, tags, style, genre, medium or description.",
    discussion: """
      Works that have all words come first, then those that have some. Accents and capitals don't count; Chinese, Japanese and \
      Korean are found wherever they stand. "words in quotation marks" stand one after another, begin* may go on, and \
      -word must not be there.

      Examples:
        morelli search wave kanagawa
        morelli search 富嶽 -k 20
        morelli search '"still life" -flowers' --filter "date < 1700" --json
        morelli search 'rembr*'
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "Words; in quotes where one begins with a hyphen.") var text: [String]
  @Option(name: .shortAndLong, help: "Works in the answer. Default: the setting search.count, 10.") var k:
    Int?
  @Option(
    help: ArgumentHelp(
      "Only works of which this is true.", discussion: Similar.filterHelp, valueName: "expression"))
  var filter: String?
  @Flag(help: "One JSON document.") var json = false

  func validate() throws {
    if let k, k < 1 { throw ValidationError("-k is 1 or more.") }
    if text.isEmpty { throw ValidationError("Say what to look for.") }
  }

  func run() throws {
    let text = text.joined(separator: " ")
    guard let query = WordQuery(text) else {
      throw CommandFailure("there is no word to look for in '\(text)'")
    }
    let home = options.home
    let catalog = try home.open()
    let count = try k ?? home.settingsFile.read().searchCount
    let passing = try filter.map { try Answerer.passing($0, in: catalog) }
    try refreshWords(of: catalog)
    let clock = ContinuousClock()
    let start = clock.now
    let hits = try catalog.works(withWords: query, limit: count, among: passing)
    let records = try hits.map { try catalog.artwork($0.artworkID) }
    let document = SearchDocument(
      query: .init(text: text, filter: filter, k: count), zip(hits, records),
      milliseconds: (clock.now - start) / .milliseconds(1))
    if json { try JSONOutput.print(document) } else { document.print() }
  }

  private func refreshWords(of catalog: Catalog) throws {
    let total = try catalog.staleWords()
    guard total > 0 else { return }
    var bar = ProgressBar("works indexed")
    defer { bar.finish() }
    try catalog.refreshWords { bar.show($0, of: total) }
  }
}

/// The answer to a search by words, as JSON has it.
private struct SearchDocument: Encodable {
  struct Query: Encodable {
    let text: String
    @OrNull var filter: String?
    let k: Int
  }

  struct Result: Encodable {
    let rank: Int
    let id: String
    @OrNull var file: String?
    @OrNull var title: String?
    @OrNull var artist: String?
    @OrNull var date: String?
    @OrNull var style: String?
    let score: Double
    let hasAllWords: Bool

    enum CodingKeys: String, CodingKey {
      case rank, id, file, title, artist, date, style, score
      case hasAllWords = "all_words"
    }
  }

  let query: Query
  let results: [Result]
  let milliseconds: Double

  enum CodingKeys: String, CodingKey {
    case query, results
    case milliseconds = "took_ms"
  }

  init(query: Query, _ hits: some Sequence<(WordHit, ArtworkRecord?)>, milliseconds: Double) {
    self.query = query
    self.milliseconds = (milliseconds * 1000).rounded() / 1000
    results = zip(1..., hits).map { rank, hit in
      let artwork = hit.1?.artwork
      return Result(
        rank: rank, id: hit.0.artworkID.rawValue, file: hit.1?.files.first?.path.displayName,
        title: artwork?.title, artist: artwork?.artist, date: artwork?.date, style: artwork?.style,
        score: Float(hit.0.score).rounded6, hasAllWords: hit.0.hasAllWords)
    }
  }

  func print() {
    guard !results.isEmpty else {
      Swift.print("Nothing has these words" + (query.filter == nil ? "." : " and passes the filter."))
      return
    }
    var table = Table(header: ["#", "words", "id", "work"], rightAligned: [0])
    for result in results {
      let known = [result.title, result.artist, result.date, result.style].compactMap { $0 }
      table.add([
        String(result.rank), result.hasAllWords ? "all" : "some", result.id,
        known.isEmpty ? result.file ?? "" : known.joined(separator: ", "),
      ])
    }
    table.print()
  }
}
