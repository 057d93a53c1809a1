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
      Write ./NAME for a file that is called like a work. Pictures, colours and words can be asked for together; by default \
      a palette counts 3 and words 6 beside the 10 of all that a picture looks like (--weights palette=…,text=…).

      Examples:
        morelli similar ba-08e9b8dc79
        morelli similar photo.jpg -k 20 --json
        morelli similar a1 --max-per artist=1 --diverse
        morelli similar a1 a2 --not b7 --filter "style = 'Baroque' and date < 1700"
        morelli similar a1 --region pct:50,0,50,50
        morelli similar --palette '#1d3557:2,#e63946' --facets style
        morelli similar photo.jpg --text "stormy sea"
        curl -s https://example.org/a.jpg | morelli similar -
        morelli similar --batch ids.txt -k 5 --json > answers.jsonl
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "Work ids or image files; - is standard input.", completion: .file()) var queries:
    [String] = []
  @Option(name: .customLong("not"), help: "A work or an image file to be unlike. May be repeated.")
  var negatives: [String] = []
  @Option(help: ArgumentHelp("What the works shall also be like in words.", valueName: "text")) var text:
    String?
  @Option(
    help: ArgumentHelp(
      "Only this part of the given picture: pixels of the original, or pct:x,y,w,h.", valueName: "x,y,w,h"))
  var region: PictureRegion?
  @OptionGroup var asked: QueryOptions
  @Option(help: ArgumentHelp("Leave out works whose score is lower (-1 to 1).", valueName: "score"))
  var minScore: Double?
  @Option(help: "A file with one query a line; one answer a line, as JSON.", completion: .file()) var batch:
    String?

  func validate() throws {
    let isGiven = text != nil || asked.palette != nil
    if batch == nil && queries.isEmpty && !isGiven {
      throw ValidationError("Name a work or an image file, or say --text or --palette.")
    }
    if batch != nil && !queries.isEmpty {
      throw ValidationError("--batch takes its queries from the file alone.")
    }
    if queries.filter({ $0 == "-" }).count > 1 { throw ValidationError("Standard input holds one image.") }
    if region != nil && queries.count != 1 {
      throw ValidationError("--region is a part of one picture: name one.")
    }
    if !negatives.isEmpty && queries.isEmpty && batch == nil {
      throw ValidationError("--not needs a work or an image file to be like.")
    }
  }

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    let settings = try home.settingsFile.read()
    let finder = SubjectFinder(catalog, settings)
    let terms = asked.terms(settings, text: text, minimumScore: minScore)
    var question = Question(terms: terms)
    question.unlike = try negatives.map { try finder.asked($0) }
    try Asking(home, catalog, settings).answers(terms) { answer in
      guard let batch else {
        question.like = try queries.map { try finder.asked($0, region: region) }
        question.region = region?.text
        try AnswerPrinter.print(answer(question), asJSON: asked.json)
        return
      }
      try answerBatch(batch, question, finder, answer)
    }
  }

  /// A query that has no answer gets a line too, so that line n answers query n.
  private func answerBatch(
    _ name: String, _ question: Question, _ finder: SubjectFinder, _ answer: (Question) throws -> Answer
  ) throws {
    guard let data = FileManager.default.contents(atPath: name) else {
      throw CommandFailure("\(name) can't be read")
    }
    var failures = 0
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let query = line.trimmingCharacters(in: .whitespaces)
      guard !query.isEmpty else { continue }
      do {
        var question = question
        question.like = [try finder.asked(query)]
        try JSONOutput.print(answer(question), pretty: false)
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
