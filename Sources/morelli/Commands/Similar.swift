import ArgumentParser
import Catalog
import Features
import Foundation
import Model
import Platform
import Search
import SystemPackage

/// Which works look like this one?
struct Similar: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds the works that look most like the given ones.",
    discussion: """
      A query is one or more works (by id) or image files (`-` is an image on standard input); --not pushes away. \
      Write ./NAME for a file that is called like a work.

      Examples:
        morelli similar ba-08e9b8dc79
        morelli similar photo.jpg -k 20 --json
        morelli similar a1 --max-per artist=1 --diverse
        morelli similar a1 a2 --not b7 --filter "style = 'Baroque' and date < 1700"
        curl -s https://example.org/a.jpg | morelli similar -
        morelli similar --batch ids.txt -k 5 --json > answers.jsonl
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "Work ids or image files; - is standard input.", completion: .file()) var queries:
    [String] = []
  @Option(name: .customLong("not"), help: "A work or an image file to be unlike. May be repeated.")
  var negatives: [String] = []
  @Option(name: .shortAndLong, help: "Works in the answer. Default: the setting search.count, 10.") var k:
    Int?
  @Option(help: ArgumentHelp("How much each block counts.", valueName: "block=number,…")) var weights:
    NamedNumbers?
  @Option(
    help: ArgumentHelp("Only works of which this is true.", discussion: filterHelp, valueName: "expression"))
  var filter: String?
  @Option(help: ArgumentHelp("Leave out works whose score is lower (-1 to 1).", valueName: "score"))
  var minScore: Double?
  @Option(
    help: ArgumentHelp(
      "No more than so many works with one value of a column, such as artist=2.", valueName: "column=number"))
  var maxPer: NamedNumbers?
  @Flag(help: "Varied works: each as like as it can be without being like those before it.") var diverse =
    false
  @Option(help: "A file with one query a line; one answer a line, as JSON.", completion: .file()) var batch:
    String?
  @Flag(help: "One JSON document.") var json = false

  /// Of `--diverse`: likeness to works in the answer counts as much as likeness to what was asked.
  private static let diversity: Float = 0.5

  static let filterHelp = """
    column op value, joined by and, or, not and parentheses; op is =, !=, <, <=, >, >=, in (…) or ~ (contains). \
    Dates compare as ranges of years: date < 1700, date = '17th century'.
    """

  func validate() throws {
    if let k, k < 1 { throw ValidationError("-k is 1 or more.") }
    if batch == nil && queries.isEmpty { throw ValidationError("Name a work or an image file.") }
    if batch != nil && !queries.isEmpty {
      throw ValidationError("--batch takes its queries from the file alone.")
    }
    if let maxPer,
      maxPer.values.count != 1 || maxPer.values.values.contains(where: { $0 < 1 || $0 != $0.rounded() })
    {
      throw ValidationError("--max-per is one column and a whole number from 1, such as artist=2.")
    }
    if queries.filter({ $0 == "-" }).count > 1 { throw ValidationError("Standard input holds one image.") }
  }

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    let settings = try home.settingsFile.read()
    let answerer = try Answerer(
      catalog, settings, weights: weights?.values ?? [:], filter: filter, count: k ?? settings.searchCount,
      minimumScore: minScore.map(Float.init), most: maxPer?.values.first.map { ($0.key, Int($0.value)) },
      diversity: diverse ? Self.diversity : 0)
    guard let batch else {
      let answer = try answerer.answer(queries, unlike: negatives)
      if json { try JSONOutput.print(answer) } else { AnswerPrinter.print(answer) }
      return
    }
    try answerBatch(batch, answerer)
  }

  /// A query that has no answer gets a line too, so that line n answers query n.
  private func answerBatch(_ name: String, _ answerer: Answerer) throws {
    guard let data = FileManager.default.contents(atPath: name) else {
      throw CommandFailure("\(name) can't be read")
    }
    var failures = 0
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let query = line.trimmingCharacters(in: .whitespaces)
      guard !query.isEmpty else { continue }
      do {
        try JSONOutput.print(answerer.answer([query], unlike: negatives), pretty: false)
      } catch let failure as CommandFailure {
        failures += 1
        try JSONOutput.print(
          FailedAnswer(query: .init(like: [query]), error: failure.description), pretty: false)
      }
    }
    if failures > 0 {
      tell("\(failures) queries have no answer")
      throw ExitCode(2)
    }
  }
}

/// The line of a batch whose query has no answer.
private struct FailedAnswer: Encodable {
  struct Query: Encodable { let like: [String] }
  let query: Query
  let error: String
}
